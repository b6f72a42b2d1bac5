import {listAt, numberAt, textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {someOf} from '../../../../core/text/count.ts';
import {holderText} from '../../../access/grants.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {exchange, merge} from '../../../diagnosis/patch-remedy.ts';
import type {Analyzer} from '../../analyzer.ts';
import {foreignFinalizers} from '../../foreign-finalizers.ts';
import type {Survey} from '../../survey.ts';
import {keepersOf} from './keepers.ts';
import {outlivedRevisions} from './outlived-revisions.ts';

/** So long a controller may take to clean up before anybody is told. */
const patienceMs = 2 * 60_000;

const heldSince = ({metadata}: KubeObject) => Date.parse(metadata.deletionTimestamp ?? '') || 0;

/** What was scaled to nothing runs again: it cleans up, and lets go. */
const wakened = (workload: KubeObject): readonly Remedy[] =>
	numberAt(workload, 'spec', 'replicas') === 0
		? [
				exchange(workload, [{path: ['spec', 'replicas'], from: 0, to: 1}], {
					side: 'workload',
					sure: false,
					text: {
						en: `Let ${refText(refOf(workload))} run again, so that it cleans up`,
						ko: `${refText(refOf(workload))}을(를) 다시 실행하여 정리하게 합니다`,
					},
				}),
			]
		: [];

/** An object that is to go, with a finalizer that only a program of somebody's takes away. */
function heldObject(object: KubeObject, survey: Survey): readonly Cause[] {
	const {deletionTimestamp, finalizers = [], namespace} = object.metadata;
	const own = foreignFinalizers(object);
	if (deletionTimestamp === undefined || own.length === 0) return [];
	const {running, idle, others, accounts, isSure, isOutside} = keepersOf(object, own, survey);
	const isKept = running.length > 0 || !isSure || isOutside;
	if (isKept && survey.nowMs - heldSince(object) < patienceMs) return [];
	const name = refText(refOf(object));
	const rest = finalizers.filter(each => !own.includes(each));
	const who =
		running.length > 0
			? `${someOf(running.map(each => refText(refOf(each))))} may be the one that should`
			: idle.length > 0
				? `${someOf(idle.map(each => refText(refOf(each))))}, which may be the one that should, does not run`
				: !isSure
					? 'whether its controller runs was not looked at beyond this namespace'
					: isOutside
						? 'its controller is not in this cluster and may run beside it'
						: accounts.length > 0
							? `nothing that runs signs in as ${someOf(accounts.map(holderText))}, which may`
							: `nothing that runs in the cluster speaks of it${others.length === 0 ? '' : `, but ${someOf(others.map(each => refText(refOf(each))))} may change anything`}`;
	const holder = namespace === undefined ? undefined : survey.find('Namespace', undefined, namespace);
	return [
		{
			id: 'finalizer-held',
			resource: refOf(object),
			path: 'metadata.finalizers',
			hurts: holder?.metadata.deletionTimestamp === undefined ? [] : [refOf(holder)],
			cause: {
				en: `${name} is to be deleted since ${deletionTimestamp} and waits for ${own.join(', ')}, which nobody takes away: ${who}`,
				ko: `${name}는 ${deletionTimestamp}부터 삭제 중이지만 파이널라이저 ${own.join(', ')}를 아무도 제거하지 않습니다`,
			},
			evidence: [
				{source: name, detail: `metadata.finalizers ${finalizers.join(', ')}`},
				...accounts.slice(0, 3).map(each => ({source: holderText(each), detail: `a role lets it change ${object.kind} objects`})),
				...idle.slice(0, 3).map(each => ({source: refText(refOf(each)), detail: 'no pod of it runs'})),
				...(holder?.metadata.deletionTimestamp === undefined
					? []
					: [{source: refText(refOf(holder)), detail: `Terminating since ${holder.metadata.deletionTimestamp}`}]),
			],
			remedies: [
				...(running.length > 0 ? [] : idle.flatMap(wakened)),
				exchange(object, [{path: ['metadata', 'finalizers'], from: [...finalizers], to: rest.length === 0 ? undefined : rest}], {
					side: 'workload',
					// Who is to clean up and only rests does it once it runs.
					sure: !isKept && idle.length === 0 && others.length === 0,
					text: {
						en: `Take ${own.join(', ')} away from ${name}: what it stands for is not cleaned up then`,
						ko: `${name}에서 ${own.join(', ')}를 제거합니다: 그것이 정리해야 할 것은 남습니다`,
					},
				}),
			],
		},
	];
}

/** Pods go on using a claim that is to be deleted: with the last of them it is gone, and its data mostly with it. */
function claimInUse(claim: KubeObject, survey: Survey): readonly Cause[] {
	const {deletionTimestamp, name, namespace} = claim.metadata;
	if (deletionTimestamp === undefined) return [];
	const users = survey
		.all('Pod', namespace)
		.filter(pod => !['Succeeded', 'Failed'].includes(textAt(pod, 'status', 'phase') ?? '') && pod.metadata.deletionTimestamp === undefined)
		.filter(pod => listAt(pod, 'spec', 'volumes').some(volume => textAt(volume, 'persistentVolumeClaim', 'claimName') === name));
	if (users.length === 0) return [];
	const tops = [...new Set(users.map(survey.topOf))];
	const volume = survey.find('PersistentVolume', undefined, textAt(claim, 'spec', 'volumeName') ?? '');
	const policy = volume === undefined ? undefined : textAt(volume, 'spec', 'persistentVolumeReclaimPolicy');
	const isKept = policy === 'Retain';
	const title = refText(refOf(claim));
	return [
		{
			id: isKept ? 'claim-ends-in-use' : 'claim-deleted-in-use',
			resource: refOf(claim),
			path: 'metadata.deletionTimestamp',
			hurts: tops.map(refOf),
			cause: {
				en: `${title} was deleted at ${deletionTimestamp} and goes with the last pod that uses it; ${someOf(tops.map(each => refText(refOf(each))))} still does`,
				ko: `${title}는 ${deletionTimestamp}에 삭제되었고 마지막으로 쓰는 파드와 함께 사라집니다. 아직 ${someOf(tops.map(each => refText(refOf(each))))}가 쓰고 있습니다`,
			},
			evidence: users.slice(0, 3).map(pod => ({source: refText(refOf(pod)), detail: `mounts ${name}`})),
			remedies: volume !== undefined && policy === 'Delete' ? [keeping(volume)] : [],
		},
	];
}

/** The volume outlives its claim then: a new claim can be bound to it once the old one is gone. */
const keeping = (volume: KubeObject): Remedy =>
	merge(
		volume,
		{spec: {persistentVolumeReclaimPolicy: 'Retain'}},
		{
			side: 'storage',
			sure: true,
			text: {
				en: `Keep ${refText(refOf(volume))} and its data when the claim goes (Retain): the deletion itself cannot be taken back`,
				ko: `클레임이 사라져도 ${refText(refOf(volume))}의 데이터를 남깁니다(Retain): 삭제 자체는 되돌릴 수 없습니다`,
			},
		},
	);

/** What is to go and does not. */
export const lifecycleFaults: Analyzer = survey => {
	const inScope = new Set(survey.namespaces);
	const held = survey.snapshot.objects.filter(
		({metadata}) => metadata.deletionTimestamp !== undefined && (metadata.namespace === undefined || inScope.has(metadata.namespace)),
	);
	return [
		...held.flatMap(object => heldObject(object, survey)),
		...held.filter(({kind}) => kind === 'PersistentVolumeClaim').flatMap(claim => claimInUse(claim, survey)),
		...outlivedRevisions(survey),
	];
};
