import {MkcoaError} from '../../../core/error.ts';
import {valueAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../core/kube/kube-object.ts';
import type {Grafana, GrafanaEffects} from '../grafana/port.ts';
import {dashboardObject, dashboardOf, folderObject, folderOf, ruleModelOf, ruleObject} from '../model/grafana-object.ts';
import type {ObjectKind} from './object-kind.ts';

type Server = Grafana & {readonly effects: GrafanaEffects};

const place = ({source, readOnly}: Server) => ({source, readOnly});

/** Shown in the list of versions of a dashboard. */
const message = 'mkcoa';

export const dashboards = (grafana: Server): ObjectKind => ({
	...place(grafana),
	async read({name}) {
		const found = await grafana.dashboard(name);
		return found === undefined ? undefined : dashboardObject(found, grafana.source);
	},
	async save(wanted, live) {
		demandOwn(live);
		await grafana.effects.saveDashboard({...dashboardOf(wanted), version: Number(live?.metadata.resourceVersion ?? 0), message});
	},
	async remove(live) {
		demandOwn(live);
		await grafana.effects.deleteDashboard({uid: live.metadata.name, version: Number(live.metadata.resourceVersion)});
	},
});

export const folders = (grafana: Server): ObjectKind => ({
	...place(grafana),
	async read({name}) {
		const found = (await grafana.folders()).find(({uid}) => uid === name);
		return found === undefined ? undefined : folderObject(found, grafana.source);
	},
	async save(wanted, live) {
		if (live !== undefined) throw folderStays(live);
		await grafana.effects.createFolder(folderOf(wanted));
	},
	remove: ({metadata: {name}}) => grafana.effects.deleteFolder({uid: name}),
});

export const alertRules = (grafana: Server): ObjectKind => ({
	...place(grafana),
	async read({name}) {
		const found = await grafana.rule(name);
		return found === undefined ? undefined : ruleObject(found, grafana.source);
	},
	async save(wanted, live) {
		demandOwn(live);
		await grafana.effects.saveRule(ruleModelOf(wanted), live === undefined ? undefined : seen(live));
	},
	async remove(live) {
		demandOwn(live);
		await grafana.effects.deleteRule(seen(live));
	},
});

const seen = ({metadata}: KubeObject) => ({uid: metadata.name, updated: metadata.resourceVersion ?? ''});

/** What files or a controller keep comes back as it was, or is refused. */
function demandOwn(live: KubeObject | undefined): void {
	if (live === undefined || valueAt(live, 'status', 'provisioned') !== true) return;
	throw new MkcoaError({
		kind: 'usage',
		code: 'provisioned',
		what: `${refText(refOf(live))} was left as it is`,
		why: 'it is provisioned: Grafana takes it from files or from a controller',
		next: 'Change it where it comes from, or save another one under a uid of its own',
	});
}

const folderStays = (live: KubeObject) =>
	new MkcoaError({
		kind: 'usage',
		code: 'folder-stays',
		what: `${refText(refOf(live))} was left as it is`,
		why: 'folders are made and deleted here, and never renamed or moved',
		next: 'Rename it in Grafana',
	});
