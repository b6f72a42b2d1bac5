import type {PodMetric, PodMetrics, ScaledPod} from './scaled-pod.ts';
import type {ControllerSettings} from './settings.ts';

/** Names of pods by what their values are worth. */
export type PodGroups = {
	readonly readyCount: number;
	/** Not running or, for CPU, still starting: their values are not believed. */
	readonly unready: ReadonlySet<string>;
	readonly missing: ReadonlySet<string>;
	/** Failed or being deleted. */
	readonly ignored: ReadonlySet<string>;
};

type Delays = Pick<ControllerSettings, 'cpuInitializationMs' | 'initialReadinessMs'>;

/** A program that starts uses more CPU than one that serves, so a young pod counts only with a sample taken wholly after it became ready. */
function isStarting({startedMs, ready}: ScaledPod, metric: PodMetric, delays: Delays, nowMs: number): boolean {
	if (ready === undefined || startedMs === undefined) return true;
	const isUnready = ready.status === 'False';
	if (startedMs + delays.cpuInitializationMs > nowMs) return isUnready || metric.atMs < ready.sinceMs + metric.windowMs;
	// An old pod that became unready later has been busy: only one that never was ready counts as starting.
	return isUnready && startedMs + delays.initialReadinessMs > ready.sinceMs;
}

/** @see groupPods in replica_calculator.go of kubernetes 1.36 */
export function groupPods(pods: readonly ScaledPod[], metrics: PodMetrics, resource: string, delays: Delays, nowMs: number): PodGroups {
	const [unready, missing, ignored] = [new Set<string>(), new Set<string>(), new Set<string>()];
	let readyCount = 0;
	for (const pod of pods) {
		const metric = metrics.get(pod.name);
		if (pod.isDeleted === true || pod.phase === 'Failed') ignored.add(pod.name);
		else if (pod.phase === 'Pending') unready.add(pod.name);
		else if (metric === undefined) missing.add(pod.name);
		else if (resource === 'cpu' && isStarting(pod, metric, delays, nowMs)) unready.add(pod.name);
		else readyCount++;
	}
	return {readyCount, unready, missing, ignored};
}
