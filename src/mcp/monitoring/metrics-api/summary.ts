import * as z from 'zod';
import type {NodeUse, PodUse, Use, VolumeUse} from './port.ts';

const bytes = z.number().optional();
const cpu = z.object({usageNanoCores: z.number().optional()}).nullish();
const memory = z.object({workingSetBytes: bytes, availableBytes: bytes}).nullish();
const disk = z
	.object({usedBytes: bytes, capacityBytes: bytes, availableBytes: bytes, inodesUsed: bytes, inodes: bytes, inodesFree: bytes})
	.nullish();
const volume = z.object({
	name: z.string(),
	pvcRef: z.object({name: z.string()}).nullish(),
	...{usedBytes: bytes, capacityBytes: bytes, inodesUsed: bytes, inodes: bytes},
});
const pod = z.object({
	podRef: z.object({name: z.string(), namespace: z.string()}),
	...{cpu, memory},
	containers: z.array(z.object({name: z.string(), cpu, memory})).nullish(),
	volume: z.array(volume).nullish(),
	'ephemeral-storage': disk,
});

/** @see https://pkg.go.dev/k8s.io/kubelet/pkg/apis/stats/v1alpha1#Summary */
export const summaryAnswer = z.object({
	node: z.object({cpu: z.object({usageNanoCores: z.number().optional(), time: z.string().optional()}).nullish(), memory, fs: disk}),
	pods: z.array(pod).nullish(),
});

const useOf = (used: {readonly cpu?: z.output<typeof cpu>; readonly memory?: z.output<typeof memory>}): Use => ({
	cpuCores: used.cpu?.usageNanoCores === undefined ? undefined : used.cpu.usageNanoCores / 1e9,
	memoryBytes: used.memory?.workingSetBytes,
});

/** A kubelet's summary, in cores and bytes. */
export const summaryOf = (name: string, {node, pods}: z.output<typeof summaryAnswer>): NodeUse => ({
	...{node: name, atMs: Date.parse(node.cpu?.time ?? ''), ...useOf(node)},
	memoryAvailableBytes: node.memory?.availableBytes,
	...{diskUsedBytes: node.fs?.usedBytes, diskCapacityBytes: node.fs?.capacityBytes, inodesFree: node.fs?.inodesFree},
	pods: (pods ?? []).map(podOf),
});

const podOf = (one: z.output<typeof pod>): PodUse => ({
	...one.podRef,
	...useOf(one),
	containers: (one.containers ?? []).map(container => ({name: container.name, ...useOf(container)})),
	volumes: (one.volume ?? []).map(volumeOf),
	ephemeralBytes: one['ephemeral-storage']?.usedBytes,
});

const volumeOf = ({pvcRef, ...use}: z.output<typeof volume>): VolumeUse => ({...use, claim: pvcRef?.name});
