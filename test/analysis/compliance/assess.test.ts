import {expect, test} from 'vitest';
import {type AnyCheck, check} from '../../../src/analysis/checks/check.ts';
import {worldOf} from '../../../src/analysis/checks/world.ts';
import {assess} from '../../../src/analysis/compliance/assess.ts';
import {api, argument, type Benchmark, cloud, node, person, section} from '../../../src/analysis/compliance/benchmark.ts';
import type {BenchResult} from '../../../src/analysis/compliance/kube-bench.ts';
import {readKubeBench} from '../../../src/analysis/compliance/kube-bench.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import {refOf} from '../../../src/core/kube/kube-object.ts';

const pod = (name: string, namespace = 'shop'): KubeObject => ({
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {name, namespace},
	spec: {containers: []},
});
const on = (id: string, family: 'workload' | 'control-plane', find: (object: KubeObject) => boolean | undefined): AnyCheck =>
	check({
		...{id, family, title: id, why: '', severity: 'low', reads: ['Pod'], settings: {}},
		look: ({objects}) =>
			objects.flatMap(object => {
				const isBad = find(object);
				return isBad === undefined
					? []
					: [{resource: refOf(object), faults: isBad ? [{paths: ['spec.bad'], mends: [], evidence: 'it is bad'}] : []}];
			}),
	});

const benchmark: Benchmark = {
	name: 'test',
	title: 'Test',
	kubeBench: 'test-1.0',
	sections: [
		section('1', 'All', [
			api('one', 'names'),
			api('two', 'names', 'unwritten'),
			argument('three', 'server'),
			node('four'),
			node('five', 'control-plane'),
			cloud('six'),
			person('seven', 'names'),
		]),
	],
};
const checks = [on('names', 'workload', ({metadata}) => metadata.name === 'bad'), on('server', 'control-plane', () => undefined)];

type Choice = Partial<Parameters<typeof assess>[1]>;
const judged = (objects: readonly KubeObject[], choice: Choice = {}) =>
	assess(benchmark, {
		...{checks, world: worldOf(objects), unread: new Map(), kubeBench: [], nodes: {every: 2, 'control-plane': 1}},
		platformOf: () => undefined,
		...choice,
	});
const stateOf = (objects: readonly KubeObject[], choice: Choice = {}) =>
	Object.fromEntries(judged(objects, choice).map(({control: {title}, status}) => [title, status]));

test('nothing passes that nobody looked at', () => {
	expect(stateOf([pod('good')])).toEqual({
		one: 'pass',
		two: 'not-checked',
		three: 'not-checked',
		four: 'not-checked',
		five: 'not-checked',
		six: 'not-checked',
		seven: 'not-checked',
	});
	const why = Object.fromEntries(judged([pod('good')]).map(({control: {title}, why: reason}) => [title, reason]));
	expect(why).toMatchObject({
		two: 'some of its checks do not exist in mkcoa yet',
		three: expect.stringContaining('no pod of the control plane is seen here'),
		four: expect.stringContaining('--kube-bench'),
		seven: 'a person has to judge it; what was checked supports it on 1 object',
	});
});

test('where there is nothing to judge, a control does not apply, unless nobody could see', () => {
	expect(stateOf([]).one).toBe('not-applicable');
	expect(judged([], {unread: new Map([['Pod', 'may not be listed']])})[0]).toMatchObject({
		status: 'not-checked',
		why: 'Pod: may not be listed',
	});
});

test('a failure is one whatever else could not be looked at, with the object and the field', () => {
	const [one, two] = judged([pod('good'), pod('bad')], {unread: new Map([['Pod', 'only some']])});
	expect(one).toMatchObject({
		...{status: 'fail', why: 'Pod: only some', passed: [{name: 'good'}]},
		evidence: [{from: 'api', check: 'names', resource: {kind: 'Pod', name: 'bad'}, path: 'spec.bad', detail: 'it is bad'}],
	});
	expect(two?.status).toBe('fail');
});

test('what a person judges fails by what is seen, and never passes', () => {
	expect([stateOf([pod('good')]).seven, stateOf([pod('bad')]).seven]).toEqual(['not-checked', 'fail']);
	const attested = assess(
		{...benchmark, attested: true},
		{
			...{checks, world: worldOf([pod('good')]), unread: new Map(), kubeBench: [], nodes: undefined, platformOf: () => undefined},
		},
	);
	expect(attested.filter(({status}) => status === 'pass')).toEqual([]);
});

test("what is found in the cluster's own programs is told, and fails nothing", () => {
	const [one] = judged([pod('bad', 'kube-system'), pod('good')], {
		platformOf: ({namespace}) => (namespace === 'kube-system' ? 'kind: kube-proxy' : undefined),
	});
	expect(one).toMatchObject({status: 'pass', platform: 1, evidence: [{platform: 'kind: kube-proxy'}]});
});

const said = (control: string, ...statuses: readonly BenchResult['status'][]): readonly BenchResult[] =>
	statuses.map(status => ({control, status, nodeType: 'node', detail: 'permissions=600'}));

test.each<[string, readonly BenchResult[], string]>([
	['two of two nodes', said('1.4', 'PASS', 'PASS'), 'pass'],
	['one of two nodes', said('1.4', 'PASS'), 'not-checked'],
	['a failure on one', said('1.4', 'FAIL'), 'fail'],
	['a warning beside a pass', said('1.4', 'PASS', 'WARN'), 'not-checked'],
])('kube-bench on %s', (_, kubeBench, status) => {
	expect(stateOf([], {kubeBench}).four).toBe(status);
});

test('kube-bench on as many control planes as there are passes, and on nodes that nobody counted it does not', () => {
	const kubeBench = [...said('1.5', 'PASS'), ...said('1.4', 'PASS', 'PASS')];
	expect(stateOf([], {kubeBench})).toMatchObject({four: 'pass', five: 'pass'});
	expect(stateOf([], {kubeBench, nodes: undefined})).toMatchObject({four: 'not-checked', five: 'not-checked'});
});

test('what kube-bench fails and objects pass, fails', () => {
	expect(judged([pod('good')], {kubeBench: said('1.1', 'FAIL')})[0]).toMatchObject({
		status: 'fail',
		passed: [{name: 'good'}],
		evidence: [{from: 'kube-bench', status: 'FAIL', detail: 'permissions=600'}],
	});
});

const report = (version: string, status: string) => ({
	Controls: [
		{
			...{id: '4', version, node_type: 'node', text: 'Worker nodes'},
			tests: [
				{section: '4.1', results: [{test_number: '4.1.1', status, actual_value: `permissions=600\u001b[2J${'x'.repeat(300)}`}]},
				{results: null},
			],
		},
	],
});

test('takes a report, or one of each node on a line of its own, and binds what others wrote', () => {
	const one = report('cis-1.12', 'PASS');
	const [result] = readKubeBench(JSON.stringify(one, undefined, 2), 'cis-1.12');
	expect(result).toMatchObject({control: '4.1.1', status: 'PASS', nodeType: 'node'});
	expect(result?.detail).not.toContain('\u001b');
	expect(result?.detail.length).toBeLessThanOrEqual(160);
	expect(readKubeBench([one, report('cis-1.12', 'FAIL')].map(each => JSON.stringify(each)).join('\n'), 'cis-1.12')).toHaveLength(2);
	expect(readKubeBench(JSON.stringify(one.Controls), 'cis-1.12')).toHaveLength(1);
});

test.each<[string, string, string | undefined, RegExp]>([
	['no JSON', '[INFO] 4.1', 'cis-1.12', /no JSON/],
	['something else', '{"items": []}', 'cis-1.12', /no Controls/],
	['another version', JSON.stringify(report('cis-1.10', 'PASS')), 'cis-1.12', /of cis-1\.10, not of cis-1\.12/],
	['a benchmark that it does not know', JSON.stringify(report('cis-1.12', 'PASS')), undefined, /knows no such benchmark/],
])('refuses %s', (_, text, version, why) => {
	expect(() => readKubeBench(text, version)).toThrow(
		expect.objectContaining({trouble: expect.objectContaining({why: expect.stringMatching(why)})}),
	);
});
