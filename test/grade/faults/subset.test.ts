import {expect, test} from 'vitest';
import type {Json} from '../../../src/core/json.ts';
import {isSubset} from './subset.ts';

const rows: readonly (readonly [want: Json, have: Json | undefined, fits: boolean])[] = [
	[{spec: {port: 80}}, {spec: {port: 80, name: 'http'}}, true],
	[{spec: {port: 80}}, {spec: {port: '80'}}, false],
	[{spec: {port: 80}}, {}, false],
	[{spec: {}}, {spec: {a: 1}}, true],
	[{spec: null}, {}, true],
	[[{name: 'a'}], [{name: 'b'}, {name: 'a', port: 1}], true],
	[[{name: 'a'}, {name: 'c'}], [{name: 'b'}, {name: 'a'}], false],
	[[], [], true],
	[[], undefined, true],
	[[], ['a'], false],
	[['b', 'a'], ['a', 'b'], true],
	[['a'], ['a', 'b'], false],
	['500m', '0.5', true],
	['1Gi', '1024Mi', true],
	['1Gi', '1G', false],
	['web', 'shop', false],
	['$absent', undefined, true],
	['$absent', {}, true],
	['$absent', 0, false],
	['$present', false, true],
	['$present', [], false],
	[{$in: [false, null]}, undefined, true],
	[{$in: [false, null]}, true, false],
	[{$in: ['http', 8080]}, 8080, true],
	[{$not: 'a'}, 'b', true],
	[{$not: {$in: ['a']}}, 'a', false],
	[{$gte: '800m'}, '1', true],
	[{$gte: 2}, 2, true],
	[{$gte: '800m'}, '200m', false],
	[{$gte: 1}, undefined, false],
	[{$lte: '1Gi'}, '512Mi', true],
	[{$lte: '1Gi'}, 'many', false],
	[{$gte: 1, $lte: 3}, 2, true],
	[{$gte: 1, $lte: 3}, 4, false],
	[{$re: '^v[0-9]+$'}, 'v12', true],
	[{$re: '^v'}, undefined, false],
	[{$has: ['get', 'patch']}, ['patch', 'list', 'get'], true],
	[{$has: ['get', 'patch']}, ['get'], false],
	[{$has: [{port: 53}]}, [{port: 53, protocol: 'UDP'}], true],
	[{$only: ['get', 'list']}, ['list', 'get'], true],
	[{$only: ['get', 'list']}, ['list', 'get', 'watch'], false],
	[{$unheard: 1}, 1, false],
];

test.each(rows)('%j in %j: %s', (want, have, fits) => {
	expect(isSubset(want, have)).toBe(fits);
});
