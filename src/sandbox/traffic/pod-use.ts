import {fateOf, restingUse} from '../life/kubelet/image-rules.ts';
import type {Container, Pod} from '../life/pod-shapes.ts';
import {quantity} from '../life/quantity.ts';
import {hashOf} from '../life/seeded-random.ts';
import type {Ledger} from './ledger.ts';
import {wobble} from './load-profile.ts';
import type {PodHistory} from './pod-history.ts';
import {requestCounts, runStart} from './request-counts.ts';

/** Window of the mean that metrics.k8s.io and autoscalers see. */
const windowMs = 30_000;
/** A sidecar uses this part of what the main container uses at rest. */
const sidecarShare = 0.2;

/** What a container uses, as functions of the time: core-seconds since its start, and bytes now. */
export function containerUse(history: PodHistory, container: Container) {
	const {pod} = history;
	const resting = restingUse(pod);
	const isMain = pod.spec.containers[0]?.name === container.name;
	const share = isMain ? 1 : sidecarShare;
	const own = 0.9 + (0.2 * hashOf(pod.metadata.uid ?? '')) / 2 ** 32;
	const drift = wobble(`${pod.metadata.uid}/${container.name}`, 0.2, 91_000);
	const leak = fateOf(pod, container).leakBytesPerSecond;
	const services = isMain ? [...history.serving.values()].map(serving => ({serving, counts: requestCounts(history, serving)})) : [];
	const limit = quantity(container.resources?.limits?.memory) || Number.POSITIVE_INFINITY;
	return {
		cpuSeconds(ms: number): number {
			const begin = runStart(history, ms);
			const rest = resting.cpu * share * ((ms - begin) / 1000 + drift(ms) - drift(begin));
			return Math.max(0, rest) + services.reduce((sum, {serving, counts}) => sum + counts.all(ms) * serving.cpuPerRequest, 0);
		},
		memoryBytes(ms: number): number {
			const begin = runStart(history, ms);
			const steady = resting.memory * own * share * (1 + 0.03 * Math.sin(ms / 173_000));
			return Math.round(Math.min(limit, steady + (leak * Math.max(0, ms - begin)) / 1000));
		},
	};
}

/** Cores and bytes of each container now; undefined while the pod does not run. */
export function containerUses(ledger: Ledger, pod: Pod, nowMs: number) {
	const history = ledger.find(pod.metadata.uid);
	if (history === undefined || pod.status?.phase !== 'Running' || history.starts.length === 0) return undefined;
	return pod.spec.containers.map(container => {
		const use = containerUse(history, container);
		const fromMs = Math.max(nowMs - windowMs, runStart(history, nowMs));
		const seconds = Math.max(1, nowMs - fromMs) / 1000;
		return {
			name: container.name,
			cpu: Math.max(0, use.cpuSeconds(nowMs) - use.cpuSeconds(fromMs)) / seconds,
			memory: use.memoryBytes(nowMs),
		};
	});
}

/** The sum over a pod's containers, as autoscalers read it. */
export function podUse(ledger: Ledger, pod: Pod, nowMs: number): {readonly cpu: number; readonly memory: number} | undefined {
	const containers = containerUses(ledger, pod, nowMs);
	return (
		containers && {
			cpu: containers.reduce((sum, {cpu}) => sum + cpu, 0),
			memory: containers.reduce((sum, {memory}) => sum + memory, 0),
		}
	);
}
