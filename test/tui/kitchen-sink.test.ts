import {expect, test} from 'vitest';
import {printKitchenSink} from '../../src/commands/render/print-kitchen-sink.ts';
import {lineWidth} from '../../src/core/text/styled.ts';
import {reviewKeys} from '../../src/tui/keys.ts';
import {kitchenSink} from '../../src/tui/kitchen-sink.ts';
import {sampleDigest, samplePlan} from '../../src/tui/sample-plan.ts';
import {bufferStreams, terminal} from '../support/buffer-streams.ts';

test.each([
	[120, 36],
	[80, 24],
	[40, 24],
	[24, 10],
])('every screen fits into %i columns and %i rows', (columns, rows) => {
	for (const {title, lines} of kitchenSink({columns, rows})) {
		expect(lines.length, title).toBeLessThan(rows);
		expect(Math.max(...lines.map(lineWidth)), title).toBeLessThanOrEqual(columns);
	}
});

test('prints every screen and every kind of outcome', () => {
	const {streams, printed} = bufferStreams(terminal());
	printKitchenSink(streams, {screens: kitchenSink({columns: 80, rows: 24}), plan: samplePlan, digest: sampleDigest});
	for (const kind of ['done', 'planned', 'nothing-to-do', 'rejected', 'waiting', 'drifted', 'failed'])
		expect(printed.out).toContain(`## Outcome ${kind}\n`);
	expect(printed.out).toContain('## Review, keys\n');
});

test('no key means two things', () => {
	const keys = reviewKeys.flatMap(binding => binding.keys);
	expect(new Set(keys).size).toBe(keys.length);
});
