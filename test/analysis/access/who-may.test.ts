import {expect, test} from 'vitest';
import {grantsFor, grantsOf, holderText} from '../../../src/analysis/access/grants.ts';
import {allowingGrants} from '../../../src/analysis/access/who-may.ts';
import type {JsonObject} from '../../../src/core/json.ts';
import {object} from '../../support/kube-objects.ts';

const rbac = 'rbac.authorization.k8s.io/v1';
const rule = (resources: readonly string[], verbs: readonly string[], more: JsonObject = {}) => ({
	apiGroups: [''],
	resources,
	verbs,
	...more,
});
const role = (name: string, rules: readonly JsonObject[]) => object(rbac, 'Role', name, {rules});
const wideRole = (name: string, rules: readonly JsonObject[], more: JsonObject = {}, labels: {readonly [key: string]: string} = {}) =>
	object(rbac, 'ClusterRole', name, {metadata: {namespace: undefined, labels}, rules, ...more});
const binding = (name: string, kind: string, roleName: string, subject: JsonObject) =>
	object(rbac, 'RoleBinding', name, {roleRef: {kind, name: roleName}, subjects: [subject]});
const wideBinding = (name: string, roleName: string, subject: JsonObject) =>
	object(rbac, 'ClusterRoleBinding', name, {
		metadata: {namespace: undefined},
		roleRef: {kind: 'ClusterRole', name: roleName},
		subjects: [subject],
	});

const objects = [
	role('janitor', [rule(['pods'], ['get', 'delete'])]),
	role('one-secret', [rule(['secrets'], ['get'], {resourceNames: ['db']})]),
	wideRole('root', [{apiGroups: ['*'], resources: ['*'], verbs: ['*']}]),
	wideRole('sum', [], {aggregationRule: {clusterRoleSelectors: [{matchLabels: {part: 'yes'}}]}}),
	wideRole('part', [rule(['pods/log'], ['get'])], {}, {part: 'yes'}),
	binding('b1', 'Role', 'janitor', {kind: 'User', name: 'ada@example.com'}),
	binding('b2', 'Role', 'one-secret', {kind: 'ServiceAccount', name: 'app'}),
	binding('b3', 'ClusterRole', 'sum', {kind: 'User', name: 'eve@example.com'}),
	binding('b4', 'Role', 'gone', {kind: 'User', name: 'bob@example.com'}),
	wideBinding('b5', 'root', {kind: 'Group', name: 'ops'}),
	wideBinding('b6', 'part', {kind: 'Group', name: 'system:serviceaccounts:shop'}),
];
const grants = grantsOf(objects);
const who = (verb: string, resource: string, namespace?: string, anywhere = false) =>
	allowingGrants({verb, group: '', resource}, namespace, grants, anywhere).map(
		({grant, names}) => `${holderText(grant.holder)}${names.length === 0 ? '' : ` (${names.join()})`}`,
	);

test.each([
	['delete', 'pods', 'shop', ['User ada@example.com', 'Group ops']],
	['delete', 'pods', 'other', ['Group ops']],
	['get', 'secrets', 'shop', ['ServiceAccount shop/app (db)', 'Group ops']],
	['get', 'pods/log', 'shop', ['User eve@example.com', 'Group ops', 'Group system:serviceaccounts:shop']],
	['list', 'pods', undefined, ['Group ops']],
])('finds who may %s %s in %s', (verb, resource, namespace, expected) => {
	expect(who(verb, resource, namespace)).toEqual(expected);
});

test('counts the grants of single namespaces where any namespace is meant', () => {
	expect(who('delete', 'pods', undefined, true)).toEqual(['User ada@example.com', 'Group ops']);
});

test('gives a service account what its groups have, and a binding to a missing role nothing', () => {
	const own = grantsFor({kind: 'ServiceAccount', namespace: 'shop', name: 'app'}, grants);
	expect(own.map(({binding: {name}}) => name)).toEqual(['b2', 'b6']);
	expect(grants.find(({binding: {name}}) => name === 'b4')?.rules).toBeUndefined();
});
