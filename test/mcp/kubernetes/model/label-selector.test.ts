import {expect, test} from 'vitest';
import {podSelectorText, selectorText} from '../../../../src/mcp/kubernetes/model/label-selector.ts';

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
