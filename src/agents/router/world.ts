import type {Snapshot} from '../../analysis/detection/snapshot.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import type {Cluster} from '../../mcp/kubernetes/port.ts';

/** A kind that the person may not list: `here` its objects of the own namespace were seen, `nowhere` none were. */
export type Unread = {
	readonly kind: string;
	/** As a role names it: `deployments.apps`. */
	readonly resource: string;
	readonly seen: 'here' | 'nowhere';
};

/** What a look for everything that is wrong asks for. */
type Look = {readonly namespace?: string | undefined; readonly nowMs: number};

/** The live cluster as one request sees it: each kind is listed once. */
export type World = {
	/** Aborts when nobody waits for the request any more. */
	readonly signal: AbortSignal;
	/** For what is no list: logs, rights. */
	readonly cluster: Cluster;
	/** Namespace of the context. */
	readonly namespace: string;
	readonly namespaces: () => Promise<readonly string[]>;
	/** All objects of a kind (`Deployment`, `HTTPRoute`), of all namespaces or one; none where the cluster has no such kind. What may not be read is missing, too: `unread` tells. */
	readonly objects: (kind: string, namespace?: string) => Promise<readonly KubeObject[]>;
	/** Everything that a detection rests on, of one namespace or all: read anew and bounded, what was not read is told in it. Nothing of what nobody may list. */
	readonly snapshot: (look: Look) => Promise<Snapshot>;
	/** Kinds among those asked for so far that may not be listed. */
	readonly unread: () => readonly Unread[];
	/** The text of a file of the working directory that the request names; undefined where there is none. */
	readonly file: (path: string) => Promise<string | undefined>;
	/** Whether the environment has a variable: its value is read by the tool that needs it. */
	readonly hasVariable: (name: string) => boolean;
};
