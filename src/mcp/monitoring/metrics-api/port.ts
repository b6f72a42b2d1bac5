/** What a pod or a container uses now; missing where nobody measures it. */
export type Use = {readonly cpuCores?: number | undefined; readonly memoryBytes?: number | undefined};

export type VolumeUse = {
	readonly name: string;
	/** Name of the PersistentVolumeClaim behind it. */
	readonly claim?: string | undefined;
	readonly usedBytes?: number | undefined;
	readonly capacityBytes?: number | undefined;
	readonly inodesUsed?: number | undefined;
	readonly inodes?: number | undefined;
};

export type PodUse = Use & {
	readonly namespace: string;
	readonly name: string;
	readonly containers: readonly (Use & {readonly name: string})[];
	readonly volumes: readonly VolumeUse[];
	/** Logs and writable layers. */
	readonly ephemeralBytes?: number | undefined;
};

/** A node as its kubelet sees it. */
export type NodeUse = Use & {
	readonly node: string;
	readonly atMs: number;
	readonly memoryAvailableBytes?: number | undefined;
	readonly diskUsedBytes?: number | undefined;
	readonly diskCapacityBytes?: number | undefined;
	readonly inodesFree?: number | undefined;
	readonly pods: readonly PodUse[];
};

/** What is measured by the cluster itself. Nodes that did not answer stand apart: the rest is no less true. */
export type ClusterUse = {
	/** Undefined where nobody serves metrics.k8s.io. */
	readonly pods: () => Promise<readonly PodUse[] | undefined>;
	readonly nodes: () => Promise<readonly (Use & {readonly node: string})[] | undefined>;
	readonly summaries: (nodes: readonly string[]) => Promise<{
		readonly nodes: readonly NodeUse[];
		readonly failed: readonly {readonly node: string; readonly why: string}[];
	}>;
};
