import {expect, test} from 'vitest';
import {refOf} from '../../../../src/core/kube/kube-object.ts';
import {newDashboard, newRule} from '../../../../src/mcp/monitoring/model/grafana-object.ts';
import {grafanaList} from '../../../../src/mcp/monitoring/tools/grafana-list.ts';
import {serverWorld} from '../../../support/server-world.ts';

const model = {
	title: 'Shop',
	panels: [
		{
			type: 'timeseries',
			title: 'Requests',
			datasource: {uid: 'p', type: 'prometheus'},
			targets: [{expr: 'sum(rate(x[5m]))'}, {refId: 'B'}],
		},
		{type: 'row', title: 'Closed', panels: [{type: 'stat', title: 'Errors', datasource: 'Loki', targets: [{query: '{app="x"}'}]}]},
		{type: 'text', title: 'Words'},
	],
};

async function filled() {
	const world = await serverWorld();
	const dashboard = newDashboard('shop', {folderUid: 'b', model}, 'test');
	const rule = newRule('r1', {title: 'Down', folderUID: 'b', ruleGroup: 'web', condition: 'A', data: []}, 'test');
	for (const manifest of [dashboard, rule]) await world.write({op: 'create', ref: refOf(manifest), manifest});
	return world;
}

test('what Grafana has is told with where it lies', async () => {
	const {shown} = await filled();
	expect(await shown(grafanaList, {})).toMatchInlineSnapshot(`
		"1 dashboard in test, by test
		TITLE   FOLDER      UID    TAGS
		Shop    Apps/Shop   shop"
	`);
	expect(await shown(grafanaList, {what: 'folders', search: 'shop'}, {terminal: false})).toMatchInlineSnapshot(`
		"TITLE	FOLDER	UID	TAGS
		Shop	Apps	b	"
	`);
	expect(await shown(grafanaList, {what: 'sources'})).toMatchInlineSnapshot(`
		"1 data source in test, by test
		NAME                   TYPE         URL                       UID
		Prometheus (default)   prometheus   http://prometheus:9090/   p"
	`);
	expect(await shown(grafanaList, {what: 'rules'})).toMatchInlineSnapshot(`
		"1 alert rule in test, by test
		TITLE   FOLDER      UID   GROUP
		Down    Apps/Shop   r1    web"
	`);
	expect(await shown(grafanaList, {search: 'nothing'})).toMatchInlineSnapshot(`"No dashboard in test, by test"`);
});

test('one dashboard is told by its panels and what they ask, those of closed rows too', async () => {
	const {shown, run} = await filled();
	expect(await shown(grafanaList, {uid: 'shop'})).toMatchInlineSnapshot(`
		"1 dashboard in test, by test
		Apps/Shop/Shop
		PANEL      TYPE         QUERIES
		Requests   timeseries   sum(rate(x[5m]))
		Errors     stat         {app="x"}
		Words      text"
	`);
	expect(await run(grafanaList, {uid: 'shop', limit: 1})).toMatchObject({
		output: {leftOut: 2, panels: [{title: 'Requests', source: 'p', queries: ['sum(rate(x[5m]))']}]},
	});
	expect(await shown(grafanaList, {uid: 'gone'})).toMatchInlineSnapshot(
		`"not-found: test has no dashboard gone. See them with: mkcoa observe grafana dashboards"`,
	);
});
