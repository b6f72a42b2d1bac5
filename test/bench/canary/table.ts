import type {Goal} from './goals.ts';
import type {CellResult, Outcome} from './result.ts';
import {rivals} from './rivals.ts';
import {withoutHistory} from './run-counts.ts';

const percent = (part: number) => (part * 100).toFixed(part === 0 || part === 1 ? 0 : part < 0.1 ? 2 : 1);
const pair = (outcome: Outcome | undefined) => (outcome === undefined ? '' : `${percent(outcome.by10)} / ${percent(outcome.by60)}`);
const minutes = (outcome: Outcome | undefined) => (outcome?.medianMinutes === undefined ? '–' : outcome.medianMinutes.toFixed(1));
const row = (columns: readonly string[]) => `| ${columns.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
	[row(head), `|${'---|'.repeat(head.length)}`, ...rows.map(row)].join('\n');

/** Goals, then one table for counts, one for latencies, one for gauges; in Markdown. Parts are per cent called bad by minute 10 and by minute 60. */
export function canaryTables(
	results: readonly CellResult[],
	goals: readonly Goal[],
	{runs, seed}: {readonly runs: number; readonly seed: number},
): string {
	return [
		`${runs} runs a cell, seed ${seed}, a look every 10 seconds for 60 minutes.`,
		table(
			['goal', 'measured', 'met'],
			goals.map(({goal, measured, met}) => [goal, measured, met ? 'yes' : 'no']),
		),
		countsTable(results.filter(({cell}) => cell.kind === 'counts')),
		latencyTable(results.filter(({cell}) => cell.kind === 'latency')),
		gaugeTable(results.filter(({cell}) => cell.kind === 'gauge')),
	].join('\n\n');
}

const judgeOf = ({outcomes}: CellResult, name: string) => outcomes.find(({judge}) => judge === name);

function countsTable(results: readonly CellResult[]): string {
	const others = Object.keys(rivals);
	return table(
		['errors', 'it is', 'stable a minute', 'mkcoa', 'its median', withoutHistory, 'best median', ...others],
		results.map(result => [
			result.cell.name,
			result.cell.is,
			String(result.cell.traffic.stable),
			pair(judgeOf(result, 'mkcoa')),
			minutes(judgeOf(result, 'mkcoa')),
			pair(judgeOf(result, withoutHistory)),
			judgeOf(result, 'best for this alternative') === undefined ? '' : minutes(judgeOf(result, 'best for this alternative')),
			...others.map(name => pair(judgeOf(result, name))),
		]),
	);
}

function latencyTable(results: readonly CellResult[]): string {
	const quantiles = ['p50', 'p95', 'p99'];
	return table(
		['latency', 'stable a minute', ...quantiles.flatMap(name => [`mkcoa ${name}`, 'its median', `Kayenta ${name}`])],
		results.map(result => [
			result.cell.name,
			String(result.cell.traffic.stable),
			...quantiles.flatMap(name => [
				pair(judgeOf(result, `mkcoa ${name}`)),
				minutes(judgeOf(result, `mkcoa ${name}`)),
				pair(judgeOf(result, `Kayenta ${name}`)),
			]),
		]),
	);
}

const gaugeTable = (results: readonly CellResult[]) =>
	table(
		['gauge', 'mkcoa', 'its median'],
		results.map(result => [result.cell.name, pair(judgeOf(result, 'mkcoa')), minutes(judgeOf(result, 'mkcoa'))]),
	);
