import fc from 'fast-check';
import {expect, test} from 'vitest';
import {logMiner} from '../../../src/analysis/log-templates/log-miner.ts';
import {wordsOf} from '../../../src/analysis/log-templates/words.ts';
import {cpuMs} from '../../support/cpu-time.ts';

function mine(lines: Iterable<string>, capacity?: number) {
	const miner = logMiner(capacity === undefined ? {} : {capacity});
	const source = miner.source();
	for (const line of lines) source.add(line);
	return miner.templates();
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/** Lines of the alphabet that masks, headers and traces are made of, so that all branches are met. */
const pieces = fc.array(
	fc.constantFrom(
		' ',
		'  ',
		'\t',
		'[',
		']',
		'(',
		')',
		'{',
		'}',
		'"',
		"'",
		'=',
		':',
		',',
		'.',
		'..',
		'-',
		'|',
		'/',
		'\\',
		'<',
		'>',
		'@',
		'0',
		'1',
		'7f',
		'x',
		'user',
		'ERROR',
		'at ',
		'Caused by: ',
		'Traceback (most recent call last):',
		'2026-01-02T03:04:05Z',
		'Jul  9 12:16:49',
		'\u0000',
		'\u001b[31m',
		'é',
		'😀',
	),
	{maxLength: 30},
);
const line = fc.oneof(
	pieces.map(parts => parts.join('')),
	fc.string({unit: 'binary', maxLength: 60}),
);
const log = fc.array(line, {maxLength: 200});

test('every line is counted once, whatever the lines are', () => {
	fc.assert(
		fc.property(log, fc.constantFrom(4, 20, 10_000), (lines, capacity) => {
			const {templates, records, forgotten} = mine(lines, capacity);
			expect(sum(templates.map(({count}) => count)) + forgotten.lines).toBe(records);
			expect(records + sum(templates.map(({moreLines}) => moreLines))).toBeLessThanOrEqual(lines.length);
			if (forgotten.templates === 0) expect(records + sum(templates.map(({moreLines}) => moreLines))).toBe(lines.length);
			expect(templates.length).toBeLessThanOrEqual(capacity);
		}),
	);
});

test('the order of lines does not change what is counted', () => {
	const words = fc.constantFrom('user alice in', 'user bob in', 'user 7 in', 'disk full', 'took 5 ms', 'took 9 s', 'closed', 'opened');
	fc.assert(
		fc.property(fc.array(words, {maxLength: 60}), fc.infiniteStream(fc.nat()), (lines, numbers) => {
			const keyed = lines.map(text => ({text, key: numbers.next().value ?? 0}));
			const shuffled = keyed.sort((one, other) => one.key - other.key).map(({text}) => text);
			const counts = (all: readonly string[]) =>
				mine(all)
					.templates.map(({template, count}) => `${count} ${template}`)
					.sort();
			expect(counts(shuffled)).toEqual(counts(lines));
		}),
	);
});

test('words hold no space, and no control character', () => {
	fc.assert(
		fc.property(line, text => {
			for (const word of wordsOf(text)) expect([...word].every(character => character > ' ' && character !== '\u007f')).toBe(true);
		}),
	);
});

test.each([
	['letters without a space', 'a'.repeat(1_000_000)],
	['digits', '1'.repeat(1_000_000)],
	['spaces', ' '.repeat(1_000_000)],
	['opening brackets', '['.repeat(1_000_000)],
	['quotes', '"\\'.repeat(500_000)],
	['an open JSON object', `{"a":${'['.repeat(1_000_000)}`],
	['pairs of logfmt', 'a=b '.repeat(250_000)],
	['an open quote of logfmt', `a="${'\\"'.repeat(500_000)}`],
	['dots', '.'.repeat(1_000_000)],
	['alternating letters and digits', 'a1'.repeat(500_000)],
	['a Java name', 'a.'.repeat(500_000)],
	['calls', 'f('.repeat(500_000)],
	['indented', `${' '.repeat(500_000)}at`],
	['dates', '2026-01-01T00:00:00'.repeat(50_000)],
	['weekdays', 'Mon, '.repeat(200_000)],
])('a line of 1 MB of %s takes no longer than its length', (_name, text) => {
	const started = cpuMs();
	const {templates, records} = mine([text, text, `${text}x`, '', text]);
	expect(cpuMs() - started).toBeLessThan(1000);
	expect(sum(templates.map(({count}) => count))).toBe(records);
	// What is kept of it is short.
	for (const {template, first, last} of templates) expect(Math.max(first.length, last.length, template.length)).toBeLessThanOrEqual(5000);
});

test('100,000 lines that never come again stay within the bound, and what was forgotten is counted', () => {
	const word = (number: number) => [...String(number)].map(digit => 'abcdefghij'[Number(digit)]).join('');
	const lines = Array.from({length: 100_000}, (_, index) => `${word(index)} ${word(index * 7)} ${word(index * 13)}`);
	const {templates, records, forgotten} = mine(lines, 1000);
	expect(records).toBe(100_000);
	expect(templates.length).toBeLessThanOrEqual(1000);
	expect(forgotten.lines).toBe(100_000 - sum(templates.map(({count}) => count)));
	expect(forgotten.templates).toBeGreaterThan(90_000);
});

test('what comes often survives a flood of what comes once', () => {
	const word = (number: number) => [...String(number)].map(digit => 'abcdefghij'[Number(digit)]).join('');
	const lines = Array.from({length: 20_000}, (_, index) => (index % 10 === 0 ? `heartbeat ${index}` : `${word(index)} ${word(index * 7)}`));
	const {templates} = mine(lines, 500);
	expect(templates.find(({template}) => template === 'heartbeat <*>')?.count).toBe(2000);
});

test('a million equal lines are one template', () => {
	const {templates} = mine(
		(function* () {
			for (let index = 0; index < 1_000_000; index++) yield 'still here';
		})(),
	);
	expect(templates).toMatchObject([{template: 'still here', count: 1_000_000, share: 1}]);
});

test('nothing has no template', () => {
	expect(mine([])).toEqual({templates: [], records: 0, errors: 0, levelled: 0, forgotten: {templates: 0, lines: 0}});
	expect(mine(['', '']).templates).toMatchObject([{template: '', count: 2}]);
});
