import {describe, expect, test} from 'vitest';
import {type Course, follow} from '../../../../src/analysis/detection/live/course.ts';
import {manualClock} from '../../../support/manual-clock.ts';

type Severity = 'low' | 'medium' | 'high' | 'critical';
/** At a second, what is wrong: severities by key. */
type Look = readonly [second: number, wrong: {readonly [key: string]: Severity}];

/** Looks at the given seconds, and whenever the course says that it is due in between; answers what was told, with the second. */
async function told(looks: readonly Look[], earlier?: 'known'): Promise<readonly string[]> {
	const clock = manualClock(0);
	const lines: string[] = [];
	type Item = {readonly key: string; readonly severity: Severity};
	const known = {
		seen: {key: 'a', severity: 'high'},
		firstMs: -600_000,
		isThere: true,
		turnedMs: -600_000,
		times: 1,
		told: 'nothing',
		toldSeverity: 'high',
		isKnown: true,
	} as const;
	let course: Course<Item> = new Map(earlier === undefined ? [] : [['a', known]]);
	let wrong: readonly Item[] = [];
	let cancel = () => {};
	const look = () => {
		cancel();
		const step = follow(course, wrong, clock.now());
		course = step.course;
		for (const {kind, seen, times, lastedMs} of step.news)
			lines.push(`${clock.now() / 1000} ${kind} ${seen.key} ${seen.severity} ${lastedMs / 1000}s${times > 1 ? ` x${times}` : ''}`);
		if (step.dueMs !== undefined) cancel = clock.schedule(step.dueMs - clock.now(), look);
	};
	for (const [second, now] of looks) {
		await clock.advance(second * 1000 - clock.now());
		wrong = Object.entries(now).map(([key, severity]) => ({key, severity}));
		look();
	}
	await clock.advance(600_000);
	return lines;
}

const there = {a: 'high'} as const;
const rows: readonly (readonly [name: string, looks: readonly Look[], lines: readonly string[]])[] = [
	[
		'tells what comes and what goes at once',
		[
			[0, there],
			[42, {}],
		],
		['0 raised a high 0s', '42 healed a high 42s'],
	],
	[
		'tells nothing while it stays',
		[
			[0, there],
			[5, there],
			[300, there],
		],
		['0 raised a high 0s'],
	],
	[
		'tells that it grew graver, and not that it grew less grave',
		[
			[0, {a: 'medium'}],
			[5, {a: 'critical'}],
			[9, {a: 'low'}],
			[12, {a: 'critical'}],
		],
		['0 raised a medium 0s', '5 graver a critical 5s'],
	],
	[
		'keeps two apart',
		[
			[0, there],
			[3, {a: 'high', b: 'low'}],
			[9, {b: 'low'}],
		],
		['0 raised a high 0s', '3 raised b low 0s', '9 healed a high 9s'],
	],
	[
		'counts what comes back within a minute, and tells that it stayed',
		[
			[0, there],
			[10, {}],
			[20, there],
		],
		['0 raised a high 0s', '10 healed a high 10s', '80 still a high 80s x2'],
	],
	[
		'tells at once what comes back graver',
		[
			[0, there],
			[10, {}],
			[20, {a: 'critical'}],
		],
		['0 raised a high 0s', '10 healed a high 10s', '20 graver a critical 20s x2'],
	],
	[
		'says nothing of a flapping that ends as it was told',
		[
			[0, there],
			[10, {}],
			[20, there],
			[30, {}],
			[40, there],
			[50, {}],
		],
		['0 raised a high 0s', '10 healed a high 10s'],
	],
	[
		'says of a flapping that goes for good that it went',
		[
			[0, there],
			[10, {}],
			[20, there],
			[90, {}],
			[100, there],
			[110, {}],
		],
		['0 raised a high 0s', '10 healed a high 10s', '80 still a high 80s x2', '170 healed a high 110s x3'],
	],
	[
		'takes what comes after more than a minute for another',
		[
			[0, there],
			[10, {}],
			[71, there],
		],
		['0 raised a high 0s', '10 healed a high 10s', '71 raised a high 0s'],
	],
	[
		'takes what comes exactly a minute later for another',
		[
			[0, there],
			[10, {}],
			[70, there],
		],
		['0 raised a high 0s', '10 healed a high 10s', '70 raised a high 0s'],
	],
];

describe('follow', () => {
	test.each(rows)('%s', async (_, looks, lines) => {
		expect(await told(looks)).toEqual(lines);
	});

	test('tells of one that an earlier watch left open that it is still there', async () => {
		expect(
			await told(
				[
					[0, there],
					[5, {}],
				],
				'known',
			),
		).toEqual(['0 still a high 600s', '5 healed a high 605s']);
	});

	test('tells of one that an earlier watch left open that it went meanwhile, and forgets it', async () => {
		expect(
			await told(
				[
					[0, {}],
					[100, there],
				],
				'known',
			),
		).toEqual(['0 healed a high 600s', '100 raised a high 0s']);
	});
});
