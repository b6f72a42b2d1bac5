import {expect, test} from 'vitest';
import type {Json} from '../../../src/core/json.ts';
import {strategicPatch} from '../../../src/core/patch/strategic-patch.ts';
import {loadedSchema} from '../../support/loaded-schema.ts';

const podSpec = loadedSchema.at('v1', 'Pod', ['spec']);
const two: Json = {
	containers: [
		{name: 'a', image: 'a:1'},
		{name: 'b', image: 'b:1'},
	],
};

const rows: readonly (readonly [string, Json, Json, Json])[] = [
	[
		'merges containers by name',
		two,
		{containers: [{name: 'b', image: 'b:2'}]},
		{
			containers: [
				{name: 'a', image: 'a:1'},
				{name: 'b', image: 'b:2'},
			],
		},
	],
	['appends a new container', {containers: [{name: 'a'}]}, {containers: [{name: 'c'}]}, {containers: [{name: 'a'}, {name: 'c'}]}],
	['deletes a container with $patch', two, {containers: [{name: 'a', $patch: 'delete'}]}, {containers: [{name: 'b', image: 'b:1'}]}],
	['replaces the list with $patch', two, {containers: [{$patch: 'replace'}, {name: 'z'}]}, {containers: [{name: 'z'}]}],
	[
		'replaces an object with $patch',
		{securityContext: {runAsUser: 1, fsGroup: 2}},
		{securityContext: {$patch: 'replace', fsGroup: 3}},
		{securityContext: {fsGroup: 3}},
	],
	[
		'drops what $retainKeys does not name',
		{volumes: [{name: 'v', emptyDir: {}}]},
		{volumes: [{name: 'v', $retainKeys: ['name', 'configMap'], configMap: {name: 'c'}}]},
		{volumes: [{name: 'v', configMap: {name: 'c'}}]},
	],
	['replaces lists without a merge key', {tolerations: [{key: 'a'}]}, {tolerations: [{key: 'b'}]}, {tolerations: [{key: 'b'}]}],
	['removes a key with null', {nodeName: 'n', hostname: 'h'}, {hostname: null}, {nodeName: 'n'}],
	[
		'orders a merged list',
		two,
		{'$setElementOrder/containers': [{name: 'b'}, {name: 'a'}], containers: []},
		{
			containers: [
				{name: 'b', image: 'b:1'},
				{name: 'a', image: 'a:1'},
			],
		},
	],
];

test.each(rows)('%s', (_, target, patch, expected) => {
	expect(strategicPatch(target, patch, podSpec)).toEqual(expected);
});

test('takes scalars out of a merged list of finalizers', () => {
	const metadata = loadedSchema.at('v1', 'Pod', ['metadata']);
	const patch = {'$deleteFromPrimitiveList/finalizers': ['a'], finalizers: ['c']};
	expect(strategicPatch({finalizers: ['a', 'b']}, patch, metadata)).toEqual({finalizers: ['b', 'c']});
});

test('refuses a list item without its merge key', () => {
	expect(() => strategicPatch(two, {containers: [{image: 'x'}]}, podSpec)).toThrow(
		'an item of containers has no name, by which the list is merged',
	);
});
