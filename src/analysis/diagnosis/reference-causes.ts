import type {Json} from '../../core/json.ts';
import {objectAt, textAt} from '../../core/kube/json-at.ts';
import {type KubeObject, type Ref, refOf, refText} from '../../core/kube/kube-object.ts';
import {type PodNeed, podNeeds} from '../../core/kube/pod-needs.ts';
import {someOf} from '../../core/text/count.ts';
import {nearestNames} from '../../core/text/nearest-names.ts';
import {type Case, isReady, isUnread, ofKind} from './case.ts';
import type {Cause, Remedy} from './cause.ts';
import {podSpecPlace} from './container-place.ts';
import {type Earlier, earlierRevisions} from './earlier-revision.ts';
import {fieldPath} from './field-path.ts';
import {changeEvidence, isChangedLater} from './last-write.ts';
import {pullTypes} from './pull-types.ts';
import {keyRemedies, objectRemedies, type Unmet} from './reference-remedies.ts';
import {keysOf, newName} from './renamed-key.ts';
import {backRemedy, changeOf, changesAt} from './template-change.ts';

const letters = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');

/** The one key or name that was most likely meant: the same but for case and punctuation, or the only near one. */
export function meantName(wanted: string, names: readonly string[]): string | undefined {
	const same = names.filter(name => letters(name) === letters(wanted));
	if (same.length === 1) return same[0];
	const near = nearestNames(wanted, names);
	return near.length === 1 ? near[0] : undefined;
}

const isMet = ({kind, name, key}: PodNeed, {scene}: Case) => {
	const holder = ofKind(scene, kind).find(({metadata}) => metadata.name === name);
	return holder !== undefined && (key === undefined || keysOf(holder).includes(key));
};

const same = (one: PodNeed, other: PodNeed) => one.name === other.name && one.key === other.key;

/** Whether the object lost what the workload had always used: by the revision before, else by which of the two was changed last. */
function isLost(need: PodNeed, near: string | undefined, place: Unmet['place'], given: Case, workload: KubeObject): boolean {
	const [earlier] = formerNeeds(need, given);
	if (earlier?.some(each => same(each, need)) === true) return true;
	if (earlier !== undefined && (earlier.length === 0 || earlier.some(each => isMet(each, given)))) return false;
	const have = ofKind(given.scene, need.kind);
	const other = have.find(({metadata}) => metadata.name === need.name) ?? have.find(({metadata}) => metadata.name === near);
	return other === undefined ? given.pods.some(isReady) : isChangedLater(other, workload, {other: place});
}

/** What each earlier revision used in the same place, the newest first. */
const formerNeeds = (need: PodNeed, given: Case): readonly (readonly PodNeed[])[] =>
	earlierRevisions(given).map(({template}) =>
		podNeeds(objectAt(template, 'spec')).filter(({kind, how}) => kind === need.kind && how === need.how),
	);

const pullHow: PodNeed['how'] = 'image pull secret';

/** The one Secret of a namespace that holds keys of registries. */
function onlyPullSecret(scene: Case['scene']): string | undefined {
	const [only, ...others] = ofKind(scene, 'Secret').filter(secret => pullTypes.has(textAt(secret, 'type') ?? ''));
	return others.length === 0 ? only?.metadata.name : undefined;
}

function unmetOf(need: PodNeed, given: Case, workload: KubeObject): Unmet {
	const have = ofKind(given.scene, need.kind);
	const holder = have.find(({metadata}) => metadata.name === need.name);
	const place = [...podSpecPlace(workload), ...(holder === undefined ? need.nameAt : (need.keyAt ?? need.nameAt))];
	const names = holder === undefined ? have.map(({metadata}) => metadata.name) : keysOf(holder);
	const near = meantName(holder === undefined ? need.name : (need.key ?? ''), names);
	const before = formerNeeds(need, given)
		.flat()
		.find(each => !same(each, need) && isMet(each, given));
	const former = holder === undefined ? before?.name : before?.name === need.name ? before.key : undefined;
	const lost = isLost(need, near, place, given, workload);
	const pull = former === undefined && near === undefined && need.how === pullHow ? onlyPullSecret(given.scene) : undefined;
	const renamed = former === undefined && near === undefined && holder !== undefined ? newName(need, holder, given.scene) : undefined;
	return {
		need,
		workload,
		holder,
		before,
		meant: former ?? near ?? pull ?? renamed?.key,
		isGuess: pull !== undefined || (renamed !== undefined && !renamed.isTold),
		place,
		isLost: lost,
	};
}

const refOfNeed = ({kind, name}: PodNeed, {scene}: Case): Ref => ({apiVersion: 'v1', kind, namespace: scene.namespace, name});

function missingObject(unmet: Unmet, given: Case): Cause {
	const {need, workload, place, meant} = unmet;
	const lost = unmet.isLost;
	const {namespace} = given.scene;
	const near = ofKind(given.scene, need.kind).find(({metadata}) => metadata.name === meant);
	return {
		id: 'reference-not-there',
		...(lost ? {} : {lacks: `${need.kind} ${namespace}/${need.name}`, path: fieldPath(workload, place)}),
		resource: lost ? refOfNeed(need, given) : refOf(workload),
		hurts: [refOf(workload)],
		cause: lost
			? {
					en: `${need.kind} ${need.name} is gone, and the pods of ${refText(refOf(workload))} need it (${need.how}): none of them starts again`,
					ko: `${need.kind} ${need.name}이(가) 없어졌는데 ${refText(refOf(workload))}의 파드에 필요합니다(${need.how}): 다시 시작하는 파드는 뜨지 못합니다`,
				}
			: {
					en: `Its pods need ${need.kind} ${need.name} (${need.how}), which is not in namespace ${namespace}`,
					ko: `파드가 필요로 하는 ${need.kind} ${need.name}(${need.how})이(가) 네임스페이스 ${namespace}에 없습니다`,
				},
		evidence: [
			{source: refText(refOf(workload)), detail: `${need.how}: ${need.kind} ${need.name}`},
			...(near === undefined ? [] : [{source: refText(refOf(near)), detail: `is there, ${near.metadata.creationTimestamp ?? ''}`}]),
			...changeEvidence(workload, place),
		],
		remedies: objectRemedies(unmet, releaseBack(unmet, given), given),
	};
}

/** Back to the revision that could do without what is not there, and lacks nothing else; where it used another one, that one is told. */
function releaseBack({place, isLost, before}: Unmet, given: Case): readonly Remedy[] {
	const hadAll = ({template}: Earlier) => requiredNeeds(objectAt(template, 'spec')).every(need => isMet(need, given));
	const change = isLost || before !== undefined ? undefined : changeOf(given, hadAll);
	return changesAt(change, place).length === 0 ? [] : backRemedy(given, change);
}

/** Of so many keys or fewer each is told: a ConfigMap may have hundreds. */
const mostNames = 8;

function missingKey(unmet: Unmet, holder: KubeObject, key: string, given: Case): Cause {
	const {need, workload, place} = unmet;
	const lost = unmet.isLost;
	const have = keysOf(holder);
	const fails = need.keyAt?.includes('volumeMounts') === true ? {en: 'it gets an empty directory', ko: '빈 디렉터리가 됩니다'} : undefined;
	return {
		id: 'key-not-there',
		resource: refOf(lost ? holder : workload),
		path: lost ? fieldPath(holder, ['data', key]) : fieldPath(workload, place),
		hurts: [refOf(workload)],
		cause: {
			en: `${need.how} takes key ${key} of ${need.kind} ${need.name}, which has ${someOf(have, mostNames) || 'no keys'}: ${fails?.en ?? 'the container cannot be made'}`,
			ko: `${need.how}이(가) ${need.kind} ${need.name}의 ${key} 키를 찾는데 거기에는 ${someOf(have, mostNames) || '키가 하나도 없습니다'}${have.length === 0 ? '' : '만 있습니다'}: ${fails?.ko ?? '컨테이너를 만들 수 없습니다'}`,
		},
		evidence: [
			{source: refText(refOf(workload)), detail: `${need.how}: key ${key} of ${need.kind} ${need.name}`},
			{source: refText(refOf(holder)), detail: `keys ${someOf(have, mostNames) || 'none'}`},
			...(lost ? changeEvidence(holder) : changeEvidence(workload, place)),
		],
		remedies: keyRemedies(unmet, holder, key, given),
	};
}

/** What the pods of a spec cannot start without: of a missing pull secret the registry may do without. */
export const requiredNeeds = (podSpec: Json): readonly PodNeed[] =>
	podNeeds(podSpec).filter(({optional, kind, name}) => !optional && !(kind === 'ServiceAccount' && name === 'default'));

/** Objects and keys that the pods name and that are not there. */
export function referenceCauses(given: Case): readonly Cause[] {
	const {workload} = given;
	if (workload === undefined) return [];
	const needs = requiredNeeds(given.podSpec).filter(need => !isUnread(given.scene, need.kind) && !isMet(need, given));
	const unique = [...new Map(needs.toReversed().map(need => [`${need.kind} ${need.name} ${need.key ?? ''}`, need])).values()].toReversed();
	const gone = new Set<string>();
	return unique.flatMap(need => {
		const unmet = unmetOf(need, given, workload);
		if (unmet.holder !== undefined) return need.key === undefined ? [] : [missingKey(unmet, unmet.holder, need.key, given)];
		// Of an object that is not there every key is missing: that is told once.
		if (gone.has(`${need.kind} ${need.name}`)) return [];
		gone.add(`${need.kind} ${need.name}`);
		return [missingObject(unmet, given)];
	});
}
