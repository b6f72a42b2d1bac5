import {beforeEach, describe, expect, test} from 'vitest';
import {alertsCreate} from '../../../src/agents/monitoring/tools/alerts-create.ts';
import type {JsonObject} from '../../../src/core/json.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import type {Ports} from '../../../src/main/ports.ts';
import {undo} from '../../../src/mcp/kubernetes/tools/undo.ts';
import type {Rule} from '../../../src/mcp/monitoring/port.ts';
import {serverWorld} from '../../support/server-world.ts';
import {shopRoad} from '../../support/shop-road.ts';

/** A client asks once which kinds there are: the operator comes before the first question. */
const [bare, operated] = await Promise.all([shopRoad({scenario: 'shop'}), shopRoad({scenario: 'shop'})]);
const {machine} = operated.sandbox;
const group = 'monitoring.coreos.com';

const definition = (kind: string, plural: string): KubeObject => ({
	...{apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: {name: `${plural}.${group}`}},
	spec: {
		...{group, scope: 'Namespaced', names: {kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List`}},
		versions: [
			{
				...{name: 'v1', served: true, storage: true},
				schema: {openAPIV3Schema: {type: 'object', 'x-kubernetes-preserve-unknown-fields': true}},
			},
		],
	},
});

machine.create(definition('Prometheus', 'prometheuses'));
machine.create(definition('PrometheusRule', 'prometheusrules'));

const prometheus = (spec: JsonObject): KubeObject => ({
	...{apiVersion: `${group}/v1`, kind: 'Prometheus', metadata: {name: 'main', namespace: 'monitoring'}, spec},
});

/** Rules of every PrometheusRule, as a Prometheus behind the operator lists them. */
const loaded =
	(change: Partial<Rule> = {}) =>
	async (): Promise<readonly Rule[]> =>
		machine.list('PrometheusRule').flatMap(object =>
			JSON.parse(JSON.stringify(object.spec)).groups.flatMap(
				({name, rules}: {name: string; rules: readonly {alert: string; expr: string}[]}) =>
					rules.map(({alert, expr}) => ({
						...{group: name, file: `/etc/rules/${object.metadata.namespace}-${object.metadata.name}-1.yaml`, kind: 'alerting', name: alert},
						// Prometheus writes expressions in its own way.
						...{query: expr.replaceAll('by (', 'by(').replaceAll(', ', ','), labels: {severity: 'warning'}, annotations: {}},
						...{
							forSeconds: 0,
							keepFiringSeconds: 0,
							intervalSeconds: 60,
							state: 'inactive',
							health: 'ok',
							lastError: '',
							evaluationSeconds: 0,
						},
						...change,
					})),
			),
		);

async function create(input: object, rules: () => Promise<readonly Rule[]> = loaded(), {run, ports} = operated) {
	const found = await ports.monitoring.metrics();
	if (found.metrics === undefined) throw new Error(found.why);
	const metrics = {...found.metrics, rules};
	const change: Partial<Ports> = {monitoring: {...ports.monitoring, metrics: async () => ({metrics})}};
	const asked = {kind: 'restarts', target: 'web', namespace: 'shop', since: '10m', ...input};
	return (await run(alertsCreate, asked, {ports: {...ports, ...change}})).outcome;
}

describe('without the operator', () => {
	test('says where rules can go', async () => {
		expect(await create({}, loaded(), bare)).toMatchObject({
			kind: 'failed',
			error: {
				code: 'no-operator',
				why: expect.stringContaining('no kind PrometheusRule'),
				next: expect.stringContaining('--format rule-file'),
			},
		});
	});

	test('writes a rule file into a ConfigMap that is named', async () => {
		expect(await create({configmap: 'alert-rules'}, loaded(), bare)).toMatchObject({
			kind: 'done',
			output: {object: expect.stringContaining('alert-rules'), rules: ['WebRestarts'], loaded: false},
		});
		const file = bare.sandbox.machine.get('ConfigMap', 'shop', 'alert-rules')?.data;
		expect(file).toMatchObject({'shop-web-restarts.yaml': expect.stringContaining('alert: WebRestarts')});
	});
});

describe('with the operator', () => {
	beforeEach(() => {
		if (machine.get('Prometheus', 'monitoring', 'main') !== undefined) machine.remove('Prometheus', 'monitoring', 'main');
	});
	const rules = (name = 'shop-web-restarts') => machine.get('PrometheusRule', 'shop', name);

	test('writes with the labels that a Prometheus asks for, and sees the rules loaded', async () => {
		machine.create(prometheus({ruleSelector: {matchLabels: {release: 'main'}}, ruleNamespaceSelector: {}}));
		const outcome = await create({});
		expect(outcome).toMatchObject({kind: 'done', output: {rules: ['WebRestarts'], loaded: true}});
		expect(rules()).toMatchObject({
			metadata: {labels: {release: 'main'}},
			spec: {groups: [{name: 'WebRestarts', rules: [{alert: 'WebRestarts', labels: {severity: 'warning', deployment: 'web'}}]}]},
		});
		// The same again changes nothing, and its own file is no rule that says the same.
		expect(await create({})).toMatchObject({kind: 'nothing-to-do'});
	});

	test('what is not loaded in time is a failure that says what is known', async () => {
		machine.create(prometheus({ruleSelector: {}, ruleNamespaceSelector: {}}));
		expect(await create({name: 'NeverLoaded', loadedWithin: '6s'}, async () => [])).toMatchObject({
			kind: 'failed',
			error: {
				code: 'rules-not-loaded',
				why: expect.stringContaining('does not list NeverLoaded'),
				next: expect.stringContaining('mkcoa undo '),
			},
		});
		expect(rules('shop-web-neverloaded')).toBeDefined();
	});

	test('a rule that the server cannot evaluate is a failure with its words', async () => {
		machine.create(prometheus({ruleSelector: {}, ruleNamespaceSelector: {}}));
		expect(await create({name: 'Failing'}, loaded({health: 'err', lastError: 'many-to-many'}))).toMatchObject({
			kind: 'failed',
			error: {code: 'rules-failing', why: 'many-to-many'},
		});
	});

	test.each([
		[{}, 'shop', 'take no rules'],
		[{ruleSelector: {}}, 'monitoring', undefined],
		[
			{ruleSelector: {matchExpressions: [{key: 'role', operator: 'In', values: ['alerts', 'x']}]}, ruleNamespaceSelector: {}},
			'shop',
			undefined,
		],
	] as const)('a Prometheus with %o takes rules from %s', async (spec, namespace, nobody) => {
		machine.create(prometheus(JSON.parse(JSON.stringify(spec))));
		const outcome = await create({name: `In${JSON.stringify(spec).length}`});
		const plan = JSON.stringify(outcome);
		expect(plan).toContain(`"namespace":"${namespace}"`);
		if (nobody === undefined) expect(outcome).toMatchObject({kind: 'done', output: {loaded: true}});
		else {
			expect(outcome).toMatchObject({kind: 'done', output: {loaded: false}});
			expect(plan).toContain(nobody);
		}
	});

	test('a rule that says the same is told', async () => {
		machine.create(prometheus({ruleSelector: {}, ruleNamespaceSelector: {}}));
		const plan = JSON.stringify(await create({name: 'Again', above: 9}));
		expect(plan).toContain('Again compares the same with another number as');
	});
});

describe('in Grafana itself', () => {
	const asked = {kind: 'query', query: 'sum(up)', below: 1, name: 'NobodyIsUp', since: '10m', for: '5m', grafana: true};
	const world = () => serverWorld({monitoring: {metrics: bare.ports.monitoring.metrics}});

	test('creates the rule in the folder that is named by its title; the same again changes nothing, and undo takes it out again', async () => {
		const {run, boards} = await world();
		const outcome = await run(alertsCreate, {...asked, folder: 'Shop'});
		expect(outcome).toMatchObject({kind: 'done', output: {object: 'folder Shop of test', rules: ['NobodyIsUp'], loaded: false}});
		const [rule] = boards.rules.values();
		expect(rule).toMatchObject({
			...{uid: expect.stringMatching(/^mkcoa-[a-z0-9-]{1,34}$/), title: 'NobodyIsUp', folderUID: 'b', for: '5m', noDataState: 'OK'},
			...{condition: 'threshold', labels: {severity: 'warning'}},
			data: [{refId: 'query', datasourceUid: 'p', model: {expr: 'sum(up) < 1'}}, {datasourceUid: '__expr__'}, {refId: 'threshold'}],
		});
		// It stays in its folder, and another threshold takes its place.
		expect(await run(alertsCreate, asked)).toMatchObject({kind: 'nothing-to-do'});
		expect(await run(alertsCreate, {...asked, below: 2})).toMatchObject({kind: 'done', output: {object: 'folder Shop of test'}});
		expect([...boards.rules.values()]).toMatchObject([{folderUID: 'b', data: [{model: {expr: 'sum(up) < 2'}}, {}, {}]}]);
		expect(await run(undo, {})).toMatchObject({kind: 'done'});
		expect([...boards.rules.values()]).toMatchObject([{data: [{model: {expr: 'sum(up) < 1'}}, {}, {}]}]);
	});

	test('makes a folder of its own where none is named, and undo takes both away', async () => {
		const {run, boards} = await world();
		const planned = await run(alertsCreate, asked, {mode: 'plan'});
		expect(planned).toMatchObject({
			kind: 'planned',
			plan: {steps: [{title: 'Create folder mkcoa'}, {title: 'Create alert rule NobodyIsUp'}]},
		});
		expect(JSON.stringify(planned)).toContain('Grafana evaluates them itself, and asks its data source Prometheus');
		expect(await run(alertsCreate, asked)).toMatchObject({kind: 'done'});
		expect(boards.folders.map(({uid}) => uid)).toEqual(['a', 'b', 'mkcoa']);
		expect([...boards.rules.values()]).toMatchObject([{folderUID: 'mkcoa'}]);
		expect(await run(undo, {})).toMatchObject({kind: 'done'});
		expect([boards.rules.size, boards.folders.length]).toEqual([0, 2]);
	});

	test.each([
		[{folder: 'Shopp'}, 'no-such-folder', 'Take --folder "Shop"'],
		[{configmap: 'rules'}, 'two-ways', 'Leave one of them out'],
		[{grafana: false, folder: 'Shop'}, 'two-ways', 'Add --grafana'],
	])('refuses %o with what to do', async (change, code, next) => {
		const {run, boards} = await world();
		expect(await run(alertsCreate, {...asked, ...change})).toMatchObject({
			kind: 'failed',
			error: {code, next: expect.stringContaining(next)},
		});
		expect(boards.rules.size).toBe(0);
	});

	test('alerts that ask for what other rules record are for Prometheus', async () => {
		const {monitoring} = await world();
		const ports = {...bare.ports, monitoring: {...bare.ports.monitoring, grafana: monitoring.grafana}};
		expect(await create({kind: 'slo', grafana: true}, loaded(), {...bare, ports})).toMatchObject({
			kind: 'failed',
			error: {code: 'grafana-recordings', next: expect.stringContaining('Leave --grafana out')},
		});
	});

	test('says where a Grafana is named if there is none', async () => {
		expect(await create({grafana: true}, loaded(), bare)).toMatchObject({
			kind: 'failed',
			error: {code: 'no-grafana', next: expect.stringContaining('leave --grafana out')},
		});
	});
});
