import {expect, test} from 'vitest';
import {DriftError, troubleOf} from '../../../../src/core/error.ts';
import {grafana} from '../../../../src/mcp/monitoring/grafana/grafana.ts';
import {grafanaEffects} from '../../../../src/mcp/monitoring/grafana/grafana-effects.ts';
import {wireToScript} from '../../../support/monitoring-wire.ts';
import {respond} from '../../../support/scripted-server.ts';

const failure = async (asking: Promise<unknown>) => troubleOf(await asking.catch(error => error));

type Saved = {readonly model: {readonly uid: string; readonly title: string}; readonly folderUid: string; readonly version: number};

/** A Grafana that keeps dashboards, folders and rules by its documented rules, and refuses others in its words. */
async function keeping() {
	const dashboards = new Map<string, Saved>();
	const rules = new Map<string, {readonly uid: string; readonly updated: string; readonly [field: string]: unknown}>();
	const folders = [
		{uid: 'a', title: 'Apps'},
		{uid: 'b', title: 'Shop', parentUid: 'a'},
	];
	let clock = 0;
	const {wire, seen} = await wireToScript(
		({method, path, query, body}, response) => {
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
			if (path === '/api/search')
				return respond(
					response,
					[...dashboards.values()].map(({model, folderUid}) => ({...model, type: 'dash-db', folderUid, tags: []})),
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
				dashboards.set(given.dashboard.uid, {model: given.dashboard, folderUid: given.folderUid, version});
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
				const {model, ...meta} = there;
				return respond(response, {dashboard: model, meta: {...meta, provisioned: false}});
			}
			if (path.startsWith('/api/v1/provisioning/alert-rules')) {
				if (method === 'GET' && uid === 'alert-rules') return respond(response, [...rules.values()]);
				if (method === 'GET') return rules.has(uid) ? respond(response, rules.get(uid)) : response.writeHead(404).end();
				if (method === 'POST' && rules.has(given.uid)) return respond(response, {message: 'alert rule UID is already in use'}, 409);
				const saved = {...given, updated: new Date(++clock * 1000).toISOString(), provenance: ''};
				rules.set(given.uid, saved);
				return respond(response, saved, method === 'POST' ? 201 : 200);
			}
			return respond(response, {message: 'Not found'}, 404);
		},
		{area: 'dashboards'},
	);
	return {port: grafana(wire), effects: grafanaEffects(wire), seen};
}

const model = {uid: 'shop', title: 'Shop', panels: []};
const dashboard = {model, folderUid: 'b', version: 0, message: 'first'};

test('saves a dashboard, finds it, and saves it again over the version that was read', async () => {
	const {port, effects} = await keeping();
	expect(await effects.saveDashboard(dashboard)).toEqual({uid: 'shop', version: 1, url: '/d/shop'});
	expect(await port.search({text: 'Shop'})).toEqual({
		rows: [{uid: 'shop', title: 'Shop', folderUid: 'b', folder: '', tags: []}],
		cut: false,
	});
	const read = await port.dashboard('shop');
	expect(read).toMatchObject({uid: 'shop', title: 'Shop', folderUid: 'b', version: 1, provisioned: false, model: {panels: []}});
	expect(await effects.saveDashboard({...dashboard, version: 1})).toMatchObject({version: 2});
	expect(await port.dashboard('other')).toBeUndefined();
});

test('a dashboard that somebody saved meanwhile is not overwritten', async () => {
	const {effects} = await keeping();
	await effects.saveDashboard(dashboard);
	await effects.saveDashboard({...dashboard, version: 1});
	const saving = effects.saveDashboard({...dashboard, version: 1});
	await expect(saving).rejects.toThrow(DriftError);
	await expect(saving).rejects.toThrow('dashboard shop: The dashboard has been changed by someone else');
});

test('what it does not take is told in its words', async () => {
	const {effects} = await keeping();
	expect(await failure(effects.saveDashboard({...dashboard, model: {...model, title: ''}}))).toMatchObject({
		code: 'dashboards-refused',
		quoted: 'Dashboard title cannot be empty',
	});
});

test('finds folders within folders', async () => {
	const {port, effects} = await keeping();
	await effects.createFolder({uid: 'c', title: 'Carts', parentUid: 'b'});
	expect(await port.folders()).toEqual([
		{uid: 'a', title: 'Apps', parentUid: ''},
		{uid: 'b', title: 'Shop', parentUid: 'a'},
		{uid: 'c', title: 'Carts', parentUid: 'b'},
	]);
	await expect(effects.createFolder({uid: 'c', title: 'Carts', parentUid: 'b'})).rejects.toThrow(DriftError);
});

test('reads no password of a data source', async () => {
	const {port} = await keeping();
	const sources = await port.dataSources();
	expect(sources).toEqual([{uid: 'p', name: 'Prometheus', type: 'prometheus', isDefault: true, url: 'http://prometheus:9090/'}]);
	expect(await port.version()).toBe('12.3.0');
});

test('a rule is made, changed as it was read, and left alone where somebody changed it', async () => {
	const {port, effects, seen} = await keeping();
	const rule = {uid: 'r1', title: 'Down', folderUID: 'a', ruleGroup: 'shop', condition: 'A', data: []};
	await effects.saveRule(rule, undefined);
	await expect(effects.saveRule(rule, undefined)).rejects.toThrow('alert rule r1: alert rule UID is already in use');
	const read = await port.rule('r1');
	if (read === undefined) throw new Error('there is no rule');
	expect(read).toMatchObject({uid: 'r1', folderUid: 'a', group: 'shop', updated: '1970-01-01T00:00:01.000Z', model: {condition: 'A'}});
	await effects.saveRule({...rule, title: 'Away'}, read);
	await expect(effects.saveRule(rule, read)).rejects.toThrow('alert rule r1 was changed at 1970-01-01T00:00:02.000Z');
	expect((await port.rules()).map(({title}) => title)).toEqual(['Away']);
	await expect(effects.saveRule(rule, {uid: 'r2', updated: ''})).rejects.toThrow('alert rule r2 is gone');
	expect(seen.filter(({method}) => method === 'PUT')[0]?.headers['x-disable-provenance']).toBe('true');
});
