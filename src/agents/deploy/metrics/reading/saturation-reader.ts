import type {GaugeInterval} from '../../../../analysis/canary/metric.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import {noSeries} from '../../../series/no-series.ts';
import {type Arm, type Arms, podNames} from '../sides.ts';
import {measuredIn, metricsPath, type PodUse, saturationOf} from './saturation.ts';

/** What the pods of both sides use now, by pod. */
export type ReadUses = (pods: readonly string[]) => Promise<ReadonlyMap<string, PodUse>>;

/** What metrics.k8s.io tells. */
export function usesOfMetricsApi(cluster: Cluster, namespace: string): ReadUses {
	return async () => {
		const answer = await cluster.raw(metricsPath(namespace));
		if (answer === undefined) throw noSeries('the cluster serves no metrics.k8s.io');
		return measuredIn(answer);
	};
}

/** How full the pods of both sides are, each as often as it is measured anew. */
export function saturationReader(read: ReadUses): (arms: Arms) => Promise<GaugeInterval> {
	const lastMs = new Map<string, number>();
	let lookMs: number | undefined;
	return async ({canary, stable: serving, baseline}) => {
		const stable = baseline ?? serving;
		const uses = await read([...podNames(canary.pods), ...podNames(stable.pods)]);
		// Both are measured before either is told: values of a look that lacks one side come with the next.
		const measured = {canary: measuredOf(canary, uses), stable: measuredOf(stable, uses)};
		const interval = {canary: fresh(measured.canary, lastMs), stable: fresh(measured.stable, lastMs)};
		const atMs = Math.max(...lastMs.values());
		const spanMs = lookMs === undefined ? 0 : atMs - lookMs;
		lookMs = atMs;
		return {kind: 'gauge', spanMs, ...interval};
	};
}

type Measured = {readonly uid: string; readonly atMs: number; readonly value: number};

/** @throws MkcoaError `no-series` where no pod of it is measured */
function measuredOf({workload, pods}: Arm, uses: ReadonlyMap<string, PodUse>): readonly Measured[] {
	const measured = pods.flatMap(pod => {
		const use = uses.get(pod.metadata.name);
		const value = use === undefined ? undefined : saturationOf(pod, use);
		return use === undefined || value === undefined ? [] : [{uid: pod.metadata.uid ?? pod.metadata.name, atMs: use.atMs, value}];
	});
	if (measured.length === 0) throw noSeries(`no pod of ${workload} with a limit is measured yet`);
	return measured;
}

/** Values that are newer than those of the last look. */
function fresh(measured: readonly Measured[], lastMs: Map<string, number>): readonly number[] {
	const newer = measured.filter(({uid, atMs}) => atMs > (lastMs.get(uid) ?? Number.NEGATIVE_INFINITY));
	for (const {uid, atMs} of newer) lastMs.set(uid, atMs);
	return newer.map(({value}) => value);
}
