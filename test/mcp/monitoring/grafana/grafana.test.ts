import {expect, test} from 'vitest';
import {DriftError, troubleOf} from '../../../../src/core/error.ts';
import {LostAnswerError} from '../../../../src/core/tool.ts';
import {grafana} from '../../../../src/mcp/monitoring/grafana/grafana.ts';
import {grafanaEffects} from '../../../../src/mcp/monitoring/grafana/grafana-effects.ts';
import {grafanaScript} from '../../../support/grafana-script.ts';
import {wireToScript} from '../../../support/monitoring-wire.ts';
import {respond} from '../../../support/scripted-server.ts';

const failure = async (asking: Promise<unknown>) => troubleOf(await asking.catch(error => error));

async function keeping() {
	const kept = grafanaScript();
	const {wire, seen} = await wireToScript(kept.script, {area: 'dashboards'});
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

test('what was made is deleted as it was seen', async () => {
	const {port, effects} = await keeping();
	await effects.createFolder({uid: 'c', title: 'Carts', parentUid: ''});
	await effects.saveDashboard({...dashboard, folderUid: 'c'});
	await expect(effects.deleteFolder({uid: 'c'})).rejects.toThrow('folder c is not empty');
	await expect(effects.deleteDashboard({uid: 'shop', version: 2})).rejects.toThrow('dashboard shop was saved again, as version 1');
	await effects.deleteDashboard({uid: 'shop', version: 1});
	expect(await port.dashboard('shop')).toBeUndefined();
	await expect(effects.deleteDashboard({uid: 'shop', version: 1})).rejects.toThrow('dashboard shop is gone');
	await effects.deleteFolder({uid: 'c'});
	expect((await port.folders()).map(({uid}) => uid)).toEqual(['a', 'b']);
	await effects.saveRule({uid: 'r1', title: 'Down', folderUID: 'a', ruleGroup: 'shop'}, undefined);
	await expect(effects.deleteRule({uid: 'r1', updated: 'then'})).rejects.toThrow('alert rule r1 was changed at');
	await effects.deleteRule({uid: 'r1', updated: (await port.rule('r1'))?.updated ?? ''});
	expect(await port.rules()).toEqual([]);
});

test('an answer to a write that nobody can read is a lost one', async () => {
	const {wire} = await wireToScript((_, response) => respond(response, {hello: 1}), {area: 'dashboards'});
	await expect(grafanaEffects(wire).saveDashboard(dashboard)).rejects.toThrow(LostAnswerError);
	await expect(grafanaEffects(wire).saveRule({uid: 'r1'}, undefined)).rejects.toThrow(LostAnswerError);
});
