import {expect, test} from 'vitest';
import {settledLength} from '../../../../src/core/text/markdown/markdown-blocks.ts';
import {markdownLines} from '../../../../src/core/text/markdown/markdown-lines.ts';
import {lineText, lineWidth} from '../../../../src/core/text/styled.ts';

const drawn = (text: string, width = 40) => markdownLines(text, width).map(lineText).join('\n');

const answer = `## Why web fails
The image \`shop/web:1.43\` **does not exist**; see [the registry](https://registry.example/shop).


- it was pushed as 1.43.0, and nobody told the people who write manifests
  - twice
1. fix the tag
> words of the pod

\`\`\`yaml
image: shop/web:1.43.0

replicas: 3
\`\`\`
2 * 3 * 4 and a_b_c stay
`;

test('headings, lists, quotes, code and links are told without their signs', () => {
	expect(drawn(answer)).toMatchInlineSnapshot(`
		"Why web fails
		The image shop/web:1.43 does not exist;
		see the registry
		(https://registry.example/shop).

		- it was pushed as 1.43.0, and nobody
		  told the people who write manifests
		  - twice
		1. fix the tag
		| words of the pod

		    image: shop/web:1.43.0

		    replicas: 3
		2 * 3 * 4 and a_b_c stay"
	`);
});

test('a table stands side by side where it fits, and row by row where it does not', () => {
	const table = '| Pod | Restarts | Reason |\n|---|---:|---|\n| web-1 | 3 | OOMKilled |\n| 주문-2 | 0 | |';
	expect(drawn(table)).toMatchInlineSnapshot(`
		"Pod      Restarts   Reason
		web-1    3          OOMKilled
		주문-2   0"
	`);
	expect(drawn(table, 20)).toMatchInlineSnapshot(`
		"Pod: web-1
		Restarts: 3
		Reason: OOMKilled

		Pod: 주문-2
		Restarts: 0"
	`);
});

test.each([
	['**not closed', '**not closed'],
	['`code', '`code'],
	['[a](b', '[a](b'],
	['```\nhalf', '    half'],
	['| a | b |', '| a | b |'],
	['\u001B[31mred\u001B[0m\u202E', 'red'],
	['', ''],
])('%j is drawn as %j', (text, expected) => {
	expect(drawn(text)).toBe(expected);
});

test.each([20, 40, 80])('no line is wider than %i columns', width => {
	const long = `${answer}\n${'긴말'.repeat(40)} ${'x'.repeat(200)}\n| ${'h'.repeat(50)} | b |\n|--|--|\n| ${'c'.repeat(90)} | d |`;
	for (const line of markdownLines(long, width)) expect(lineWidth(line)).toBeLessThanOrEqual(width);
});

test('bold words and code keep their tone over a line break', () => {
	const lines = markdownLines('a **bold word** or `code here` now', 8);
	expect(
		lines
			.flat()
			.filter(({tone}) => tone === 'strong')
			.map(({text}) => text),
	).toEqual(['bold', 'word']);
	expect(
		lines
			.flat()
			.filter(({tone}) => tone === 'accent')
			.map(({text}) => text),
	).toEqual(['code', 'here']);
});

test.each([
	['one', 0],
	['one\n', 0],
	['one\n\n', 5],
	['one\n\ntwo\n', 5],
	['```\na\n\nb', 0],
	['```\na\n\nb\n```\n\n', 14],
])('of %j the first %i letters are settled', (text, length) => {
	expect(settledLength(text)).toBe(length);
});

test('a line of openings is searched in a moment', () => {
	// The processor's time: a busy machine makes the other one longer. Looking from each opening to the end would take minutes of it.
	const before = process.cpuUsage();
	markdownLines('[`**'.repeat(20_000), 80);
	expect(process.cpuUsage(before).user / 1000).toBeLessThan(2000);
});
