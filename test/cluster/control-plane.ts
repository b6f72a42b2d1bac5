import type {Binary} from './binaries.ts';
import type {Identities} from './cluster-files.ts';

/** A binary of the cache, or a script that Node runs. Its output goes to NAME.log. */
export type Program = {readonly args: readonly string[]} & (
	| {readonly name: Binary}
	| {readonly name: string /** Path of a TypeScript file. */; readonly script: string}
);

/** A running Kubernetes, see `start.ts`. */
export type ControlPlane = {
	/** Path of a kubeconfig with the contexts admin, reader, shop-dev (namespace shop only) and nobody. */
	readonly kubeconfig: string;
	readonly url: string;
	/** The data store behind it, open to anybody on this machine. */
	readonly etcdUrl: string;
	/** PEM text. */
	readonly ca: string;
	readonly tokens: Identities;
	/** Path of a file with JSON lines about the requests of people, see `audit.ts`; components are left out. */
	readonly auditLog: string;
	/** Temporary folder that goes with the control plane; each program's output is in it, as NAME.log. */
	readonly folder: string;
	/** Path of a kubeconfig with every right, for the programs of an add-on: they are left out of the audit log. */
	readonly addOnKubeconfig: string;
	/** Of the programs that were started until now. */
	readonly pids: Readonly<Record<string, number | undefined>>;
	/** Starts one more program, which is watched and stopped like the others. @throws when it was not built */
	readonly run: (program: Program) => void;
	/** Aborted, with the reason, when a program ends on its own. */
	readonly signal: AbortSignal;
	/** Resolves with the reason when a program ends on its own; never before. */
	readonly died: Promise<Error>;
	/** Ends every program that was started and removes the temporary folder. */
	readonly stop: () => Promise<void>;
};
