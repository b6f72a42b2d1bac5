import type {JsonObject} from '../../../core/json.ts';

type DashboardRow = {
	readonly uid: string;
	readonly title: string;
	readonly folderUid: string;
	readonly folder: string;
	readonly tags: readonly string[];
};

/** `version` counts the savings; one that is saved must be the one that was read. */
export type Dashboard = {
	readonly uid: string;
	readonly title: string;
	readonly folderUid: string;
	readonly version: number;
	/** Kept by files or a controller: Grafana takes no other version of it. */
	readonly provisioned: boolean;
	readonly model: JsonObject;
};

type DataSource = {
	readonly uid: string;
	readonly name: string;
	readonly type: string;
	readonly isDefault: boolean;
	readonly url: string;
};
export type Folder = {readonly uid: string; readonly title: string; readonly parentUid: string};

/** A rule that Grafana evaluates. `updated` is what the server wrote: with the uid it stands for one state. `model` is the whole of it. */
export type GrafanaRule = {
	readonly uid: string;
	readonly title: string;
	readonly folderUid: string;
	readonly group: string;
	readonly updated: string;
	readonly provenance: string;
	readonly model: JsonObject;
};

/** What tools ask of a Grafana. Rejects with `dashboards-unreachable`, `…-signed-out`, `…-not-allowed`, `…-busy`, `…-refused`. */
export type Grafana = {
	readonly source: string;
	/** The road to it takes reads alone. */
	readonly readOnly?: true | undefined;
	readonly version: () => Promise<string>;
	/** At most 5,000, which `cut` tells. */
	readonly search: (query: {readonly text?: string; readonly tags?: readonly string[]; readonly folderUid?: string}) => Promise<{
		readonly rows: readonly DashboardRow[];
		readonly cut: boolean;
	}>;
	readonly folders: () => Promise<readonly Folder[]>;
	readonly dashboard: (uid: string) => Promise<Dashboard | undefined>;
	readonly dataSources: () => Promise<readonly DataSource[]>;
	readonly rules: () => Promise<readonly GrafanaRule[]>;
	readonly rule: (uid: string) => Promise<GrafanaRule | undefined>;
};

/** What only an approved plan does to a Grafana. Each rejects with `DriftError` where what is there is no longer what the plan saw. */
export type GrafanaEffects = {
	/** @param dashboard.version the one that was read; 0 for a dashboard that is not there */
	readonly saveDashboard: (dashboard: {
		readonly model: JsonObject;
		readonly folderUid: string;
		readonly version: number;
		readonly message: string;
	}) => Promise<{readonly uid: string; readonly version: number; readonly url: string}>;
	readonly createFolder: (folder: Folder) => Promise<{readonly uid: string}>;
	/** @param seen undefined for a rule that is not there */
	readonly saveRule: (model: JsonObject, seen: Pick<GrafanaRule, 'uid' | 'updated'> | undefined) => Promise<{readonly uid: string}>;
	readonly deleteDashboard: (seen: Pick<Dashboard, 'uid' | 'version'>) => Promise<void>;
	/** One with anything in it stays: what is in it would go, too. */
	readonly deleteFolder: (seen: Pick<Folder, 'uid'>) => Promise<void>;
	readonly deleteRule: (seen: Pick<GrafanaRule, 'uid' | 'updated'>) => Promise<void>;
};
