import {describe, expect, test} from 'vitest';
import {dashboardSchema, dashboardText} from '../../../src/agents/monitoring/dashboard/dashboard-output.ts';
import {dashboardGenerate} from '../../../src/agents/monitoring/tools/dashboard-generate.ts';
import {dashboardSave} from '../../../src/agents/monitoring/tools/dashboard-save.ts';
import {generateRealtimeDashboard} from '../../../src/agents/monitoring/tools/generate-realtime-dashboard.ts';
import {parsePromql} from '../../../src/analysis/alert-rules/promql/parse-promql.ts';
import type {AnyOutcome} from '../../../src/core/outcome.ts';
import {textWidth} from '../../../src/core/text/text-width.ts';
import {undo} from '../../../src/mcp/kubernetes/tools/undo.ts';
import {metricsPorts} from '../../support/metrics-ports.ts';
import {serverWorld} from '../../support/server-world.ts';
import {shopRoad} from '../../support/shop-road.ts';

const {run, ports, sandbox} = await shopRoad();
const outputOf = (outcome: AnyOutcome) => {
	if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
	return outcome.output;
};
const shown = async (input: object) =>
	dashboardSchema.parse(outputOf((await run(generateRealtimeDashboard, {namespace: 'shop', since: '5m', ...input})).outcome));
const made = async (input: object) =>
	dashboardGenerate.output.parse(outputOf((await run(dashboardGenerate, {namespace: 'shop', since: '5m', ...input})).outcome));

describe('generate_realtime_dashboard', () => {
	test('shows requests and use of a workload; each panel has numbers, and what has none is named', async () => {
		const told = await shown({target: 'web'});
		expect(told.panels.map(({name}) => name)).toEqual([
			...['requests', 'errors', 'latency', 'replicas', 'restarts', 'cpu', 'cpu-by-pod', 'memory', 'memory-by-pod', 'memory-of-limit'],
		]);
		for (const {series, queries} of told.panels) {
			expect(queries.join(' ')).not.toContain('$');
			for (const {values} of series) expect(values.some(value => value !== null)).toBe(true);
		}
		expect(told.leftOut.map(({what}) => what)).toEqual(expect.arrayContaining(['CPU throttled', 'Network']));
		const errors = told.panels.find(({name}) => name === 'errors')?.series[0];
		expect(errors?.mean).toBeGreaterThan(0);
		expect(errors?.most).toBeLessThan(0.05);
		const cpu = told.panels.find(({name}) => name === 'cpu')?.series;
		expect(cpu?.map(({legend, isBound}) => [legend, isBound])).toEqual([
			['used', false],
			['requests', true],
			['limits', true],
		]);
	});

	test.each([
		{target: 'namespace/shop', title: 'Namespace shop', panel: 'phases'},
		{target: 'node/node-1', title: 'Node node-1', panel: 'cpu-requested'},
		{target: undefined, title: 'Nodes', panel: 'cpu-requested'},
	])('shows $title', async ({target, title, panel}) => {
		const told = await shown(target === undefined ? {} : {target});
		expect(told.title).toBe(title);
		expect(told.panels.map(({name}) => name)).toContain(panel);
	});

	test('has no panel of what nobody measures, and says what would have to be there', async () => {
		const told = await shown({target: 'statefulset/redis'});
		expect([told.title, told.panels]).toEqual(['StatefulSet shop/redis', []]);
		expect(told.leftOut.map(({what}) => what)).toEqual(
			expect.arrayContaining(['Requests and errors', 'Latency', 'Replicas', 'CPU', 'Memory']),
		);
		const text = dashboardText(told, {width: 80, terminal: true, nowMs: Date.parse(told.readAt)});
		expect(text).toContain('Nothing of this is measured, so there is no panel.');
	});

	test('is text at 80 and 40 columns, a table in a pipe, and a page where that is asked for', async () => {
		const told = await shown({target: 'web'});
		for (const width of [80, 40])
			for (const line of dashboardText(told, {width, terminal: true, nowMs: Date.parse(told.readAt)}).split('\n'))
				expect(textWidth(line)).toBeLessThanOrEqual(width);
		const piped = dashboardText(told, {width: 80, terminal: false, nowMs: 0}).split('\n');
		expect(piped).toContainEqual(expect.stringMatching(/^latency\tp99\tseconds\t[\d.]+\t[\d.]+\t[\d.]+\t\d{4}-\d\d-\d\dT.*Z$/));
		const page = dashboardText(await shown({target: 'web', html: true}), {width: 80, terminal: false, nowMs: 0});
		expect(page).toMatch(/^<!doctype html>[\s\S]*<\/html>$/);
	});

	test('needs a metrics server, and an object that is there', async () => {
		const without = metricsPorts(ports, {why: 'none is found'});
		const {outcome} = await run(generateRealtimeDashboard, {namespace: 'shop', target: 'web'}, {ports: without});
		expect(outcome).toMatchObject({kind: 'failed', error: {code: 'no-metrics-server', why: 'none is found'}});
		for (const target of ['nobody', 'namespace/nowhere'])
			expect((await run(generateRealtimeDashboard, {namespace: 'shop', target})).outcome).toMatchObject({error: {code: 'not-found'}});
	});
});

type Panel = {
	readonly id: number;
	readonly type: string;
	readonly interval?: string;
	readonly datasource?: unknown;
	readonly gridPos: {readonly x: number; readonly y: number; readonly w: number; readonly h: number};
	readonly targets?: readonly {readonly expr: string; readonly refId: string; readonly legendFormat: string}[];
};

describe('dashboard_generate', () => {
	test('makes a model that Grafana imports: current schema, variables, ids, a grid without overlaps, PromQL in every panel', async () => {
		const {uid, dashboard} = await made({target: 'web'});
		expect(dashboard).toMatchObject({uid, schemaVersion: 42, title: 'Deployment shop/web', time: {from: 'now-5m', to: 'now'}});
		expect(uid).toBe('mkcoa-deployment-shop-web');
		const {list} = dashboard.templating as unknown as {list: readonly {name: string; type: string; current?: unknown}[]};
		expect(list.map(({name, type}) => [name, type])).toEqual([
			['datasource', 'datasource'],
			['namespace', 'query'],
		]);
		expect(list[1]?.current).toMatchObject({value: 'shop'});
		const panels = dashboard.panels as unknown as readonly Panel[];
		expect(new Set(panels.map(({id}) => id)).size).toBe(panels.length);
		const cells = panels.flatMap(({gridPos: {x, y, w, h}}) =>
			Array.from({length: w * h}, (_, at) => `${x + (at % w)},${y + Math.floor(at / w)}`),
		);
		expect(new Set(cells).size).toBe(cells.length);
		expect(Math.max(...panels.map(({gridPos: {x, w}}) => x + w))).toBe(24);
		const drawn = panels.filter(({type}) => type !== 'row');
		expect(drawn).toHaveLength(10);
		for (const {targets = [], interval, datasource} of drawn) {
			expect(datasource).toEqual({type: 'prometheus', uid: `\${datasource}`});
			expect(interval).toMatch(/^\d+s$/);
			expect(targets.map(({refId}) => refId)).toEqual(targets.map((_, at) => 'ABCDEFG'[at]));
			for (const {expr, legendFormat} of targets) {
				expect(legendFormat).not.toBe('');
				expect(() => parsePromql(expr.replaceAll('$__rate_interval', '1m').replaceAll('$namespace', 'shop'))).not.toThrow();
				expect(expr).toContain('="$namespace"');
			}
		}
	});

	test('gives the same uid for the same object, and another for another', async () => {
		const uids = await Promise.all(
			[{target: 'web'}, {target: 'cart'}, {target: 'namespace/shop'}, {}].map(async input => (await made(input)).uid),
		);
		expect(uids).toEqual(['mkcoa-deployment-shop-web', 'mkcoa-deployment-shop-cart', 'mkcoa-namespace-shop', 'mkcoa-nodes']);
	});

	test('tells a person what is in it, and gives a pipe the model alone', async () => {
		const told = await made({target: 'web'});
		const piped = dashboardGenerate.text(told, {width: 80, terminal: false, nowMs: 0});
		expect(JSON.parse(piped)).toEqual(told.dashboard);
		for (const width of [80, 40]) {
			const text = dashboardGenerate.text(told, {width, terminal: true, nowMs: 0});
			expect(text).toContain('Latency');
			for (const line of text.split('\n')) expect(textWidth(line)).toBeLessThanOrEqual(width);
		}
	});
});

describe('dashboard_save', () => {
	const save = (input: object) => run(dashboardSave, {namespace: 'shop', since: '1m', ...input});
	const saved = () => sandbox.machine.get('ConfigMap', 'shop', 'mkcoa-nodes');

	test('asks where Grafana looks if nothing in the cluster tells', async () => {
		expect((await save({})).outcome).toMatchObject({kind: 'failed', error: {code: 'no-place-for-dashboards'}});
	});

	test('saves the dashboard where it is told to, and then finds the place itself and has nothing to do', async () => {
		const {outcome} = await save({into: 'shop'});
		expect(outputOf(outcome)).toEqual({object: 'ConfigMap shop/mkcoa-nodes', uid: 'mkcoa-nodes'});
		expect(saved()?.metadata.labels).toEqual({grafana_dashboard: '1'});
		const data = saved()?.data as {readonly [key: string]: string};
		expect(JSON.parse(data['mkcoa-nodes.json'] ?? '')).toMatchObject({title: 'Nodes', schemaVersion: 42});
		expect((await save({})).outcome.kind).toBe('nothing-to-do');
	});

	test('saves it in Grafana itself where that is asked for, in the folder by its title, and undo takes it out again', async () => {
		const world = await serverWorld({monitoring: {metrics: ports.monitoring.metrics}});
		const kept = {since: '1m', grafana: true};
		expect(await world.run(dashboardSave, {...kept, folder: 'Shopp'})).toMatchObject({
			error: {code: 'no-such-folder', next: 'Take --folder "Shop"'},
		});
		expect(await world.run(dashboardSave, {...kept, into: 'shop'})).toMatchObject({error: {code: 'two-ways'}});
		expect(await world.run(dashboardSave, {since: '1m', folder: 'Shop'})).toMatchObject({error: {code: 'two-ways'}});
		const outcome = await world.run(dashboardSave, {...kept, folder: 'Shop'});
		expect(outcome).toMatchObject({kind: 'done', output: {object: 'Dashboard mkcoa-nodes', server: 'test'}});
		expect(world.boards.dashboards.get('mkcoa-nodes')).toMatchObject({folderUid: 'b', model: {title: 'Nodes', schemaVersion: 42}});
		// It stays in its folder.
		expect(await world.run(dashboardSave, kept)).toMatchObject({kind: 'nothing-to-do'});
		expect(await world.run(undo, {})).toMatchObject({kind: 'done'});
		expect(world.boards.dashboards.size).toBe(0);
	});

	test('says where a Grafana is named if there is none', async () => {
		expect((await save({grafana: true})).outcome).toMatchObject({
			kind: 'failed',
			error: {code: 'no-grafana', next: expect.stringContaining('monitoring.yaml')},
		});
	});
});
