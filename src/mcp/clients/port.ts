import type {KubeObject, Ref} from '../../core/kube/kube-object.ts';
import type {Write} from '../../core/plan.ts';

/** What a write would leave. The shape is that of a cluster's dry run, so that `undo` reads both. */
type DryRun = {readonly computed: 'server'; readonly after: KubeObject; readonly warnings: readonly string[]};

/** What may be asked of the settings of MCP clients; nothing in it changes anything. */
export type SettingsReader = {
	/** Undefined for anything that is no settings file. @throws MkcoaError where the file is there and cannot be used */
	readonly get: (ref: Ref) => Promise<KubeObject | undefined>;
	readonly dryRun: (write: Write) => Promise<DryRun>;
};

/** What plans read. A session hands it over under one name, be it a cluster or this machine: a cluster answers that there are no such objects. */
export type SettingsPorts = {
	readonly cluster: Pick<SettingsReader, 'get'> & {
		readonly dryRun: (write: Write) => Promise<{readonly computed: string; readonly after?: KubeObject | null}>;
	};
};
