import {respond, type Script} from './scripted-server.ts';

type Folder = {readonly uid: string; readonly title: string; readonly parentUid?: string};
type Saved = {
	readonly model: {readonly uid: string; readonly title: string; readonly id: number};
	readonly folderUid: string;
	readonly version: number;
};

/** A Grafana that keeps dashboards, folders and rules by its documented rules, and refuses others in its words. */
export function grafanaScript() {
	const dashboards = new Map<string, Saved>();
	const rules = new Map<string, {readonly uid: string; readonly updated: string; readonly [field: string]: unknown}>();
	const folders: Folder[] = [
		{uid: 'a', title: 'Apps'},
		{uid: 'b', title: 'Shop', parentUid: 'a'},
	];
	let clock = 0;
	let rows = 0;
	const script: Script = ({method, path, query, body}, response) => {
		const given = body === '' ? undefined : JSON.parse(body);
		const uid = path.split('/').at(-1) ?? '';
		if (path === '/api/health') return respond(response, {database: 'ok', version: '12.3.0'});
		if (path === '/api/folders' && method === 'POST') {
			if (folders.some(folder => folder.uid === given.uid))
				return respond(response, {message: 'a folder with the same uid already exists'}, 409);
			folders.push(given);
			return respond(response, given);
		}
		if (path === '/api/folders')
			return respond(
				response,
				folders.filter(folder => (folder.parentUid ?? '') === (query.parentUid ?? '')),
			);
		if (path.startsWith('/api/folders/') && method === 'DELETE') {
			folders.splice(
				folders.findIndex(folder => folder.uid === uid),
				1,
			);
			return respond(response, {message: 'Folder deleted'});
		}
		if (path === '/api/search')
			return respond(
				response,
				[...dashboards.values()]
					.filter(({folderUid}) => (query.folderUIDs ?? folderUid) === folderUid)
					.map(({model, folderUid}) => ({...model, type: 'dash-db', folderUid, tags: []})),
			);
		if (path === '/api/datasources')
			return respond(response, [
				{
					uid: 'p',
					name: 'Prometheus',
					type: 'prometheus',
					isDefault: true,
					url: 'http://ops:hunter2@prometheus:9090',
					basicAuthPassword: 'hunter3',
				},
			]);
		if (path === '/api/dashboards/db') {
			const there = dashboards.get(given.dashboard.uid);
			if (given.overwrite !== false) return respond(response, {message: 'bad request data'}, 400);
			if (given.dashboard.title === '') return respond(response, {message: 'Dashboard title cannot be empty', status: 'empty-name'}, 400);
			if (there !== undefined && there.version !== given.dashboard.version)
				return respond(response, {message: 'The dashboard has been changed by someone else', status: 'version-mismatch'}, 412);
			const version = (there?.version ?? 0) + 1;
			const id = there?.model.id ?? ++rows;
			dashboards.set(given.dashboard.uid, {model: {...given.dashboard, id, version}, folderUid: given.folderUid, version});
			return respond(response, {
				uid: given.dashboard.uid,
				version,
				url: `/d/${given.dashboard.uid}`,
				status: 'success',
				id: 1,
				slug: 'x',
			});
		}
		if (path.startsWith('/api/dashboards/uid/')) {
			const there = dashboards.get(uid);
			if (there === undefined) return respond(response, {message: 'Dashboard not found'}, 404);
			if (method === 'DELETE') {
				dashboards.delete(uid);
				return respond(response, {message: 'Dashboard deleted'});
			}
			const {model, ...meta} = there;
			return respond(response, {dashboard: model, meta: {...meta, provisioned: false}});
		}
		if (path.startsWith('/api/v1/provisioning/alert-rules')) {
			if (method === 'GET' && uid === 'alert-rules') return respond(response, [...rules.values()]);
			if (method === 'GET') return rules.has(uid) ? respond(response, rules.get(uid)) : response.writeHead(404).end();
			if (method === 'DELETE') {
				rules.delete(uid);
				return response.writeHead(204).end();
			}
			if (method === 'POST' && rules.has(given.uid)) return respond(response, {message: 'alert rule UID is already in use'}, 409);
			const saved = {...given, updated: new Date(++clock * 1000).toISOString(), provenance: ''};
			rules.set(given.uid, saved);
			return respond(response, saved, method === 'POST' ? 201 : 200);
		}
		return respond(response, {message: 'Not found'}, 404);
	};
	return {script, dashboards, rules, folders};
}
