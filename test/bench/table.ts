import type {BenchReport, CaseResult, Goal, Quantity, SideResult} from './result.ts';
import type {ScreenResult} from './screens.ts';
import type {Spread} from './statistics.ts';

export const headers = ['command', 'wall ms', 'CPU ms', 'peak MB', 'requests', 'time', 'CPU', 'memory'] as const;

const spread = ({median, min, max}: Spread) => `${number(median)} (${number(min)}–${number(max)})`;
const number = (value: number) => (value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en'));

/** Of what the side takes: `0.25 ×` means that mkcoa took a quarter of it. */
const share = ({ratio}: SideResult, quantity: Quantity) => (ratio === undefined ? '' : `${ratio[quantity].median.toFixed(2)} ×`);

export const screenHeaders = ['screen', 'ms', 'goal', ''] as const;

/** What a person at a terminal waits for. */
export const screenRow = ({spread: found, goalMs, met}: ScreenResult): readonly string[] => [
	spread(found),
	`at most ${goalMs} ms`,
	met ? 'met' : 'not met',
];

export const screenText = (one: ScreenResult) =>
	`${one.title}: ${one.command}  ${screenRow(one)[0]} ms, ${screenRow(one).slice(1).join(': ')} [${one.name}]`;

/** One row for each side; the last three cells say what share of that side mkcoa took. */
export const sideRow = (side: SideResult): readonly string[] => [
	side.title,
	spread(side.spread.wallMs),
	spread(side.spread.cpuMs),
	spread(side.spread.peakRssMb),
	side.requests.count === 0 ? '' : `${side.requests.count} (${Math.round(side.requests.serverMs)} ms)`,
	share(side, 'wallMs'),
	share(side, 'cpuMs'),
	share(side, 'peakRssMb'),
];

export const goalText = ({wallMs, peakRssMb}: Goal) =>
	[wallMs === undefined ? '' : `at most ${wallMs} × the time`, peakRssMb === undefined ? '' : `at most ${peakRssMb} × the memory`]
		.filter(Boolean)
		.join(' and ');

/** What is said of a case below its rows. */
export const caseRemarks = ({goal, met, remark, reason}: CaseResult): readonly string[] => [
	...(goal === undefined ? [] : [`Goal: ${goalText(goal)}: ${met === true ? 'met' : 'not met'}.`]),
	...(remark === undefined ? [] : [remark]),
	...(reason === undefined ? [] : [`Where one run of mkcoa goes: ${reason.join(', ')}.`]),
];

/** The line that says what was measured on what. */
export const aboutReport = ({date, machine, load, runs}: BenchReport) =>
	`${date.slice(0, 10)}, ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.kernel}, Node ${machine.node}, mkcoa ${machine.mkcoa}, kubectl and control plane ${machine.kubernetes}, ${load.pods.toLocaleString('en')} pods of ${(load.podBytes / 1000).toFixed(1)} kB of JSON, ${runs} runs each, load ${machine.busy.toFixed(1)} at the end`;

/** Aligned columns for a terminal or a log. */
export function reportText(report: BenchReport): string {
	const rows = report.cases.flatMap(({sides}) => sides.map(sideRow));
	const widths = headers.map((header, column) => Math.max(...[headers, ...rows].map(row => row[column]?.length ?? header.length)));
	const line = (cells: readonly string[]) =>
		cells
			.map((cell, column) => cell.padEnd(widths[column] ?? 0))
			.join('  ')
			.trimEnd();
	const screens = report.screens.map(screenText);
	const blocks = report.cases.map(one =>
		[`${one.title} [${one.name}]`, ...one.sides.map(side => line(sideRow(side))), ...caseRemarks(one).map(text => `  ${text}`)].join('\n'),
	);
	const compared = blocks.length === 0 ? [] : ['', line(headers), '', blocks.join('\n\n')];
	return [aboutReport(report), ...compared, ...(screens.length === 0 ? [] : ['', ...screens])].join('\n');
}
