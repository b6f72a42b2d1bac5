import type {JsonObject} from '../../../../core/json.ts';
import {numberAt, objectAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, type Ref, refOf} from '../../../../core/kube/kube-object.ts';
import type {Act, Script} from '../../staged/act.ts';
import {steadily} from '../steady.ts';
import {partitionsOf} from './batches.ts';
import {backAct, judgement, patchOf, type Rolling, setting, whatOf} from './rolling.ts';

/** Batch after batch from the highest number down: the partition keeps the others as they are, whoever dies. */
export function byPartition(rolling: Rolling): Script {
	const {workload, pace} = rolling;
	const partitions = partitionsOf(workload, pace.batch);
	const last = partitions.at(-1) ?? 0;
	return {
		acts: partitions.flatMap((partition, index) => batchActs(rolling, partition, partitions[index - 1], partition === last)),
		wayBack: [backAct(rolling, [strategyWith(workload, last)], readyOf(rolling))],
	};
}

/** @param before the partition that the batch before had; undefined for the first batch */
function batchActs(rolling: Rolling, partition: number, before: number | undefined, isLast: boolean): readonly Act[] {
	const {workload, version, pace} = rolling;
	const {name} = workload.metadata;
	const {start, end, replicas} = numbersOf(workload);
	const fresh = Math.min(replicas, Math.max(0, end - partition));
	const rests = isLast
		? `Kubernetes replaces the last pods of ${name} by itself as long as new ones become ready`
		: `${fresh} of ${replicas} pods of ${name} are of the new version, and Kubernetes goes no further`;
	const isWhole = before === undefined && isLast;
	const which = isWhole ? 'pod after pod' : `and replace ${podNames(name, Math.max(start, partition), (before ?? end) - 1)}`;
	const act: Act = {
		title: before === undefined ? `Give ${name} ${whatOf(version)}, ${which}` : `Go on, ${which}`,
		writes: [patchOf(workload, [...(before === undefined ? version.forward : []), strategyWith(workload, partition)])],
		wait: {...readyOf(rolling), ...steadily(rolling)},
		ifDies: rests,
	};
	return pace.judgedBy !== undefined && !isLast ? [act, judgement(rolling, fresh, replicas, rests)] : [act];
}

/** `db-4`, `db-4 to db-3` */
const podNames = (name: string, low: number, high: number) => (low >= high ? `${name}-${high}` : `${name}-${high} to ${name}-${low}`);

function numbersOf(set: KubeObject): {readonly start: number; readonly end: number; readonly replicas: number} {
	const replicas = numberAt(set, 'spec', 'replicas') ?? 1;
	const start = numberAt(set, 'spec', 'ordinals', 'start') ?? 0;
	return {start, end: start + replicas, replicas};
}

/** The pods of a StatefulSet, by their numbers. */
export function podRefs(set: KubeObject): readonly Ref[] {
	const {start, replicas} = numbersOf(set);
	const {name, namespace} = set.metadata;
	return Array.from({length: replicas}, (_, index) => ({
		apiVersion: 'v1',
		kind: 'Pod',
		...(namespace === undefined ? {} : {namespace}),
		name: `${name}-${start + index}`,
	}));
}

const readyOf = ({workload, pace: {withinMs}}: Rolling) => ({
	kind: 'ready' as const,
	ref: refOf(workload),
	pods: 0,
	withinMs,
	frees: podRefs(workload),
});

const strategyWith = (workload: KubeObject, partition: number): JsonObject =>
	setting('/spec/updateStrategy', {
		...objectAt(workload, 'spec', 'updateStrategy'),
		type: 'RollingUpdate',
		rollingUpdate: {...objectAt(workload, 'spec', 'updateStrategy', 'rollingUpdate'), partition},
	});
