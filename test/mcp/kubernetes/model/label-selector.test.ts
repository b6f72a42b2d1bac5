import {expect, test} from 'vitest';
import type {Json} from '../../../../src/core/json.ts';
import {podSelectorText, selectorMatches, selectorText, serviceSelects} from '../../../../src/mcp/kubernetes/model/label-selector.ts';

const expression = (key: string, operator: string, ...values: string[]): Json => ({matchExpressions: [{key, operator, values}]});

const rows: readonly (readonly [string, Json | undefined, {readonly [key: string]: string}, boolean])[] = [
	['a missing selector selects nothing', undefined, {}, false],
	['an empty selector selects everything', {}, {a: 'b'}, true],
	['labels must all match', {matchLabels: {a: '1', b: '2'}}, {a: '1'}, false],
	['In takes one of the values', expression('a', 'In', '1', '2'), {a: '2'}, true],
	['In wants the label', expression('a', 'In', '1'), {}, false],
	['NotIn takes a missing label', expression('a', 'NotIn', '1'), {}, true],
	['NotIn refuses a listed value', expression('a', 'NotIn', '1'), {a: '1'}, false],
	['Exists wants the label', expression('a', 'Exists'), {a: ''}, true],
	['DoesNotExist refuses the label', expression('a', 'DoesNotExist'), {a: ''}, false],
	['an unknown operator matches nothing', expression('a', 'Near'), {a: '1'}, false],
];

test.each(rows)('%s', (_, selector, labels, expected) => {
	expect(selectorMatches(selector, labels)).toBe(expected);
});

test('writes a selector as a list parameter', () => {
	const selector = {
		matchLabels: {app: 'web'},
		matchExpressions: [
			{key: 'tier', operator: 'In', values: ['a', 'b']},
			{key: 'x', operator: 'DoesNotExist'},
		],
	};
	expect(selectorText(selector)).toBe('app=web,tier in (a,b),!x');
});

test('reads the flat selector of a replication controller', () => {
	expect(podSelectorText({kind: 'ReplicationController', spec: {selector: {app: 'web'}}})).toBe('app=web');
});

test('a service without a selector selects nothing', () => {
	expect(serviceSelects({spec: {}}, {app: 'web'})).toBe(false);
});
