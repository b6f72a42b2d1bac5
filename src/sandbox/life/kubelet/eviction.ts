import type {JsonObject} from '../../../core/json.ts';
import {withCondition} from '../conditions.ts';
import type {Pod, PodStatus} from '../pod-shapes.ts';
import {timestamp} from '../time.ts';
import {containerId} from './identifiers.ts';
import {evictionMs} from './image-rules.ts';
import type {ContainerRecord, PodRecord} from './pod-record.ts';

/** When the kubelet will end the pod for want of disk on its node; Infinity if it will not. */
export const evictionAt = (pod: Pod, {startedMs}: PodRecord): number => startedMs + evictionMs(pod);

/** The eviction manager's words about the pod's first container. @see pkg/kubelet/eviction/helpers.go */
export const evictionMessage = ({spec}: Pod) =>
	`The node was low on resource: ephemeral-storage. Threshold quantity: 10Gi, available: 8215Mi. Container ${spec.containers[0]?.name} was using 12Gi, request is 0, has larger consumption of ephemeral-storage. `;

/** The record with every container killed. */
export function evicted(pod: Pod, record: PodRecord, nowMs: number): PodRecord {
	const kill = (container: ContainerRecord): ContainerRecord => {
		const {name, stage, restarts, last} = container;
		if (stage.kind === 'ended') return container;
		if (stage.kind !== 'running')
			return {...container, last: last ?? {exitCode: 137, reason: 'ContainerStatusUnknown'}, stage: {kind: 'ended'}};
		const times = {startedAt: timestamp(stage.startedMs), finishedAt: timestamp(nowMs)};
		const killed = {exitCode: 137, reason: 'Error', ...times, containerID: containerId(pod.metadata.uid ?? '', name, restarts)};
		return {...container, last: killed, stage: {kind: 'ended'}};
	};
	return {...record, init: record.init.map(kill), main: record.main.map(kill)};
}

/** What an eviction adds to the status of a pod that failed. */
export function evictedStatus(pod: Pod, status: PodStatus, nowMs: number): PodStatus & JsonObject {
	const message = evictionMessage(pod);
	const condition = {
		...{type: 'DisruptionTarget', status: 'True', reason: 'TerminationByKubelet', message},
		...{lastProbeTime: null, observedGeneration: pod.metadata.generation ?? 1},
	};
	return {...status, phase: 'Failed', reason: 'Evicted', message, conditions: withCondition(status.conditions, condition, nowMs)};
}
