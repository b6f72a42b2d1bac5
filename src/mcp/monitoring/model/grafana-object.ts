import {type JsonObject, withoutKeys} from '../../../core/json.ts';
import {objectAt, textAt} from '../../../core/kube/json-at.ts';
import type {KubeObject, Ref} from '../../../core/kube/kube-object.ts';
import type {Dashboard, Folder, GrafanaRule} from '../grafana/port.ts';
import {grafanaVersion, keptBy} from './server-object.ts';

type Kind = 'Dashboard' | 'Folder' | 'AlertRule';

/** @param uid as it stands in addresses; whoever makes something new chooses it */
export const grafanaRef = (kind: Kind, uid: string): Ref => ({apiVersion: grafanaVersion, kind, name: uid});

/** What the server numbers and dates itself. */
const counted: ReadonlySet<string> = new Set(['id', 'uid', 'version']);
const dated: ReadonlySet<string> = new Set(['id', 'uid', 'orgID', 'updated', 'provenance']);

const object = (kind: Kind, uid: string, source: string, spec: JsonObject, more: JsonObject = {}): KubeObject => ({
	...{apiVersion: grafanaVersion, kind},
	metadata: {name: uid, ...more, annotations: keptBy(source)},
	spec,
});

/** Of one that was deleted and made again the uid is the same, and the number of its row is not. */
const identity = (uid: string, model: JsonObject) => `${uid}/${String(model.id ?? '')}`;

/** A dashboard to save, or one that is there. `spec` is `{folderUid, model}`, without the number and the version of the model. */
export const newDashboard = (
	uid: string,
	given: Pick<Dashboard, 'model' | 'folderUid'>,
	source: string,
	more: JsonObject = {},
): KubeObject => object('Dashboard', uid, source, {folderUid: given.folderUid, model: withoutKeys(given.model, counted)}, more);

export const dashboardObject = (dashboard: Dashboard, source: string): KubeObject => ({
	...newDashboard(dashboard.uid, dashboard, source, {
		uid: identity(dashboard.uid, dashboard.model),
		resourceVersion: String(dashboard.version),
	}),
	status: {provisioned: dashboard.provisioned},
});

export const folderObject = ({uid, title, parentUid}: Folder, source: string): KubeObject =>
	object('Folder', uid, source, {title, parentUid}, {uid});

/** A rule to save, as the provisioning API takes it: `title`, `folderUID`, `ruleGroup`, `condition`, `data`, `for`, … */
export const newRule = (uid: string, model: JsonObject, source: string, more: JsonObject = {}): KubeObject =>
	object('AlertRule', uid, source, withoutKeys(model, dated), more);

export const ruleObject = ({uid, model, updated, provenance}: GrafanaRule, source: string): KubeObject => ({
	...newRule(uid, model, source, {uid: identity(uid, model), resourceVersion: updated}),
	status: {provisioned: provenance !== ''},
});

/** What is sent of each. */
export const dashboardOf = ({metadata, spec}: KubeObject): {readonly model: JsonObject; readonly folderUid: string} => ({
	model: {...objectAt(spec, 'model'), uid: metadata.name},
	folderUid: textAt(objectAt(spec), 'folderUid') ?? '',
});
export const ruleModelOf = ({metadata, spec}: KubeObject): JsonObject => ({...objectAt(spec), uid: metadata.name});
export const folderOf = ({metadata, spec}: KubeObject): Folder => ({
	uid: metadata.name,
	title: textAt(objectAt(spec), 'title') ?? metadata.name,
	parentUid: textAt(objectAt(spec), 'parentUid') ?? '',
});
