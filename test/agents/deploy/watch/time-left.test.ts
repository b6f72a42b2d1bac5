import {expect, test} from 'vitest';
import {nothingKnown, type RolloutRecord} from '../../../../src/agents/deploy/staged/record/record.ts';
import {earliestEnd} from '../../../../src/agents/deploy/watch/time-left.ts';

const now = Date.parse('2026-01-01T00:00:00Z');
const minute = 60_000;
const judge = {wait: {kind: 'judge', weight: 25, share: 0.25, pods: 1}};
const keep = {wait: {kind: 'keep', ms: 2 * minute}};
const hold = {wait: {kind: 'hold', why: 'until promoted'}};
const nothing = {};

const left = (acts: readonly object[], change: Partial<RolloutRecord> = {}) => {
	const input = {interval: '5m', outline: {acts, wayBack: []}} as unknown as RolloutRecord['input'];
	const end = earliestEnd({...nothingKnown, input, ...change}, now);
	return end === undefined ? undefined : (end - now) / minute;
};

test.each<[string, readonly object[], Partial<RolloutRecord>, number | undefined]>([
	['every stage that is still to be judged, and every wait', [nothing, judge, keep, judge], {}, 12],
	['what is left of the stage that goes on', [nothing, judge, judge], {position: 1, since: '2025-12-31T23:58:00Z'}, 8],
	['nothing for a stage that lasts longer than it was meant to', [judge, judge], {since: '2025-12-31T23:00:00Z'}, 5],
	['a whole stage where nobody tells when it began', [judge], {since: ''}, 5],
	['what is left of a wait', [keep, judge], {deadline: '2026-01-01T00:01:00Z'}, 6],
	['nothing that can be told before a person promotes', [judge, hold, judge], {}, undefined],
	['nothing that can be told while a person holds it', [hold], {}, undefined],
	['nothing on the way back', [judge], {phase: 'back'}, undefined],
	['nothing while it is paused', [judge], {paused: true}, undefined],
])('time left is %s', (_, acts, change, minutes) => expect(left(acts, change)).toBe(minutes));

test('a record without an outline tells no time', () => {
	expect(earliestEnd(nothingKnown, now)).toBeUndefined();
});
