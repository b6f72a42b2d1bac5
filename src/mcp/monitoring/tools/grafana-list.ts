import * as z from 'zod';
import {checkedText} from '../../../core/checked-text.ts';
import {MkcoaError} from '../../../core/error.ts';
import {count} from '../../../core/text/count.ts';
import {shortLine} from '../../../core/text/short-line.ts';
import {textLines} from '../../../core/text/styled.ts';
import {textTable} from '../../../core/text/text-table.ts';
import {readTool, type View} from '../../../core/tool.ts';
import {demandServer} from '../demand-server.ts';
import type {Folder, Grafana} from '../grafana/port.ts';
import {panelsOf} from '../model/panels-of.ts';
import {command, limitField, type OnMonitoring, readOnly, searchField} from '../tool-input.ts';

const mostLetters = 200;
const things = ['dashboards', 'folders', 'sources', 'rules'] as const;

const row = z.object({
	uid: z.string(),
	title: z.string(),
	/** Where it lies, outer folders in front. */
	folder: z.string().optional(),
	/** Of a data source. */
	type: z.string().optional(),
	url: z.string().optional(),
	isDefault: z.boolean().optional(),
	tags: z.array(z.string()).optional(),
	/** Of a rule. */
	group: z.string().optional(),
	provisioned: z.boolean().optional(),
});
const output = z.object({
	context: z.string(),
	source: z.string(),
	what: z.enum(things),
	rows: z.array(row),
	leftOut: z.number(),
	/** Of the one dashboard that was asked for. */
	panels: z.array(z.object({title: z.string(), type: z.string(), source: z.string().optional(), queries: z.array(z.string())})).optional(),
});
type Output = z.output<typeof output>;
type Row = z.output<typeof row>;

export const grafanaList = readTool({
	name: 'grafana_list',
	summary: 'Shows dashboards, folders, data sources or alert rules of Grafana, or the panels and queries of one dashboard',
	effect: 'read',
	annotations: readOnly,
	command: command('grafana'),
	positionals: ['what'],
	input: z.object({
		what: z.enum(things).default('dashboards').describe('What to show'),
		search: searchField,
		uid: checkedText(100, /^[\w.-]+$/, 'expected a uid')
			.optional()
			.describe('Uid of one dashboard, to see its panels'),
		limit: limitField(50),
	}),
	output,
	async run({what, search, uid, limit}, {ports}: OnMonitoring): Promise<Output> {
		const {context} = await ports.cluster.target(undefined);
		const grafana = await demandServer('Grafana', ports.monitoring.grafana);
		const told = {context, source: grafana.source, what};
		if (uid !== undefined) return {...told, what: 'dashboards', ...(await dashboardOf(grafana, uid, limit))};
		const wanted = search?.toLowerCase() ?? '';
		const all = (await rowsOf[what](grafana, search)).filter(({title, uid: id}) => `${title} ${id}`.toLowerCase().includes(wanted));
		const rows = all.slice(0, limit);
		return {...told, rows, leftOut: all.length - rows.length};
	},
	text: listText,
});

const rowsOf: {readonly [what in (typeof things)[number]]: (grafana: Grafana, search: string | undefined) => Promise<readonly Row[]>} = {
	async dashboards(grafana, search) {
		const [{rows}, pathOf] = await Promise.all([grafana.search(search === undefined ? {} : {text: search}), foldersOf(grafana)]);
		return rows.map(({uid, title, folderUid, tags}) => ({
			uid,
			title: shortLine(title, mostLetters),
			folder: pathOf(folderUid),
			tags: [...tags],
		}));
	},
	async folders(grafana) {
		const [folders, pathOf] = await Promise.all([grafana.folders(), foldersOf(grafana)]);
		return folders.map(({uid, title, parentUid}) => ({uid, title: shortLine(title, mostLetters), folder: pathOf(parentUid)}));
	},
	async sources(grafana) {
		const sources = await grafana.dataSources();
		return sources.map(({uid, name, type, url, isDefault}) => ({uid, title: shortLine(name, mostLetters), type, url, isDefault}));
	},
	async rules(grafana) {
		const [rules, pathOf] = await Promise.all([grafana.rules(), foldersOf(grafana)]);
		return rules.map(({uid, title, folderUid, group, provenance}) => ({
			...{uid, title: shortLine(title, mostLetters), folder: pathOf(folderUid), group, provisioned: provenance !== ''},
		}));
	},
};

/** Of a uid the path that people see: `Apps/Shop`. */
async function foldersOf(grafana: Grafana): Promise<(uid: string) => string> {
	const byUid = new Map((await grafana.folders()).map(folder => [folder.uid, folder]));
	return uid => {
		const path: string[] = [];
		const seen = new Set<string>();
		for (let at: Folder | undefined = byUid.get(uid); at !== undefined && !seen.has(at.uid); at = byUid.get(at.parentUid)) {
			seen.add(at.uid);
			path.unshift(at.title);
		}
		return shortLine(path.join('/'), mostLetters);
	};
}

async function dashboardOf(grafana: Grafana, uid: string, limit: number) {
	const [found, pathOf] = await Promise.all([grafana.dashboard(uid), foldersOf(grafana)]);
	if (found === undefined)
		throw new MkcoaError({
			kind: 'usage',
			code: 'not-found',
			what: `${grafana.source} has no dashboard ${uid}`,
			next: 'See them with: mkcoa observe grafana dashboards',
		});
	const panels = panelsOf(found.model);
	const {title, folderUid, provisioned} = found;
	return {
		rows: [{uid, title: shortLine(title, mostLetters), folder: pathOf(folderUid), provisioned}],
		panels: panels.slice(0, limit),
		leftOut: Math.max(0, panels.length - limit),
	};
}

const nouns = {dashboards: 'dashboard', folders: 'folder', sources: 'data source', rules: 'alert rule'} as const;

function listText({context, source, what, rows, leftOut, panels}: Output, view: View): string {
	const all = rows.length + (panels === undefined ? leftOut : 0);
	const head = `${all === 0 ? `No ${nouns[what]}` : count(all, nouns[what])} in ${context}, by ${source}`;
	const more =
		leftOut > 0 ? textLines('', `${count(leftOut, panels === undefined ? nouns[what] : 'panel')} more: --limit shows more`, view) : [];
	const table = panels === undefined ? tableOf(what, rows, view) : panelTable(rows, panels, view);
	return [...(view.terminal || all === 0 ? textLines('', head, view) : []), ...(all === 0 ? [] : table), ...more].join('\n');
}

function tableOf(what: Output['what'], rows: readonly Row[], view: View): readonly string[] {
	if (what === 'sources')
		return [
			textTable({
				headers: ['NAME', 'TYPE', 'URL', 'UID'],
				rows: rows.map(({title, type = '', url = '', uid, isDefault}) => [isDefault ? `${title} (default)` : title, type, url, uid]),
				view,
			}),
		];
	const last = what === 'rules' ? 'GROUP' : 'TAGS';
	return [
		textTable({
			headers: ['TITLE', 'FOLDER', 'UID', last],
			rows: rows.map(({title, folder = '', uid, group, tags = []}) => [title, folder, uid, group ?? tags.join(' ')]),
			view,
		}),
	];
}

const panelTable = (rows: readonly Row[], panels: NonNullable<Output['panels']>, view: View): readonly string[] => [
	...rows.flatMap(({title, folder = ''}) => textLines('', folder === '' ? title : `${folder}/${title}`, view)),
	textTable({
		headers: ['PANEL', 'TYPE', 'QUERIES'],
		rows: panels.map(({title, type, queries}) => [title, type, queries.join('; ')]),
		view,
	}),
];
