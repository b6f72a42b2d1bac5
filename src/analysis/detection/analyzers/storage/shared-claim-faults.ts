import {wantedReplicas} from '../../../../core/consequences/rollout.ts';
import {listAt, textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../../core/kube/pod-spec.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {lastWriteOf} from '../../../diagnosis/changed-by.ts';
import {changeEvidence, writtenMs} from '../../../diagnosis/last-write.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import type {Analyzer} from '../../analyzer.ts';
import type {Survey} from '../../survey.ts';
import {startingWorkloads} from '../standing.ts';

const modesOf = (claim: KubeObject) => listAt(claim, 'spec', 'accessModes').map(String);

/** Claims of a workload that all its pods share. */
const sharedClaims = (workload: KubeObject, survey: Survey) =>
	listAt(podSpecOf(workload), 'volumes').flatMap(volume => {
		const name = textAt(volume, 'persistentVolumeClaim', 'claimName');
		return (name === undefined ? undefined : survey.find('PersistentVolumeClaim', workload.metadata.namespace, name)) ?? [];
	});

/** A volume that stands on one node keeps its pods together. */
function isPinned(claim: KubeObject, survey: Survey): boolean {
	const volume = survey.find('PersistentVolume', undefined, textAt(claim, 'spec', 'volumeName') ?? '');
	const terms = listAt(volume, 'spec', 'nodeAffinity', 'required', 'nodeSelectorTerms');
	return terms.some(term => listAt(term, 'matchExpressions').some(each => textAt(each, 'key') === 'kubernetes.io/hostname'));
}

/** The rest of the pods can never start: as many as there can be is what there was before somebody asked for more. */
function onePod(workload: KubeObject, claim: KubeObject): readonly Remedy[] {
	const [replicasMs, claimMs] = [lastWriteOf(workload, ['spec', 'replicas'])?.atMs ?? 0, writtenMs(claim)];
	const isRaised = replicasMs > claimMs && replicasMs > (Date.parse(workload.metadata.creationTimestamp ?? '') || 0) + 1000;
	const name = refText(refOf(workload));
	return [
		exchange(workload, [{path: ['spec', 'replicas'], from: wantedReplicas(workload), to: 1}], {
			side: 'workload',
			sure: isRaised,
			text: {
				en: `Set replicas of ${name} back to the one pod that ${refText(refOf(claim))} lets in`,
				ko: `${refText(refOf(claim))}을(를) 쓸 수 있는 파드 하나로 ${name}의 레플리카를 되돌립니다`,
			},
		}),
	];
}

function causesOf(workload: KubeObject, claim: KubeObject, survey: Survey): readonly Cause[] {
	const modes = modesOf(claim);
	const isOfOnePod = modes.includes('ReadWriteOncePod');
	const isOfOneNode = modes.length > 0 && modes.every(mode => mode === 'ReadWriteOnce');
	if ((!isOfOneNode && !isOfOnePod) || (isOfOneNode && isPinned(claim, survey))) return [];
	const [name, what, wanted] = [refText(refOf(workload)), refText(refOf(claim)), wantedReplicas(workload)];
	const evidence = [{source: what, detail: `accessModes ${modes.join(', ')}`}, ...changeEvidence(workload)];
	const limit = isOfOnePod ? {en: 'one pod', ko: '한 파드'} : {en: 'one node', ko: '한 노드'};
	if (wanted > 1)
		return [
			{
				id: 'volume-of-one-node',
				resource: refOf(workload),
				path: 'spec.replicas',
				hurts: [refOf(claim)],
				cause: {
					en: `The ${wanted} pods of ${name} share ${what}, which ${limit.en} may use at a time: the others wait wherever they do not meet`,
					ko: `${name}의 파드 ${wanted}개가 ${limit.ko}에서만 쓸 수 있는 ${what}을(를) 같이 씁니다`,
				},
				evidence: [{source: name, detail: `spec.replicas ${wanted}`}, ...evidence],
				remedies: isOfOnePod ? onePod(workload, claim) : [],
				noRemedy: {
					en: 'Either a claim that many nodes may use, or one replica: whether the program may run twice on one volume its owner knows',
					ko: '여러 노드에서 쓸 수 있는 클레임으로 바꾸거나 레플리카를 1로 둬야 합니다',
				},
			},
		];
	// One pod alone waits for its volume only while its rollout starts the next one: that is told of the strategy.
	return [];
}

/** Claims that the pods of one Deployment hold against each other. */
export const sharedClaimFaults: Analyzer = survey =>
	startingWorkloads(survey)
		.filter(({kind}) => kind === 'Deployment')
		.flatMap(workload => sharedClaims(workload, survey).flatMap(claim => causesOf(workload, claim, survey)));
