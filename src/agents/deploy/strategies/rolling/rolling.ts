import type {Json, JsonObject} from '../../../../core/json.ts';
import {type KubeObject, refOf} from '../../../../core/kube/kube-object.ts';
import type {Write} from '../../../../core/plan.ts';
import {count} from '../../../../core/text/count.ts';
import type {Act} from '../../staged/act.ts';
import type {NewVersion} from './new-version.ts';
import type {Politeness} from './polite-strategy.ts';

/** How a rolling update goes. */
export type Pace = {
	/** Pods at a time, for a StatefulSet. */
	readonly batch?: number | undefined;
	/**
	 * For how long new pods are judged beside the old ones before it goes on, and by what: `30s by restarts and readiness`. Without it
	 * Kubernetes goes at its own pace.
	 */
	readonly judgedBy: string | undefined;
	readonly withinMs: number;
	readonly polite?: Politeness | undefined;
};

export type Rolling = {readonly workload: KubeObject; readonly version: NewVersion; readonly pace: Pace};

/** Operations on the workload as one write. */
export const patchOf = (workload: KubeObject, operations: readonly JsonObject[]): Write => ({
	op: 'patch',
	ref: refOf(workload),
	type: 'json',
	patch: operations,
});

/** `add` sets a field whether it is there or not, so that it may be done twice. RFC 6902. */
export const setting = (path: string, value: Json): JsonObject => ({op: 'add', path, value});

/** For titles: the image, or what stands for a template. */
export const whatOf = ({image, imageInput}: NewVersion) => (imageInput === undefined ? 'the new pod template' : image);

/** One look at new pods beside old ones, for as long as the pace says. */
export const judgement = ({workload, pace: {judgedBy}}: Rolling, fresh: number, pods: number, ifDies: string): Act => ({
	title: `Judge ${count(fresh, 'new pod')} of ${workload.metadata.name} for ${judgedBy}`,
	writes: [],
	wait: {kind: 'judge', weight: Math.round((fresh / Math.max(1, pods)) * 100), share: fresh / Math.max(1, pods), pods: fresh},
	ifDies,
});

/** Pods that ran before are given so long at least to run again, however impatient a person is with the new ones. */
const leastBackMs = 120_000;

/** Everything as it was, in one write. */
export const backAct = ({workload, version}: Rolling, more: readonly JsonObject[], wait: Act['wait']): Act => ({
	title: `Give ${workload.metadata.name} its former pod template again`,
	writes: [patchOf(workload, [...version.back, ...more])],
	wait: wait?.kind === 'ready' ? {...wait, withinMs: Math.max(wait.withinMs, leastBackMs)} : wait,
	ifDies: `Kubernetes goes on bringing the former pods of ${workload.metadata.name} back by itself`,
});

/** The workload's own strategy again, where a budget had narrowed it. */
export function releaseActs(workload: KubeObject, polite: Politeness | undefined): readonly Act[] {
	if (polite === undefined) return [];
	const {name} = workload.metadata;
	return [
		{
			title: `Give ${name} its own strategy again`,
			writes: [patchOf(workload, polite.release)],
			ifDies: `${name} is whole; its next rolling update takes at most ${count(polite.allowed, 'pod')} away at once`,
		},
	];
}
