import {describe, expect, test} from 'vitest';
import {disruptionFaults} from '../../../src/analysis/detection/analyzers/disruption/disruption-faults.ts';
import {faultLines, surePatches} from './faults-in.ts';

const workload = (name: string, replicas = 3) => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec: {replicas: ${replicas}, selector: {matchLabels: {app: ${name}}}, template: {metadata: {labels: {app: ${name}, tier: front}}, spec: {containers: [{name: c}]}}}
---`;
const budget = (name: string, spec: string, labels = `app: ${name}`, changed = '') => `
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: ${name}}
${changed}
spec: {selector: {matchLabels: {${labels}}}, ${spec}}
---`;
const lines = (yaml: string) => faultLines(disruptionFaults, yaml);

test.each([
	['minAvailable of all', 'minAvailable: 3', 'spec.minAvailable'],
	['minAvailable 100 %', "minAvailable: '100%'", 'spec.minAvailable'],
	['maxUnavailable 0', 'maxUnavailable: 0', 'spec.maxUnavailable'],
	['more than there are', 'minAvailable: 5', 'spec.minAvailable'],
])('a budget with %s lets nobody go', (_, spec, path) => {
	const yaml = workload('web') + budget('web', spec);
	expect(lines(yaml)).toEqual([`medium budget-lets-nobody-go PodDisruptionBudget/web ${path} remedy`]);
	expect(surePatches(disruptionFaults, yaml)).toEqual(['{"spec":{"minAvailable":null,"maxUnavailable":1}}']);
});

test('a budget that lets one go is well, and so is one that keeps a single pod', () => {
	expect(lines(workload('web') + budget('web', 'minAvailable: 2'))).toEqual([]);
	expect(lines(workload('web', 1) + budget('web', 'maxUnavailable: 0'))).toEqual([]);
	expect(lines(workload('web', 0) + budget('web', 'minAvailable: 1'))).toEqual([]);
});

test('a budget whose selector drifted guards the workload of its name again', () => {
	const yaml = workload('web') + budget('web-pdb', 'maxUnavailable: 1', 'app: web2');
	expect(lines(yaml)).toEqual(['medium budget-guards-nobody PodDisruptionBudget/web-pdb spec.selector.matchLabels remedy']);
	expect(surePatches(disruptionFaults, yaml)[0]).toContain('"value":{"matchLabels":{"app":"web"}}');
});

test('a budget that nothing is meant for is a remark, and of what was not read nothing is told', () => {
	const alone = budget('legacy', 'maxUnavailable: 1');
	expect(lines(workload('web') + alone)).toEqual(['low budget-guards-nobody PodDisruptionBudget/legacy spec.selector.matchLabels none']);
	expect(faultLines(disruptionFaults, alone, {unread: [{kind: 'Pod', why: 'may not be listed'}]})).toEqual([]);
});

test('two budgets of the same pods: the newer one is one too many', () => {
	const yaml = workload('web') + budget('web', 'maxUnavailable: 1') + budget('front', 'maxUnavailable: 1', 'app: web', 'changed: 4');
	expect(lines(yaml)).toEqual(['medium budgets-overlap PodDisruptionBudget/front spec.selector remedy']);
	expect(surePatches(disruptionFaults, yaml)).toEqual(['resource_delete front']);
});

test('a budget that grew over others goes back to the workload of its name', () => {
	const yaml =
		workload('web') +
		workload('api') +
		budget('web', 'maxUnavailable: 1') +
		budget('api', 'maxUnavailable: 1', 'tier: front', 'changed: 4');
	expect(lines(yaml)).toEqual(['medium budgets-overlap PodDisruptionBudget/api spec.selector remedy']);
	expect(surePatches(disruptionFaults, yaml)[0]).toContain('"value":{"matchLabels":{"app":"api"}}');
});

const bare = (name: string, labels = 'app: keys', owner = '') => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, labels: {${labels}}${owner}}
spec: {containers: [{name: c}]}
status: {phase: Running}
---`;
const owned = ', ownerReferences: [{apiVersion: example.com/v1, kind: Keyring, name: k, uid: u, controller: true}]';

test.each([
	['maxUnavailable', 'maxUnavailable: 1', 'spec.maxUnavailable', 1],
	['a share', "minAvailable: '50%'", 'spec.minAvailable', 1],
	['more than there are', 'maxUnavailable: 5', 'spec.maxUnavailable', 1],
])('a budget with %s cannot count pods without a controller', (_, spec, path, keep) => {
	const yaml = bare('keys-a') + bare('keys-b') + budget('keys', spec);
	expect(lines(yaml)).toEqual([`medium budget-of-unmanaged-pods PodDisruptionBudget/keys ${path} remedy`]);
	expect(surePatches(disruptionFaults, yaml)).toEqual([`{"spec":{"maxUnavailable":null,"minAvailable":${keep}}}`]);
});

test.each([
	['keeps a number', bare('keys-a') + bare('keys-b') + budget('keys', 'minAvailable: 1')],
	['lets nobody go', bare('keys-a') + budget('keys', 'maxUnavailable: 0')],
	['is of pods of a controller', bare('keys-a', 'app: keys', owned) + budget('keys', 'maxUnavailable: 1')],
	['is of a workload', workload('keys') + bare('other', 'app: other') + budget('keys', 'maxUnavailable: 1')],
])('a budget that %s can be counted', (_, yaml) => {
	expect(lines(yaml)).toEqual([]);
});

test.each([
	['since it was changed', 'web', 'tier: front', 'changed: 4', 'medium', 1],
	['by its name with pdb', 'web-pdb', 'tier: front', 'changed: 4', 'medium', 1],
	['from its beginning', 'web', 'tier: front', '', 'low', 0],
])('a budget that counts the pods of others %s is told', (_, name, labels, changed, severity, sure) => {
	const yaml = workload('web') + workload('tiles') + budget(name, 'minAvailable: 2', labels, changed);
	expect(lines(yaml)).toEqual([`${severity} budget-counts-strangers PodDisruptionBudget/${name} spec.selector remedy`]);
	expect(surePatches(disruptionFaults, yaml)).toHaveLength(sure);
});

test.each([
	['is called after the group', workload('web') + workload('tiles') + budget('front', 'minAvailable: 2', 'tier: front', 'changed: 4')],
	[
		'counts a version of the same',
		workload('web') + workload('web-canary') + budget('web', 'minAvailable: 2', 'tier: front', 'changed: 4'),
	],
	[
		'lists several',
		workload('web') +
			workload('tiles') +
			budget('web', 'minAvailable: 2', '', 'changed: 4').replace(
				'matchLabels: {}',
				'matchExpressions: [{key: app, operator: In, values: [web, tiles]}]',
			),
	],
	['counts its own', workload('web') + workload('tiles') + budget('web', 'minAvailable: 2', 'app: web', 'changed: 4')],
	['counts what is scaled away', workload('web') + workload('tiles', 0) + budget('web', 'minAvailable: 2', 'tier: front', 'changed: 4')],
])('a budget that %s is well', (_, yaml) => {
	expect(lines(yaml)).toEqual([]);
});

describe('of two budgets, one of which makes exceptions', () => {
	const river = (name: string, labels = '') => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec: {replicas: 3, selector: {matchLabels: {app: ${name}}}, template: {metadata: {labels: {app: ${name}, part-of: river${labels}}}, spec: {containers: [{name: c}]}}}
---`;
	const rest = (expressions: string) => `
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: default}
changed: 3
spec: {maxUnavailable: 1, selector: {matchLabels: {part-of: river}, matchExpressions: [${expressions}]}}
---`;
	const own = budget('weir', 'maxUnavailable: 1');
	const patched = (yaml: string) => surePatches(disruptionFaults, yaml).map(each => JSON.parse(each).at(-1)?.value?.matchExpressions);

	test.each([
		['under another name', '{key: own-budgets, operator: DoesNotExist}', [{key: 'own-budget', operator: 'DoesNotExist'}]],
		['of another value', '{key: app, operator: NotIn, values: [wier]}', [{key: 'app', operator: 'NotIn', values: ['wier', 'weir']}]],
		[
			'of which one is too many',
			'{key: app, operator: In, values: [weir, gauge, sluice]}',
			[{key: 'app', operator: 'In', values: ['gauge', 'sluice']}],
		],
		['that is not there', '', [{key: 'app', operator: 'NotIn', values: ['weir']}]],
	])('the exception %s is made again', (_, expressions, to) => {
		const yaml = river('weir', ', own-budget: "true"') + river('gauge') + river('sluice') + own + rest(expressions);
		expect(lines(yaml)).toEqual(['medium budgets-overlap PodDisruptionBudget/default spec.selector remedy']);
		expect(patched(yaml)).toEqual([to]);
	});

	test('nothing is told where the exception holds', () => {
		const yaml = river('weir', ', own-budget: "true"') + river('gauge') + own + rest('{key: own-budget, operator: DoesNotExist}');
		expect(lines(yaml)).toEqual([]);
	});

	test('every workload with a budget of its own is left out at once', () => {
		const yaml = river('weir') + river('gauge') + river('sluice') + own + budget('gauge', 'minAvailable: 1') + rest('');
		expect(patched(yaml)[0]).toEqual([{key: 'app', operator: 'NotIn', values: ['weir', 'gauge']}]);
	});
});

describe('a budget that counts what has no scale', () => {
	const daemons = (labels: string) => `
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: lamp}
spec: {selector: {matchLabels: {role: lamp}}, template: {metadata: {labels: {${labels}}}, spec: {containers: [{name: c}]}}}
status: {desiredNumberScheduled: 2}
---`;
	const crew = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: lookout}
spec: {replicas: 3, selector: {matchLabels: {role: lookout}}, template: {metadata: {labels: {crew: watch, role: lookout}}, spec: {containers: [{name: c}]}}}
---`;
	const watch = (bound: string, expressions = '') => `
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: watch}
spec: {${bound}, selector: {matchLabels: {crew: watch}, matchExpressions: [${expressions}]}}
---`;

	test.each([
		['what may be missing', 'maxUnavailable: 1'],
		['a share', "minAvailable: '50%'"],
	])('lets nobody go where it says %s, and leaves that out', (_, bound) => {
		const yaml = crew + daemons('crew: watch, role: lamp') + watch(bound, '{key: role, operator: In, values: [lookout, lamp]}');
		expect(lines(yaml)).toEqual(['medium budget-counts-what-has-no-scale PodDisruptionBudget/watch spec.selector remedy']);
		expect(JSON.parse(surePatches(disruptionFaults, yaml)[0] ?? '[]').at(-1).value.matchExpressions).toEqual([
			{key: 'role', operator: 'In', values: ['lookout']},
		]);
	});

	test('makes an exception where its selector names no values', () => {
		const yaml = crew + daemons('crew: watch, role: lamp') + watch('maxUnavailable: 1');
		expect(surePatches(disruptionFaults, yaml)[0]).toContain('"matchExpressions":[{"key":"role","operator":"NotIn","values":["lamp"]}]');
	});

	test('is why its controller cannot tell, which is not told beside it', () => {
		const failed = '\nstatus: {conditions: [{type: DisruptionAllowed, status: "False", reason: SyncFailed, message: no scale}]}\n---';
		expect(lines(crew + daemons('crew: watch, role: lamp') + watch('maxUnavailable: 1').replace('\n---', failed))).toEqual([
			'medium budget-counts-what-has-no-scale PodDisruptionBudget/watch spec.selector remedy',
		]);
	});

	test('is not changed unasked where runs would be evicted', () => {
		const run = `
apiVersion: batch/v1
kind: Job
metadata: {name: train, uid: j}
spec: {template: {metadata: {labels: {crew: watch, role: train}}, spec: {containers: [{name: c}]}}}
---
apiVersion: v1
kind: Pod
metadata: {name: train-x, labels: {crew: watch, role: train}, ownerReferences: [{kind: Job, name: train, uid: j, controller: true}]}
spec: {containers: [{name: c}]}
status: {phase: Running}
---`;
		const yaml = crew + run + watch('maxUnavailable: 1');
		expect(lines(yaml)).toEqual(['medium budget-counts-what-has-no-scale PodDisruptionBudget/watch spec.selector choices']);
		expect(surePatches(disruptionFaults, yaml)).toEqual([]);
	});

	test('of which nothing else is, is a remark: no drain waits for it', () => {
		expect(lines(daemons('crew: watch, role: lamp') + watch('maxUnavailable: 1'))).toEqual([
			'low budget-counts-what-has-no-scale PodDisruptionBudget/watch spec.selector remedy',
		]);
	});

	test.each([
		['a share of all that stays, which is meant', daemons('crew: watch, role: lamp') + watch("minAvailable: '100%'")],
		[
			'a controller that counts otherwise',
			crew + daemons('crew: watch, role: lamp') + watch('maxUnavailable: 1').replace('\n---', '\nstatus: {disruptionsAllowed: 1}\n---'),
		],
		['a number that stays', crew + daemons('crew: watch, role: lamp') + watch('minAvailable: 3')],
		['pods of the Deployment only', crew + daemons('role: lamp') + watch('maxUnavailable: 1')],
	])('is well with %s', (_, yaml) => {
		expect(lines(yaml)).toEqual([]);
	});
});
