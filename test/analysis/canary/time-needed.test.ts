import {expect, test} from 'vitest';
import {timeNeeded} from '../../../src/analysis/canary/time-needed.ts';

const errors = {name: 'error-ratio', kind: 'counts', worse: 'higher', tolerance: 0} as const;
const stage = (perMinute: number, share: number, badPart = 0.001) => ({
	canary: perMinute * share,
	stable: perMinute * (1 - share),
	badPart,
});
const minutesOf = (...stages: readonly ReturnType<typeof stage>[]) =>
	timeNeeded(errors, stages).map(ms => (ms === undefined ? undefined : Number((ms / 60_000).toFixed(1))));

test.each([
	['much traffic is enough within a look', [stage(100_000, 0.5)], [0.2]],
	['a twentieth of little takes long', [stage(210, 0.05)], [13.7]],
	['a later stage needs requests of its own', [stage(210, 0.25), stage(210, 0.5)], [2.8, 1.5]],
	['nothing at all', [stage(0, 0.5), stage(0, 0.5)], [undefined, undefined]],
	['more than four hours', [stage(2, 0.1)], [undefined]],
] as const)('%s', (_name, stages, expected) => {
	expect(minutesOf(...stages)).toEqual(expected);
});
