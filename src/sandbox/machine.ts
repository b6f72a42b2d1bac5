import type {Clock} from '../core/clock.ts';
import type {KubeObject} from '../core/kube/kube-object.ts';

/**
 * What controllers see of the embedded API: by kind ('Pod', 'Deployment', … kinds are unique enough here), synchronous, objects are frozen.
 * Throws StatusError (code, reason, message) as the API would answer.
 */
export type Machine = {
	readonly clock: Clock;
	readonly list: (kind: string, namespace?: string) => readonly KubeObject[];
	readonly get: (kind: string, namespace: string | undefined, name: string) => KubeObject | undefined;
	/** Defaulting, validation, quota and admission as for anybody; `by` is the field manager. */
	readonly create: (object: KubeObject, by?: string) => KubeObject;
	/** Optimistic if metadata.resourceVersion is set; a write that changes nothing keeps the resourceVersion. */
	readonly update: (object: KubeObject, by?: string, subresource?: 'status' | 'scale' | 'binding') => KubeObject;
	readonly remove: (kind: string, namespace: string | undefined, name: string, options?: RemoveOptions) => void;
	/** The listener is called synchronously after each write; the answer stops it. */
	readonly watch: (listener: (event: MachineEvent) => void, kinds?: readonly string[]) => () => void;
	readonly extend: (hooks: Partial<Hooks>) => void;
};

export type RemoveOptions = {
	readonly uid?: string;
	readonly propagation?: 'Background' | 'Foreground' | 'Orphan';
	readonly graceSeconds?: number;
};

export type MachineEvent = {readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: KubeObject; readonly before?: KubeObject};

/** Places where `life` answers for the API server. */
export type Hooks = {
	readonly podLogs: (pod: KubeObject, options: PodLogOptions) => readonly string[];
	/** Writes lines as they come until the signal aborts. */
	readonly podLogsFollow: (pod: KubeObject, container: string | undefined, write: (line: string) => void, signal: AbortSignal) => void;
	readonly podExec: (pod: KubeObject, container: string | undefined, command: readonly string[]) => ExecResult;
	/** Throws StatusError 429 (reason TooManyRequests, cause DisruptionBudget) when a PodDisruptionBudget forbids. */
	readonly evict: (pod: KubeObject, dryRun: boolean) => void;
	/** Quota, LimitRange…: throws or returns the object, possibly changed. */
	readonly admit: (operation: 'CREATE' | 'UPDATE' | 'DELETE', object: KubeObject, before: KubeObject | undefined) => KubeObject;
	/** Other paths, e.g. service proxies (/api/v1/namespaces/NS/services/NAME:PORT/proxy/…) and metrics.k8s.io. */
	readonly http: (path: string, query: URLSearchParams, body: string) => HookAnswer | undefined;
};

export type PodLogOptions = {
	readonly container?: string;
	readonly previous: boolean;
	readonly tailLines?: number;
	readonly sinceSeconds?: number;
	readonly sinceTime?: string;
	readonly timestamps: boolean;
	readonly limitBytes?: number;
};

export type ExecResult = {readonly stdout: string; readonly stderr: string; readonly exitCode: number};

export type HookAnswer = {readonly status: number; readonly contentType: string; readonly body: string};
