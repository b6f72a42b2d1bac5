import {expect, test} from 'vitest';
import type {Json} from '../../../../src/core/json.ts';
import {object} from '../../../support/kube-objects.ts';
import {foundBy} from '../found-by.ts';

const role = (apiGroups: Json, resources: Json, verbs: Json, kind = 'Role', name = 'ci') =>
	object('rbac.authorization.k8s.io/v1', kind, name, {
		metadata: kind === 'Role' ? {} : {namespace: undefined},
		rules: [{apiGroups, resources, verbs}],
	});
const binding = (kind: string, roleKind: string) =>
	object('rbac.authorization.k8s.io/v1', kind, 'ci', {
		metadata: kind === 'RoleBinding' ? {} : {namespace: undefined},
		roleRef: {kind: roleKind, name: 'ci'},
	});

test.each([
	[[''], ['pods/exec'], ['create'], 'fail Role ci: rules[0]'],
	[['*'], ['pods/attach'], ['get'], 'fail Role ci: rules[0]'],
	[[''], ['*'], ['*'], 'fail Role ci: rules[0]'],
	[[''], ['*/exec'], ['create'], 'fail Role ci: rules[0]'],
	[[''], ['pods/exec'], ['list'], 'pass Role ci'],
	[['apps'], ['pods/exec'], ['create'], 'pass Role ci'],
	[[''], ['pods'], ['create'], 'pass Role ci'],
])('a role for %j %j %j lets into containers', (groups, resources, verbs, said) => {
	expect(foundBy('role-allows-exec', [role(groups, resources, verbs)])).toEqual([said]);
});

test('a name alone frees no role, unless somebody set it so', () => {
	const own = role(['*'], ['*'], ['*'], 'Role', 'system:own');
	expect(foundBy('role-allows-exec', [own])).toEqual(['fail Role system:own: rules[0]']);
	expect(foundBy('role-allows-exec', [own], {exempt: ['system:*']})).toEqual(['pass Role system:own']);
});

test('a binding gives what its role holds, of the kind that it names', () => {
	const everything = [role(['*'], ['*'], ['*'], 'ClusterRole')];
	expect(foundBy('binding-allows-exec', [...everything, binding('RoleBinding', 'ClusterRole')])).toEqual([
		'fail RoleBinding ci: roleRef.name',
	]);
	expect(foundBy('binding-of-everything', [...everything, binding('ClusterRoleBinding', 'ClusterRole')])).toEqual([
		'fail ClusterRoleBinding ci: roleRef.name',
	]);
	expect(foundBy('binding-of-everything', [...everything, binding('RoleBinding', 'Role')])).toEqual(['pass RoleBinding ci']);
	expect(foundBy('binding-of-everything', [role([''], ['*'], ['*']), binding('RoleBinding', 'Role')])).toEqual(['pass RoleBinding ci']);
});
