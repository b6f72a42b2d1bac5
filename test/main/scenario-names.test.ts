import {expect, test} from 'vitest';
import {scenarios as named} from '../../src/main/scenario-names.ts';
import {scenarios} from '../../src/sandbox/start.ts';

test('the command line names every scenario of the embedded cluster', () => {
	expect(named.map(({name}) => name)).toEqual(Object.keys(scenarios));
});

test('each scenario says what it is', () => {
	for (const {summary} of named) expect(summary.length).toBeGreaterThan(20);
});
