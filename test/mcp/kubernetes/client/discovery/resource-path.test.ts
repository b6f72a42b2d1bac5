import {expect, test} from 'vitest';
import {resourcePath} from '../../../../../src/mcp/kubernetes/client/discovery/resource-path.ts';
import type {ResourceType} from '../../../../../src/mcp/kubernetes/port.ts';

const pods = {apiVersion: 'v1', kind: 'Pod', plural: 'pods', namespaced: true} as ResourceType;

test('an object has a path of its own, whatever letters its name has', () => {
	expect(resourcePath(pods, {namespace: 'shop', name: 'web'})).toBe('/api/v1/namespaces/shop/pods/web');
	expect(resourcePath(pods, {namespace: 'shop', name: '../secrets/vault'})).toBe('/api/v1/namespaces/shop/pods/..%2Fsecrets%2Fvault');
});

test.each([
	{namespace: 'shop', name: '..'},
	{namespace: 'shop', name: '.'},
	{namespace: '..', name: 'web'},
	{namespace: '.'},
	{namespace: 'shop', name: 'web', subresource: '..'},
])('%o is refused: its dots would lead to another path', place => {
	expect(() => resourcePath(pods, place)).toThrow('is no name of an object');
});
