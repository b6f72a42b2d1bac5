import {listAt, objectAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {type PodNeed, podNeeds} from '../../core/kube/pod-needs.ts';
import {podSpecOf, templatePath} from '../../core/kube/pod-spec.ts';
import {type Case, ofKind} from './case.ts';
import type {Remedy} from './cause.ts';
import {podSpecPlace} from './container-place.ts';
import {lastApplied} from './last-applied.ts';
import {exchange, merge} from './patch-remedy.ts';
import {applied, asHandedIn, inOrder, madeAnew} from './writes-remedy.ts';

/** A need that is not met, with what tells whose fault that is. */
export type Unmet = {
	readonly need: PodNeed;
	readonly workload: KubeObject;
	/** The object that has no such key; undefined where the object itself is not there. */
	readonly holder: KubeObject | undefined;
	/** What the revision before used in its place, and what is there. */
	readonly before: PodNeed | undefined;
	/** The name or key that was most likely meant. */
	readonly meant: string | undefined;
	/** Nothing but what is left over speaks for that. */
	readonly isGuess: boolean;
	/** Where in the workload the name or key stands. */
	readonly place: readonly (string | number)[];
	/** The object lost what the workload had always used. */
	readonly isLost: boolean;
};

/** Every place of the pods where the same thing is named. */
const placesOf = ({kind, name, key}: PodNeed, {podSpec}: Case, what: 'name' | 'key') => [
	...new Map(
		podNeeds(podSpec)
			.filter(each => each.kind === kind && each.name === name && (what === 'name' || each.key === key))
			.flatMap(each => (what === 'name' ? [each.nameAt] : each.keyAt === undefined ? [] : [each.keyAt]))
			.map(place => [JSON.stringify(place), place]),
	).values(),
];

/** A claim of a near name that others mount holds their data. */
const isOfOthers = ({kind}: PodNeed, name: string, workload: KubeObject, {scene}: Case) =>
	kind === 'PersistentVolumeClaim' &&
	scene.objects.some(
		each =>
			each !== workload &&
			templatePath(each) !== undefined &&
			!['ReplicaSet', 'Pod'].includes(each.kind) &&
			listAt(podSpecOf(each), 'volumes').some(volume => textAt(volume, 'persistentVolumeClaim', 'claimName') === name),
	);

function renamed({need, workload, meant, isLost, before, isGuess}: Unmet, given: Case): readonly Remedy[] {
	if (meant === undefined) return [];
	const name = refText(refOf(workload));
	return [
		exchange(
			workload,
			placesOf(need, given, 'name').map(place => ({path: [...podSpecPlace(workload), ...place], from: need.name, to: meant})),
			{
				side: 'workload',
				sure: !isGuess && (before !== undefined || (!isLost && !isOfOthers(need, meant, workload, given))),
				text: {
					en: `Make ${name} use ${need.kind} ${meant} instead of ${need.name}`,
					ko: `${name}가 ${need.kind} ${need.name} 대신 ${meant}을(를) 쓰게 합니다`,
				},
			},
		),
	];
}

/** The ConfigMap under its former name again, with what the one of the near name holds. */
function copied({need, meant, isLost}: Unmet, {scene}: Case): readonly Remedy[] {
	const like = ofKind(scene, 'ConfigMap').find(({metadata}) => metadata.name === meant);
	if (need.kind !== 'ConfigMap' || like === undefined || !isLost) return [];
	const {data, binaryData} = like;
	const manifest = {
		apiVersion: 'v1',
		kind: 'ConfigMap',
		metadata: {name: need.name, namespace: scene.namespace},
		...(data === undefined ? {} : {data}),
		...(binaryData === undefined ? {} : {binaryData}),
	};
	return [
		applied(manifest, {
			side: 'settings',
			sure: false,
			text: {
				en: `Create ConfigMap ${need.name} with what ${like.metadata.name} holds`,
				ko: `${like.metadata.name}의 내용으로 ConfigMap ${need.name}을(를) 만듭니다`,
			},
		}),
	];
}

/** An account has no rights until something binds it: to make it anew gives back what its bindings say, and no more. */
function newAccount({need, isLost}: Unmet, {scene}: Case): readonly Remedy[] {
	if (need.kind !== 'ServiceAccount') return [];
	const isBound = [...ofKind(scene, 'RoleBinding'), ...ofKind(scene, 'ClusterRoleBinding')].some(binding =>
		listAt(binding, 'subjects').some(
			subject =>
				textAt(subject, 'kind') === 'ServiceAccount' &&
				textAt(subject, 'name') === need.name &&
				(textAt(subject, 'namespace') ?? binding.metadata.namespace) === scene.namespace,
		),
	);
	return [
		applied(
			{apiVersion: 'v1', kind: 'ServiceAccount', metadata: {name: need.name, namespace: scene.namespace}},
			{
				side: 'settings',
				sure: isLost || isBound,
				text: {en: `Create ServiceAccount ${need.name}`, ko: `ServiceAccount ${need.name}을(를) 만듭니다`},
			},
		),
	];
}

/**
 * What gives the pods an object again that they name.
 * @param back to the revision before, where that needs nothing that is not there
 */
export function objectRemedies(unmet: Unmet, back: readonly Remedy[], given: Case): readonly Remedy[] {
	const rename = renamed(unmet, given);
	const made = [...copied(unmet, given), ...newAccount(unmet, given)];
	return unmet.isLost && unmet.need.kind === 'ServiceAccount' ? [...made, ...rename] : [...rename, ...made, ...back];
}

function keyGivenBack({need, meant, isLost, isGuess}: Unmet, holder: KubeObject, key: string): readonly Remedy[] {
	const kept = textAt(lastApplied(holder), 'data', key);
	const like = meant === undefined ? undefined : textAt(holder, 'data', meant);
	const value = kept ?? like;
	// What a Secret holds is nobody's to copy.
	if (need.kind === 'Secret' || value === undefined) return [];
	const rest = {
		side: 'settings',
		sure: isLost && (kept !== undefined || !isGuess),
		text: {
			en: `Add key ${key} to ConfigMap ${need.name}, with the value ${kept === undefined ? `of ${meant}` : 'that was applied last'}`,
			ko: `ConfigMap ${need.name}에 ${kept === undefined ? `${meant}의 값` : '마지막으로 적용된 값'}으로 ${key} 키를 더합니다`,
		},
	} as const;
	if (valueAt(holder, 'immutable') !== true) return [merge(holder, {data: {[key]: value}}, rest)];
	return [inOrder(madeAnew(asHandedIn(holder), {data: {...objectAt(holder, 'data'), [key]: value}}), {...rest, sure: false})];
}

function keyTaken({need, meant, workload, isLost, isGuess}: Unmet, given: Case): readonly Remedy[] {
	if (meant === undefined) return [];
	const name = refText(refOf(workload));
	return [
		exchange(
			workload,
			placesOf(need, given, 'key').map(place => ({path: [...podSpecPlace(workload), ...place], from: need.key, to: meant})),
			{
				side: 'workload',
				sure: !isGuess && (!isLost || need.kind === 'Secret'),
				text: {
					en: `Make ${name} take key ${meant} of ${need.kind} ${need.name}`,
					ko: `${name}가 ${need.kind} ${need.name}의 ${meant} 키를 쓰게 합니다`,
				},
			},
		),
	];
}

/** What gives the pods a key again: on the side that was changed last first. */
export function keyRemedies(unmet: Unmet, holder: KubeObject, key: string, given: Case): readonly Remedy[] {
	const [back, taken] = [keyGivenBack(unmet, holder, key), keyTaken(unmet, given)];
	return unmet.isLost ? [...back, ...taken] : [...taken, ...back];
}
