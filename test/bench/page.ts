import type {BenchReport, CaseResult} from './result.ts';
import {aboutReport, caseRemarks, goalText, headers, screenHeaders, screenRow, sideRow} from './table.ts';

const row = (cells: readonly string[]) => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
	[row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

const section = (one: CaseResult) => `## ${one.title}

${table(
	headers,
	one.sides.map(side => {
		const [title = '', ...cells] = sideRow(side);
		return [`\`${title}\``, ...cells];
	}),
)}
${caseRemarks(one)
	.map(text => `\n${text}\n`)
	.join('')}`;

const share = (value: number | undefined) => (value === undefined ? '' : `${value.toFixed(2)} ×`);

function goalRow({title, goal, met, sides}: CaseResult): readonly (readonly string[])[] {
	if (goal === undefined) return [];
	const ratio = sides[1]?.ratio;
	return [[title, goalText(goal), share(ratio?.wallMs.median), share(ratio?.peakRssMb.median), met === true ? 'met' : '**not met**']];
}

/** What a person at a screen waits for. */
const screensSection = ({screens}: BenchReport) => `## Screens

A terminal of 80 by 24: from the start of the process to the first byte of its picture, and from a key to the picture that holds it. Measured alone with
\`npm run bench -- --only first-frame-home --only first-frame-chat --only typing\`, which needs no control plane.

${table(
	screenHeaders,
	screens.map(one => [`${one.title}: \`${one.command}\``, ...screenRow(one)]),
)}
`;

/** `docs/benchmarks.md`, whole. Every number comes from the report. */
export function benchmarksPage(report: BenchReport): string {
	return `# Benchmarks

Build the control plane once, then measure mkcoa beside kubectl on it and write this page anew:

\`\`\`sh
npm run cluster:build
npm run bench -- --write
\`\`\`

${aboutReport(report)}.

Whole processes, their output read through a pipe to its end, in turn (mkcoa, kubectl, kubectl, mkcoa, …) after one round to warm up. Cells are medians with the smallest and the
largest in brackets; CPU is user and system time; memory is the largest resident set. The last three columns are mkcoa's share of what that command took: the median of the
ratios run by run. Requests are those of one run, with their time at the server added up.

${table(['goal', 'mkcoa takes', 'time', 'memory', ''], report.cases.flatMap(goalRow))}

${report.cases.map(section).join('\n')}
${screensSection(report)}`;
}
