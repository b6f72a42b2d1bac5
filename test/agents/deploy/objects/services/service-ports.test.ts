import {expect, test} from 'vitest';
import {podLabelsOf} from '../../../../../src/agents/deploy/objects/services/service-for.ts';
import {servicePorts} from '../../../../../src/agents/deploy/objects/services/service-ports.ts';
import {MkcoaError} from '../../../../../src/core/error.ts';
import type {JsonObject} from '../../../../../src/core/json.ts';
import {deployment, object} from '../../../../support/kube-objects.ts';

const http = {name: 'http', number: 8080};
const metrics = {name: 'metrics', number: 9090};
const bare = {name: '', number: 8080};
const words = (asked: readonly string[], declared: readonly {name: string; number: number}[]) =>
	servicePorts(asked, declared, 'Deployment shop/web').map(({name, port, target}) => `${name} ${port} → ${target}`);

test.each([
	['the ports that containers declare, by their names', [], [http, metrics], ['http 8080 → http', 'metrics 9090 → metrics']],
	['one without a name by its number', [], [bare], ['port-8080 8080 → 8080']],
	['a number leads to the only port that there is', ['80'], [http], ['http 80 → http']],
	['of several to that of the number', ['9090'], [http, metrics], ['metrics 9090 → metrics']],
	['or to itself', ['80'], [http, metrics], ['http 80 → 80']],
	['a target by number or name', ['80:8080', 'm=90:metrics'], [http, metrics], ['http 80 → 8080', 'm 90 → metrics']],
	['a number that nobody declared', ['80'], [], ['http 80 → 80']],
] as const)('%s', (_, asked, declared, expected) => {
	expect(words(asked, declared)).toEqual(expected);
});

test.each([
	['none at all', [], [], 'no-port'],
	['a name that no container has', ['80:grpc'], [http], 'no-such-target'],
	['a number out of range', ['70000'], [http], 'bad-port'],
	['one name for two', ['a=80', 'a=81'], [http], 'bad-port'],
] as const)('refuses %s', (_, asked, declared, code) => {
	expect(() => words(asked, declared)).toThrow(
		expect.objectContaining({trouble: expect.objectContaining({code, next: expect.any(String)})}),
	);
});

const labelled = (selector: JsonObject) =>
	deployment({spec: {selector, template: {metadata: {labels: {app: 'web', tier: 'front'}}, spec: {containers: []}}}});

test.each([
	[{matchLabels: {app: 'web'}}, {app: 'web'}],
	[
		{matchLabels: {app: 'web'}, matchExpressions: [{key: 'tier', operator: 'In', values: ['front', 'edge']}]},
		{app: 'web', tier: 'front'},
	],
	[
		{
			matchExpressions: [
				{key: 'tier', operator: 'Exists'},
				{key: 'old', operator: 'DoesNotExist'},
			],
		},
		{tier: 'front'},
	],
])('pods are found by %j', (selector, expected) => {
	expect(podLabelsOf(labelled(selector))).toEqual(expected);
});

test('what runs no pods, and pods without a label of their own, cannot be found', () => {
	expect(() => podLabelsOf(object('v1', 'ConfigMap', 'web'))).toThrow(MkcoaError);
	expect(() => podLabelsOf(labelled({matchExpressions: [{key: 'old', operator: 'DoesNotExist'}]}))).toThrow('have no label');
});
