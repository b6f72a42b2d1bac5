import {wantedReplicas} from '../../core/consequences/rollout.ts';
import type {Json} from '../../core/json.ts';
import {listAt, numberAt, textAt} from '../../core/kube/json-at.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import type {Case} from './case.ts';

/** Pods that a workload should have at this moment; of what counts by nodes or runs to an end, at least one. */
const wantedOf = (workload: KubeObject) =>
	workload.kind === 'DaemonSet' ? (numberAt(workload, 'status', 'desiredNumberScheduled') ?? 1) : wantedReplicas(workload);

/** No pod, or not even the ReplicaSet that would make them. */
const isRefused = (condition: Json) =>
	(textAt(condition, 'type') === 'ReplicaFailure' && textAt(condition, 'status') === 'True') ||
	(textAt(condition, 'type') === 'Progressing' && textAt(condition, 'reason') === 'ReplicaSetCreateError');

/** The server's own words for pods that it refuses to make: what the workload says now, and what its events said while pods are too few. */
export function refusals({workload, events, pods}: Case): readonly string[] {
	if (workload === undefined) return [];
	const now = listAt(workload, 'status', 'conditions')
		.filter(each => isRefused(each))
		.flatMap(each => textAt(each, 'message') ?? []);
	const told = events
		.filter(each => textAt(each, 'reason') === 'FailedCreate')
		.toSorted((a, b) => lastSeen(b).localeCompare(lastSeen(a), 'en'))
		.flatMap(each => textAt(each, 'message') ?? []);
	return [...new Set([...now, ...(pods.length < wantedOf(workload) ? told : [])])];
}

const lastSeen = (event: KubeObject) =>
	textAt(event, 'series', 'lastObservedTime') ?? textAt(event, 'lastTimestamp') ?? textAt(event, 'eventTime') ?? '';

/** `exceeded quota: small, requested: pods=1, used: pods=2, limited: pods=2` taken apart. */
export type QuotaRefusal = {
	readonly quota: string;
	/** What a single pod asks for, of those things that ran out. */
	readonly requested: ReadonlyMap<string, string>;
	readonly used: ReadonlyMap<string, string>;
};

const amounts = (text: string | undefined): ReadonlyMap<string, string> =>
	new Map(
		(text ?? '').split(',').flatMap(part => {
			const [what, amount] = part.trim().split('=');
			return what === undefined || amount === undefined ? [] : [[what, amount] as const];
		}),
	);

/** What a quota refused; undefined where a message says something else. */
export function quotaRefusal(message: string): QuotaRefusal | undefined {
	const match = /exceeded quota: ([^,\s]+), requested: (.*?), used: (.*?), limited: (.*)$/.exec(message);
	return match?.[1] === undefined ? undefined : {quota: match[1], requested: amounts(match[2]), used: amounts(match[3])};
}
