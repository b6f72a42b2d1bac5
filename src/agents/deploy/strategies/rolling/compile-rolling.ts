import type {JsonObject} from '../../../../core/json.ts';
import {numberAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf} from '../../../../core/kube/kube-object.ts';
import {jsonPatch} from '../../../../core/patch/json-patch.ts';
import {count} from '../../../../core/text/count.ts';
import type {Act, Script} from '../../staged/act.ts';
import {steadily} from '../steady.ts';
import {firstBatchOf} from './batches.ts';
import {byPartition} from './by-partition.ts';
import type {Politeness} from './polite-strategy.ts';
import {backAct, judgement, patchOf, type Rolling, releaseActs, setting, whatOf} from './rolling.ts';

/**
 * Pods that are ready and not yet available for so long hold a Deployment at its first batch, in the cluster itself: no client has to live for it.
 * Its old ReplicaSet keeps the time that it was made with, so old pods go on counting as available. One day; the progress deadline must be longer.
 */
export const holdSeconds = 86_400;

/** A rolling update as acts: a Deployment, a StatefulSet or a DaemonSet. Pure. */
export function compileRolling(rolling: Rolling): Script {
	const {workload, pace} = rolling;
	if (isOnDelete(workload)) return onDelete(rolling);
	if (workload.kind === 'StatefulSet') return byPartition(rolling);
	const batch = workload.kind === 'Deployment' ? firstBatchOf(shaped(workload, pace.polite)) : 0;
	return pace.judgedBy !== undefined && batch > 0 ? heldAtFirstBatch(rolling, batch) : atItsOwnPace(rolling);
}

/** Whether pods take a new template only when somebody deletes them. */
export const isOnDelete = (workload: KubeObject) => valueAt(workload, 'spec', 'updateStrategy', 'type') === 'OnDelete';

/** The workload with the strategy that it has for the time of the rollout. A patch of an object answers an object. */
const shaped = (workload: KubeObject, polite: Politeness | undefined) =>
	polite === undefined ? workload : (jsonPatch(workload, polite.hold) as KubeObject);

const readyOf = ({workload, pace: {withinMs}}: Rolling) => ({kind: 'ready' as const, ref: refOf(workload), pods: 0, withinMs});

const hold = ({pace: {polite}}: Rolling) => polite?.hold ?? [];

function atItsOwnPace(rolling: Rolling): Script {
	const {workload, version} = rolling;
	const {name} = workload.metadata;
	const act: Act = {
		title: `Give ${name} ${whatOf(version)}, pod after pod as its strategy says`,
		writes: [patchOf(workload, [...version.forward, ...hold(rolling)])],
		wait: {...readyOf(rolling), ...steadily(rolling)},
		ifDies: `Kubernetes replaces the pods of ${name} by itself as long as new ones become ready, and takes nothing back`,
	};
	const release = releaseActs(workload, rolling.pace.polite);
	return {acts: [act, ...release], wayBack: [backAct(rolling, hold(rolling), readyOf(rolling)), ...release]};
}

/** The first batch stands beside the old pods until it was judged: that its pods count as available is put off. */
function heldAtFirstBatch(rolling: Rolling, batch: number): Script {
	const {workload, version, pace} = rolling;
	const {name} = workload.metadata;
	const pods = numberAt(workload, 'spec', 'replicas') ?? 1;
	const are = batch === 1 ? 'is' : 'are';
	const rests = `at most ${count(batch, 'pod')} of ${name} ${are} of the new version, and Kubernetes goes no further for a day`;
	const first: Act = {
		title: `Give ${name} ${whatOf(version)}, and hold it at its first ${batch === 1 ? 'pod' : count(batch, 'pod')}`,
		writes: [patchOf(workload, [...version.forward, ...hold(rolling), ...holding(workload, holdSeconds)])],
		wait: {kind: 'batch', ref: refOf(workload), pods: batch, withinMs: pace.withinMs},
		ifDies: rests,
	};
	const rest: Act = {
		title: `Let ${name} replace its other pods`,
		writes: [patchOf(workload, holding(workload))],
		wait: {...readyOf(rolling), ...steadily(rolling)},
		ifDies: `Kubernetes replaces the pods of ${name} by itself as long as new ones become ready`,
	};
	const release = releaseActs(workload, rolling.pace.polite);
	return {
		acts: [first, judgement(rolling, batch, pods, rests), rest, ...release],
		wayBack: [backAct(rolling, [...hold(rolling), ...holding(workload)], readyOf(rolling)), ...release],
	};
}

/** How long pods must be ready to count: for a hold, or as it is now. */
function holding(workload: KubeObject, seconds?: number): readonly JsonObject[] {
	const now = (field: string) => numberAt(workload, 'spec', field);
	return [
		setting('/spec/minReadySeconds', seconds ?? now('minReadySeconds') ?? 0),
		setting('/spec/progressDeadlineSeconds', seconds === undefined ? (now('progressDeadlineSeconds') ?? 600) : seconds + 600),
	];
}

/** Nothing rolls by itself: what is written is all that this does. */
function onDelete(rolling: Rolling): Script {
	const {workload, version} = rolling;
	const {name} = workload.metadata;
	const waits = `the pods of ${name} stay as they are until somebody deletes them`;
	const title = `Give ${name} ${whatOf(version)}; its pods take it when they are deleted (OnDelete)`;
	return {
		acts: [{title, writes: [patchOf(workload, version.forward)], ifDies: waits}],
		wayBack: [{...backAct(rolling, [], undefined), ifDies: waits}],
	};
}
