import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {benchCases} from './cases.ts';
import {benchmarksPage} from './page.ts';
import {type BenchReport, type CaseResult, type Goal, keepsGoal, pairedRatio, spreadOfSamples} from './result.ts';
import {reportText} from './table.ts';

const sample = (wallMs: number, peakRssMb: number) => ({wallMs, cpuMs: wallMs / 2, peakRssMb, outputBytes: 6, outputLines: 1});
const own = [sample(30, 50), sample(90, 50), sample(33, 50)];
const reference = [sample(60, 40), sample(180, 40), sample(60, 40)];

function result(goal: Goal): CaseResult {
	const ratio = pairedRatio(own, reference);
	return {
		name: 'version',
		title: 'Start',
		goal,
		met: keepsGoal(ratio, goal),
		sides: [
			{title: 'mkcoa --version', samples: own, spread: spreadOfSamples(own), requests: {count: 0, serverMs: 0}},
			{title: 'kubectl version', samples: reference, spread: spreadOfSamples(reference), requests: {count: 2, serverMs: 7.4}, ratio},
		],
		...(keepsGoal(ratio, goal) ? {} : {reason: ['20 of 30 ms loading modules']}),
	};
}
const report = (goal: Goal): BenchReport => ({
	date: '2026-11-25T21:00:00.000Z',
	machine: {cpu: 'Example', cores: 2, memoryGb: 8, kernel: 'Linux 6', busy: 1.21, node: 'v24.21.0', kubernetes: 'v1.36.3', mkcoa: '0.1.0'},
	load: {pods: 10_000, namespaces: 20, podBytes: 7900},
	runs: 3,
	cases: [result(goal)],
	screens: [
		{
			name: 'typing',
			title: 'A key',
			command: 'mkcoa chat',
			goalMs: 16,
			samplesMs: [4, 5, 9],
			spread: {median: 5, min: 4, max: 9},
			met: true,
		},
	],
});

test('compares run by run, so that a slow minute does not count', () => {
	expect(pairedRatio(own, reference).wallMs).toEqual({median: 0.5, min: 0.5, max: 0.55});
});

test.each([
	{goal: {wallMs: 0.5}, met: true},
	{goal: {wallMs: 0.49}, met: false},
	{goal: {wallMs: 0.5, peakRssMb: 1}, met: false},
])('a goal of $goal is met: $met', ({goal, met}) => expect(result(goal).met).toBe(met));

test('prints a row for each side, the goal, and the reason of one that is not met', () => {
	expect(reportText(report({wallMs: 0.3}))).toMatchInlineSnapshot(`
		"2026-11-25, Example, 2 cores, 8 GB, Linux 6, Node v24.21.0, mkcoa 0.1.0, kubectl and control plane v1.36.3, 10,000 pods of 7.9 kB of JSON, 3 runs each, load 1.2 at the end

		command          wall ms      CPU ms      peak MB     requests  time    CPU     memory

		Start [version]
		mkcoa --version  33 (30–90)   17 (15–45)  50 (50–50)
		kubectl version  60 (60–180)  30 (30–90)  40 (40–40)  2 (7 ms)  0.50 ×  0.50 ×  1.25 ×
		  Goal: at most 0.3 × the time: not met.
		  Where one run of mkcoa goes: 20 of 30 ms loading modules.

		A key: mkcoa chat  5.0 (4.0–9.0) ms, at most 16 ms: met [typing]"
	`);
});

test('writes the page with a table of goals and one for each case', () => {
	expect(benchmarksPage(report({wallMs: 0.5}))).toMatchInlineSnapshot(`
		"# Benchmarks

		Build the control plane once, then measure mkcoa beside kubectl on it and write this page anew:

		\`\`\`sh
		npm run cluster:build
		npm run bench -- --write
		\`\`\`

		2026-11-25, Example, 2 cores, 8 GB, Linux 6, Node v24.21.0, mkcoa 0.1.0, kubectl and control plane v1.36.3, 10,000 pods of 7.9 kB of JSON, 3 runs each, load 1.2 at the end.

		Whole processes, their output read through a pipe to its end, in turn (mkcoa, kubectl, kubectl, mkcoa, …) after one round to warm up. Cells are medians with the smallest and the
		largest in brackets; CPU is user and system time; memory is the largest resident set. The last three columns are mkcoa's share of what that command took: the median of the
		ratios run by run. Requests are those of one run, with their time at the server added up.

		| goal | mkcoa takes | time | memory |  |
		| --- | --- | --- | --- | --- |
		| Start | at most 0.5 × the time | 0.50 × | 1.25 × | met |

		## Start

		| command | wall ms | CPU ms | peak MB | requests | time | CPU | memory |
		| --- | --- | --- | --- | --- | --- | --- | --- |
		| \`mkcoa --version\` | 33 (30–90) | 17 (15–45) | 50 (50–50) |  |  |  |  |
		| \`kubectl version\` | 60 (60–180) | 30 (30–90) | 40 (40–40) | 2 (7 ms) | 0.50 × | 0.50 × | 1.25 × |

		Goal: at most 0.5 × the time: met.

		## Screens

		A terminal of 80 by 24: from the start of the process to the first byte of its picture, and from a key to the picture that holds it. Measured alone with
		\`npm run bench -- --only first-frame-home --only first-frame-chat --only typing\`, which needs no control plane.

		| screen | ms | goal |  |
		| --- | --- | --- | --- |
		| A key: \`mkcoa chat\` | 5.0 (4.0–9.0) | at most 16 ms | met |
		"
	`);
});

test('the page of this repository has every case', () => {
	const page = readFileSync(new URL('../../docs/benchmarks.md', import.meta.url), 'utf8');
	const files = {wantedFile: '/a.yaml', fiftyFile: '/b.yaml', freshNamespace: async () => ''};
	for (const {title} of benchCases({mkcoa: ['node'], kubectl: 'kubectl', pods: 10_000, podsPerNamespace: 500, ...files}))
		expect(page).toContain(`## ${title}\n`);
});
