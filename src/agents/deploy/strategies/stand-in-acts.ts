import {type KubeObject, type Ref, refOf} from '../../../core/kube/kube-object.ts';
import type {Write} from '../../../core/plan.ts';
import type {Act, Wait} from '../staged/act.ts';

type StandingIn = {
	readonly workload: KubeObject;
	readonly copy: Ref;
	/** As many as the copy had when it served everything. */
	readonly replicas: number;
	readonly withinMs: number;
	/** Autoscalers of the copy, by which it grows as the workload has since. */
	readonly scalers: readonly Ref[];
	/** Sends everything to the copy, as the words say: `all requests`, `HTTPRoute shop/web`. */
	readonly over: readonly Write[];
	readonly what: string;
	readonly by: string;
	/** Until gateways have learned of it. */
	readonly settle: Wait;
	/** The act by which the workload gets requests again. */
	readonly after: number;
	/** What the cluster looks like before: `web serves the new version`. */
	readonly serves: string;
};

/** The beginning of a way back from where the workload itself serves the new version: the copy serves while its pods are replaced. */
export function standInActs(asked: StandingIn): readonly Act[] {
	const {workload, copy, replicas, withinMs, scalers, over, what, by, settle, after, serves} = asked;
	const {name} = workload.metadata;
	const of = refOf(workload);
	const even: Act = {
		title: `See that ${copy.name} has as many pods as the autoscaler gave ${name}, where it still stands`,
		writes: [],
		wait: {kind: 'ready', ref: copy, pods: replicas, withinMs, along: {of, scalers}},
		ifDies: serves,
		after,
		standIn: {copy, pods: replicas},
	};
	return [
		...(scalers.length === 0 ? [] : [even]),
		{
			title: `While ${name} goes back, send ${what} to ${copy.name}, where it still stands: ${by}`,
			writes: over,
			wait: settle,
			ifDies: `${copy.name} serves everything, or ${serves}`,
			after,
			standIn: {copy, pods: replicas, of},
		},
	];
}
