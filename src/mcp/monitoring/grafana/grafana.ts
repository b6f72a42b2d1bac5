import * as z from 'zod';
import type {JsonObject} from '../../../core/json.ts';
import {readAs, readOne} from '../http/read-as.ts';
import type {Wire} from '../http/wire.ts';
import {dashboardAnswer, dataSourcesAnswer, foldersAnswer, healthAnswer, ruleAnswer, searchAnswer} from './answers.ts';
import type {Dashboard, Folder, Grafana, GrafanaRule} from './port.ts';

/** As many as one page may have. */
const mostRows = 5000;
/** Folders lie in one another; Grafana itself allows four levels. */
const mostFolders = 1000;

const rulesAnswer = z.array(ruleAnswer);
export const rulesPath = '/api/v1/provisioning/alert-rules';

/**
 * Grafana over its HTTP API, for reading.
 * @see https://grafana.com/docs/grafana/latest/developers/http_api/
 */
export const grafana = (wire: Wire): Grafana => ({
	source: wire.server.source,
	readOnly: wire.readOnly,
	async version() {
		return (await readAs(wire, {path: '/api/health'}, healthAnswer, 'its version')).version;
	},
	async search({text, tags, folderUid}) {
		const parameters = {type: 'dash-db', query: text, tag: tags ?? [], folderUIDs: folderUid, limit: mostRows};
		const found = await readAs(wire, {path: '/api/search', parameters}, searchAnswer, 'its dashboards');
		const rows = found.map(({folderTitle, tags: given, ...row}) => ({...row, folder: folderTitle, tags: given ?? []}));
		return {rows, cut: rows.length >= mostRows};
	},
	folders: () => everyFolder(wire),
	dashboard: uid => readDashboard(wire, uid),
	async dataSources() {
		const found = await readAs(wire, {path: '/api/datasources'}, dataSourcesAnswer, 'its data sources');
		return found.map(source => ({...source, url: withoutUser(source.url)}));
	},
	async rules() {
		return (await readAs(wire, {path: rulesPath}, rulesAnswer, 'its alert rules')).map(ruleOf);
	},
	rule: uid => readRule(wire, uid),
});

/** One dashboard in the classic schema; undefined where there is none of that uid. */
export async function readDashboard(wire: Wire, uid: string): Promise<Dashboard | undefined> {
	const found = await readOne(wire, {path: `/api/dashboards/uid/${encodeURIComponent(uid)}`}, dashboardAnswer, 'a dashboard');
	if (found === undefined) return undefined;
	const {dashboard: model, meta} = found;
	return {uid, title: String(model.title ?? ''), model, ...meta};
}

export async function readRule(wire: Wire, uid: string): Promise<GrafanaRule | undefined> {
	const found = await readOne(wire, {path: `${rulesPath}/${encodeURIComponent(uid)}`}, ruleAnswer, 'an alert rule');
	return found === undefined ? undefined : ruleOf(found);
}

/** What came as JSON is JSON. */
const ruleOf = (rule: z.output<typeof ruleAnswer>): GrafanaRule => {
	const {uid, title, folderUID, ruleGroup, updated, provenance} = rule;
	return {uid, title, folderUid: folderUID, group: ruleGroup, updated, provenance, model: rule as JsonObject};
};

/** The API answers one level at a time. */
async function everyFolder(wire: Wire): Promise<readonly Folder[]> {
	const found: Folder[] = [];
	const open = [''];
	for (let parentUid = open.shift(); parentUid !== undefined && found.length < mostFolders; parentUid = open.shift()) {
		const parameters = {limit: mostFolders, parentUid: parentUid === '' ? undefined : parentUid};
		const level = await readAs(wire, {path: '/api/folders', parameters}, foldersAnswer, 'its folders');
		const fresh = level.filter(({uid}) => found.every(folder => folder.uid !== uid));
		found.push(...fresh.map(folder => ({...folder, parentUid: parentUid ?? ''})));
		open.push(...fresh.map(({uid}) => uid));
	}
	return found;
}

function withoutUser(text: string): string {
	const url = URL.parse(text);
	if (url === null || (url.username === '' && url.password === '')) return text;
	url.username = '';
	url.password = '';
	return url.href;
}
