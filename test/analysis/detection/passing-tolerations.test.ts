import {expect, test} from 'vitest';
import type {JsonObject} from '../../../src/core/json.ts';
import {detected, node, runs, workload} from './running.ts';

const stays = (tolerationSeconds?: number, more: readonly JsonObject[] = []) =>
	runs({}, {tolerations: [{key: 'batch', operator: 'Exists', ...(tolerationSeconds === undefined ? {} : {tolerationSeconds})}, ...more]});
const tainted = (name = 'n1', key = 'batch') => node(name, {spec: {taints: [{key, value: 'yes', effect: 'NoExecute'}]}});
const told = (now: JsonObject, before: JsonObject | undefined, ...nodes: ReturnType<typeof node>[]) =>
	detected(workload(now, {before}), nodes)
		.filter(each => each.told.includes('tolerated'))
		.map(each => [each.told, each.what]);
const fault = 'medium tolerated-for-a-time Deployment/web spec.template.spec.tolerations[0].tolerationSeconds';

test.each([
	['for a time since a release', told(stays(30), stays(), tainted()), [[fault, 'sure remove 0/tolerationSeconds']]],
	['for a time, as ever', told(stays(30), undefined, tainted()), [[fault, 'choice remove 0/tolerationSeconds']]],
	[
		'for a time, before it is said again for ever',
		told(stays(30, [{key: 'batch', operator: 'Exists'}]), undefined, tainted()),
		[[fault, 'choice remove 0/tolerationSeconds']],
	],
	['for ever', told(stays(), undefined, tainted()), []],
	['for a time, and another node has no taint', told(stays(30), undefined, tainted(), node('n2')), []],
	[
		'for a time, and the other node may not be used',
		told(stays(30), undefined, tainted(), node('n2', {spec: {taints: [{key: 'x', effect: 'NoSchedule'}]}})),
		[[fault, 'choice remove 0/tolerationSeconds']],
	],
	[
		'that the control plane sets',
		told(
			runs({}, {tolerations: [{key: 'node.kubernetes.io/not-ready', operator: 'Exists', tolerationSeconds: 300}]}),
			undefined,
			tainted('n1', 'node.kubernetes.io/not-ready'),
		),
		[],
	],
])('a taint that pods tolerate %s', (_, found, expected) => {
	expect(found).toEqual(expected);
});
