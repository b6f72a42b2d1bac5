import {expect, test} from 'vitest';
import {reachOf, rolesCover} from '../../../src/core/roles/reach.ts';
import {rolesOf, rolesSchema} from '../../../src/core/roles/roles.ts';

const {roles} = rolesSchema(['kubernetes', 'deploy']).parse({
	roles: [
		{name: 'oncall', principals: ['ci', 'group:sre'], toolsets: ['kubernetes'], namespaces: ['shop'], verbs: ['read', 'change']},
		{name: 'reader', principals: ['*@example.org'], namespaces: ['blog'], clusterScoped: true},
		{name: 'deployer', principals: ['ci'], toolsets: ['deploy'], namespaces: ['stage-*'], verbs: ['change'], metrics: true},
	],
});
const namesOf = (principal: string, groups: readonly string[] = []) => rolesOf(roles, principal, groups).map(({name}) => name);

test.each([
	['ci', [], ['oncall', 'deployer']],
	['CI', [], []],
	['dana@example.org', [], ['reader']],
	['dana@example.org', ['sre'], ['oncall', 'reader']],
	['dana@example.org.evil', [], []],
	['group:sre', [], []],
	['', [], []],
])('%s with groups %j has the roles %j', (principal, groups, expected) => {
	expect(namesOf(principal, groups)).toEqual(expected);
});

test('a change reaches where a role lets it change, and may read what other roles let it read', () => {
	const own = rolesOf(roles, 'ci', []);
	expect(reachOf(own, {effect: 'change', toolset: 'kubernetes'})).toEqual({
		read: {namespaces: ['shop'], clusterScoped: false},
		write: {namespaces: ['shop'], clusterScoped: false},
		metrics: false,
	});
	expect(reachOf(own, {effect: 'change', toolset: 'deploy'})).toMatchObject({read: {namespaces: ['stage-*']}, metrics: true});
	expect(rolesCover(own, {effect: 'destructive', toolset: 'kubernetes'})).toBe(false);
	expect(rolesCover(own, {effect: 'read', toolset: 'deploy'})).toBe(false);
});
