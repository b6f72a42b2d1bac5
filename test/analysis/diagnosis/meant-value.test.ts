import {describe, expect, test} from 'vitest';
import {allowedIn, meantValue} from '../../../src/analysis/diagnosis/meant-value.ts';

describe('the values that a program says it takes', () => {
	test.each([
		['cache: CACHE_MODE must be one of memory, redis', ['memory', 'redis']],
		['invalid tier "glod": expected one of: bronze, silver, or gold', ['bronze', 'silver', 'gold']],
		['unknown queue: allowed values are [fifo, lifo]', ['fifo', 'lifo']],
		["argument --mode: invalid choice: 'x' (choose from 'read', 'write')", ['read', 'write']],
		['config error: role should be either primary or replica.', ['primary', 'replica']],
		['Valid values: (eu-west|eu-north)', ['eu-west', 'eu-north']],
		['must be a number or a string', []],
		['expected port between 1 and 65535', []],
		['unsupported value "x"', []],
		['dial tcp 10.0.0.1:5432: connect: connection refused', []],
	])('%s', (said, values) => {
		expect(allowedIn(said)).toEqual(values);
	});
});

describe('what a value was most likely meant to be', () => {
	test.each<[string, Partial<Parameters<typeof meantValue>[0]>, string | undefined]>([
		['the nearest that is allowed', {value: 'rediss', said: 'must be one of memory, redis'}, 'redis'],
		['one that is allowed and used elsewhere', {value: 'disk', said: 'must be one of memory, redis', others: ['redis']}, 'redis'],
		['the first that is allowed', {value: 'disk', said: 'must be one of memory, redis'}, 'memory'],
		['nothing where it is allowed', {value: 'redis', said: 'must be one of memory, redis'}, undefined],
		['the nearest of its name elsewhere', {value: 'glod', others: ['gold', 'silver']}, 'gold'],
		['the only one of its name elsewhere', {value: 'x', others: ['gold', 'gold']}, 'gold'],
		['nothing where others differ', {value: 'x', others: ['gold', 'silver']}, undefined],
		['a usual word of such a setting', {name: 'LOG_LEVEL', value: 'wran'}, 'warn'],
		['nothing for a usual word', {name: 'LOG_LEVEL', value: 'warn'}, undefined],
		['nothing for a word that no such setting has', {name: 'COLOUR', value: 'jsno'}, undefined],
		['a region as clouds write it', {name: 'bucketRegion', value: 'ap_South_1'}, 'ap-south-1'],
	])('is %s', (_, given, meant) => {
		expect(meantValue({name: 'MODE', value: 'x', said: '', others: [], ...given})).toBe(meant);
	});
});
