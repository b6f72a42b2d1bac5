import type {Request} from '../request.ts';

/** The cluster that requests are asked on. */
export type World = {
	/** YAML text. */
	readonly kubeconfig: string;
	/** What beyond the objects of the world it has. */
	readonly provides: ReadonlySet<Request['needs'][number]>;
	/** Writes that were sent since it was last asked, dry runs left out. */
	readonly written: () => readonly string[];
	/** What of the set the cluster does not hold, one sentence each. */
	readonly lacks: readonly string[];
	readonly stop: () => Promise<void>;
};
