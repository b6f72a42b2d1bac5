import type {Json} from '../../../core/json.ts';

/** Variables of the process, handed in so that tests need not change the real ones. */
export type Environment = {readonly [name: string]: string | undefined};

/** Bytes that stand in the kubeconfig (`data`, base64 as written) or in a file that it names (absolute path). */
export type Material = {readonly data: string} | {readonly file: string};

export type ClusterEntry = {
	readonly name: string;
	readonly server: string;
	readonly certificateAuthority?: Material | undefined;
	readonly skipTlsVerify: boolean;
	readonly tlsServerName?: string | undefined;
	readonly proxyUrl?: string | undefined;
	readonly disableCompression: boolean;
	/** Extension `client.authentication.k8s.io/exec`, handed to plug-ins that ask for the cluster. */
	readonly execConfig?: Json | undefined;
};

/** A program that prints an ExecCredential. `command` is absolute when the kubeconfig wrote a path. */
export type ExecEntry = {
	readonly apiVersion: string;
	readonly command: string;
	readonly args: readonly string[];
	readonly env: readonly {readonly name: string; readonly value: string}[];
	readonly installHint?: string | undefined;
	readonly provideClusterInfo: boolean;
	readonly interactiveMode?: string | undefined;
};

export type Impersonation = {
	readonly user?: string | undefined;
	readonly uid?: string | undefined;
	readonly groups: readonly string[];
	readonly extra: {readonly [key: string]: readonly string[]};
};

export type UserEntry = {
	readonly name: string;
	readonly clientCertificate?: Material | undefined;
	readonly clientKey?: Material | undefined;
	readonly token?: string | undefined;
	readonly tokenFile?: string | undefined;
	readonly username?: string | undefined;
	readonly password?: string | undefined;
	readonly exec?: ExecEntry | undefined;
	/** Name of a built-in provider that Kubernetes 1.26 removed. */
	readonly authProvider?: string | undefined;
	readonly impersonation: Impersonation;
};

export type ContextEntry = {
	readonly name: string;
	readonly cluster: string;
	readonly user: string;
	readonly namespace?: string | undefined;
	/** File that defines it. */
	readonly source: string;
};

/** All files merged, read-only. The first file that names something wins. */
export type Kubeconfig = {
	readonly currentContext?: string | undefined;
	readonly contexts: ReadonlyMap<string, ContextEntry>;
	readonly clusters: ReadonlyMap<string, ClusterEntry>;
	readonly users: ReadonlyMap<string, UserEntry>;
	/** Files that were read, for error texts. */
	readonly sources: readonly string[];
};
