/**
 * Lines per second of the log miner beside Python's Drain3, one after the other on the same lines: `npm run bench:logs -- [--lines N]
 * [--rounds N]`. Seconds are the processor's, of all threads, so that what else runs on the machine does not count. The lines are those
 * of the shared data, each system by itself, or the project's own where there are none. Both get whole lines and no configuration.
 * Drain3 is installed from PyPI into the cache; where that cannot be, a sentence says so.
 */
import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {cpus, tmpdir} from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {logMiner} from '../../src/analysis/log-templates/log-miner.ts';
import {linesOf, writtenSystems} from '../analysis/log-templates/written-systems.ts';
import {type Drain3, installDrain3} from './logs/drain3.ts';

/** Times as many lines per second as Drain3 that are wanted. */
const goal = 5;
const shared = join(process.env.MKCOA_SHARED ?? join(import.meta.dirname, '../../../shared'), 'data/monitoring/log-templates');
const say = (line: string) => process.stdout.write(`${line}\n`);

type Log = {readonly name: string; readonly lines: readonly string[]};

function logs(): readonly Log[] {
	if (!existsSync(shared))
		return Object.entries(writtenSystems).map(([name, system]) => ({name, lines: linesOf(system, 2000).map(({text}) => text)}));
	const files = readdirSync(shared).filter(file => file.endsWith('.log'));
	return files
		.sort()
		.map(file => ({name: file.replace('.log', ''), lines: readFileSync(join(shared, file), 'utf8').trimEnd().split('\n')}));
}

/** The lines over and over, until there are as many as asked for. */
const repeated = (lines: readonly string[], count: number) => Array.from({length: count}, (_, index) => lines[index % lines.length] ?? '');

function ownSeconds(lines: readonly string[]): number {
	const started = process.cpuUsage();
	const miner = logMiner();
	const source = miner.source();
	for (const line of lines) source.add(line);
	miner.templates();
	const {user, system} = process.cpuUsage(started);
	return (user + system) / 1e6;
}

function drain3(): Drain3 | string {
	try {
		return installDrain3();
	} catch (error) {
		return `Drain3 is not measured, as it could not be installed: ${(error instanceof Error ? error.message : String(error)).split('\n')[0]}`;
	}
}

const perSecond = (lines: number, seconds: number) => Math.round(lines / seconds).toLocaleString('en');
const best = (rounds: number, measure: () => number) => Math.min(...Array.from({length: rounds}, measure));

function main() {
	const {values} = parseArgs({options: {lines: {type: 'string', default: '100000'}, rounds: {type: 'string', default: '3'}}});
	const [count, rounds] = [Number(values.lines), Number(values.rounds)];
	if (!(Number.isInteger(count) && count > 0 && Number.isInteger(rounds) && rounds > 0))
		throw new Error('--lines and --rounds are whole numbers above 0');
	const other = drain3();
	const folder = mkdtempSync(join(tmpdir(), 'mkcoa-bench-logs-'));
	const totals = {lines: 0, own: 0, other: 0};
	const ratios: number[] = [];
	say(
		`${count} lines of each, the best of ${rounds} rounds; node ${process.version}, ${cpus()[0]?.model ?? 'unknown'}${typeof other === 'string' ? '' : `, Drain3 ${other.version}`}`,
	);
	try {
		for (const {name, lines} of logs()) {
			const many = repeated(lines, count);
			const file = join(folder, 'lines.log');
			writeFileSync(file, `${many.join('\n')}\n`);
			const own = best(rounds, () => ownSeconds(many));
			const theirs = typeof other === 'string' ? undefined : best(rounds, () => other.secondsFor(file));
			totals.lines += count;
			totals.own += own;
			totals.other += theirs ?? 0;
			if (theirs !== undefined) ratios.push(theirs / own);
			const beside = theirs === undefined ? '' : `, Drain3 ${perSecond(count, theirs)}: ${(theirs / own).toFixed(1)} times`;
			say(`${name}: ${perSecond(count, own)} lines/s${beside}`);
		}
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
	say(`all: ${perSecond(totals.lines, totals.own)} lines/s${typeof other === 'string' ? `. ${other}` : ''}`);
	if (typeof other === 'string') return;
	const ratio = totals.other / totals.own;
	// One system on which the other is slow makes the ratio of the sums.
	const typical = Math.exp(ratios.reduce((sum, each) => sum + Math.log(each), 0) / ratios.length);
	say(
		`Drain3 ${perSecond(totals.lines, totals.other)} lines/s: ${ratio.toFixed(1)} times, ${typical.toFixed(1)} in the geometric mean, at least ${Math.min(...ratios).toFixed(1)} (goal ${goal}: ${Math.min(ratio, typical) >= goal ? 'met' : 'missed'})`,
	);
}

main();
