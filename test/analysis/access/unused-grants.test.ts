import {expect, test} from 'vitest';
import {grantsOf} from '../../../src/analysis/access/grants.ts';
import {requestText} from '../../../src/analysis/access/rule-text.ts';
import {unusedGrants} from '../../../src/analysis/access/unused-grants.ts';
import {binding, clusterBinding, clusterRole, role, rule} from '../../support/access-objects.ts';

const grants = grantsOf([
	role('r', [rule('pods', 'get list'), rule('secrets', 'get', {resourceNames: ['a', 'b']})]),
	clusterRole('c', [rule('nodes', 'get'), {nonResourceURLs: ['/metrics'], verbs: ['get']}]),
	binding('b', 'Role r', 'ServiceAccount shop/app'),
	clusterBinding('cb', 'c', 'Group ops'),
	binding('lost', 'Role gone', 'User ada'),
]);
const app = {user: 'system:serviceaccount:shop:app', groups: ['system:serviceaccounts']};
const unused = (used: Parameters<typeof unusedGrants>[1]) =>
	unusedGrants(grants, used).map(each => ({
		of: each.grant.binding.name,
		requests: each.requests,
		isWhole: each.isWhole,
		unused: each.unused.map(requestText),
	}));

test('tells the parts of each grant that nobody used', () => {
	expect(
		unused([
			{...app, verb: 'get', apiGroup: '', resource: 'pods', name: 'web-0', namespace: 'shop'},
			{...app, verb: 'get', apiGroup: '', resource: 'pods', name: 'web-0', namespace: 'shop'},
			{...app, verb: 'get', apiGroup: '', resource: 'secrets', name: 'b', namespace: 'shop'},
			{user: 'eve', groups: ['ops'], verb: 'get', url: '/metrics'},
		]),
	).toEqual([
		{of: 'b', requests: 3, isWhole: false, unused: ['list pods', 'get secrets a']},
		{of: 'cb', requests: 1, isWhole: false, unused: ['get nodes']},
	]);
});

test('what was asked elsewhere, by another, or of a part uses nothing', () => {
	const found = unused([
		{...app, verb: 'get', apiGroup: '', resource: 'pods', namespace: 'other'},
		{...app, verb: 'get', apiGroup: '', resource: 'pods', subresource: 'log', namespace: 'shop'},
		{user: 'bob', groups: [], verb: 'list', apiGroup: '', resource: 'pods', namespace: 'shop'},
	]);
	expect(found.map(({of, isWhole}) => ({of, isWhole}))).toEqual([
		{of: 'b', isWhole: true},
		{of: 'cb', isWhole: true},
	]);
});
