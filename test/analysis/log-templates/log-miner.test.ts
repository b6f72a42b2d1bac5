import {expect, test} from 'vitest';
import {finalTally} from '../../../src/analysis/log-templates/final-tally.ts';
import {logMiner} from '../../../src/analysis/log-templates/log-miner.ts';
import {errorShare, newSince, rareTemplates} from '../../../src/analysis/log-templates/notable-templates.ts';
import {linesOf, writtenSystems} from './written-systems.ts';

/** The templates of lines of one source. */
function mine(lines: readonly string[], capacity?: number) {
	const miner = logMiner(capacity === undefined ? {} : {capacity});
	const source = miner.source();
	for (const line of lines) source.add(line);
	return miner.templates();
}

test.each(Object.entries(writtenSystems))('finds the statements of %s by itself', (_name, system) => {
	const lines = linesOf(system, 2000, 7);
	const statements = new Map<unknown, Set<string>>();
	const tallies: unknown[] = [];
	const miner = logMiner({told: tally => tallies.push(tally)});
	const source = miner.source();
	for (const {text} of lines) source.add(text);
	const {templates} = miner.templates();
	expect(tallies).toHaveLength(lines.length);
	for (const [index, tally] of tallies.entries()) {
		const final = finalTally(tally as Parameters<typeof finalTally>[0]);
		statements.set(final, (statements.get(final) ?? new Set()).add(lines[index]?.statement ?? ''));
	}
	// No template mixes two statements, and hardly one is divided.
	expect([...statements.values()].filter(({size}) => size > 1)).toEqual([]);
	expect(templates.length - new Set(lines.map(({statement}) => statement)).size).toBeLessThanOrEqual(1);
});

test('tells of each template what a person asks', () => {
	const at = (second: number) => `2026-03-01T10:00:${String(second).padStart(2, '0')}Z`;
	const lines = [
		...Array.from({length: 50}, (_, index) => `${at(index)} INFO web: served /cart/${index} in ${index} ms`),
		`${at(55)} ERROR web: cannot reach 10.0.0.7:5432`,
	];
	const mined = mine(lines);
	expect(mined).toMatchObject({records: 51, errors: 1, levelled: 51, forgotten: {templates: 0, lines: 0}});
	expect(mined.templates).toEqual([
		{
			template: 'served <*> in <*>',
			variables: [1, 3],
			count: 50,
			share: 50 / 51,
			first: lines[0],
			last: lines[49],
			firstMs: Date.parse(at(0)),
			lastMs: Date.parse(at(49)),
			moreLines: 0,
			level: 'info',
			bursts: [],
		},
		expect.objectContaining({template: 'cannot reach <*>', count: 1, level: 'error'}),
	]);
	expect(errorShare(mined)).toBeCloseTo(1 / 51);
	expect(newSince(mined, Date.parse(at(50))).map(({template}) => template)).toEqual(['cannot reach <*>']);
});

test('a template that comes once in thousands of lines is rare', () => {
	const mined = mine([...Array.from({length: 5000}, (_, index) => `served ${index}`), 'out of room']);
	expect(rareTemplates(mined).map(({template}) => template)).toEqual(['out of room']);
	expect(errorShare(mined)).toBeUndefined();
});
