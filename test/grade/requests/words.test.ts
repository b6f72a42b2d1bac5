import {expect, test} from 'vitest';
import {holds, wordTroubles} from './judging/words.ts';

test.each([
	['3개', '3'],
	['1/3', '3'],
	['3.', '3'],
	['(3)', '3'],
	['the Tracker failed', 'tracker'],
	['image=redis:7.4.1, two', 'redis:7.4.1'],
	['traffic goes to 1 and 13 and 3', '3'],
	['없습니다', '없'],
	['cron "*/20 * * * *"', '*/20 * * * *'],
	['3.50', '3.50'],
])('%j holds %j', (text, wanted) => expect(holds(text, wanted)).toBe(true));

test.each([
	['13', '3'],
	['v3', '3'],
	['3.5', '3'],
	['1.3', '3'],
	['3_000', '3'],
	['the tracker', 'track'],
	['backtrack', 'track'],
	['catalog-db2', 'db'],
	['', 'x'],
])('%j does not hold %j', (text, wanted) => expect(holds(text, wanted)).toBe(false));

test('one string of several is enough, and every unwanted one counts', () => {
	expect(wordTroubles('No, they may not', [['없', 'no']], ['yes'])).toEqual([]);
	expect(wordTroubles('yes and no', [['없', 'nein'], 'maybe'], ['yes', ['no', 'nope']])).toEqual([
		'lacks one of ["없","nein"]',
		'lacks "maybe"',
		'holds "yes"',
		'holds one of ["no","nope"]',
	]);
});
