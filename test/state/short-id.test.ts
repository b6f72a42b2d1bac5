import {randomBytes} from 'node:crypto';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {freeId, shortId} from '../../src/state/short-id.ts';
import {entryOf} from './samples.ts';
import {world} from './world.ts';

test('an id is twelve characters that can be read aloud', () => {
	expect(shortId(Date.UTC(2026, 0, 1), () => Uint8Array.of(0, 31, 255))).toBe('1kdvdna000zz');
});

test('ids sort by time', () => {
	const time = fc.integer({min: 0, max: Date.UTC(3000, 0, 1)});
	fc.assert(
		fc.property(time, time, (one, other) => {
			const [first, second] = [shortId(one, randomBytes), shortId(other, randomBytes)];
			return one === other || first < second === one < other;
		}),
	);
});

test('ids of one millisecond and little chance are still unique', async () => {
	let draws = 0;
	const chance = (size: number) => (size === 3 ? Uint8Array.of(0, 0, Math.floor(draws++ / 4)) : randomBytes(size));
	const {journal} = world().open({randomBytes: chance});
	const ids = new Set<string>();
	for (let count = 0; count < 20; count++) ids.add(await journal.open(entryOf()));
	expect(ids.size).toBe(20);
});

test('a source of chance that does not work is a bug, not an endless loop', () => {
	expect(() =>
		freeId(
			() => 'same',
			() => true,
		),
	).toThrow('source of chance');
});
