/**
 * How much of a score hangs on the exact value of a constant: `npm run grade:plateaus -- SET [--by 0.75,1.25] [--only NAME,NAME] [--data DIR]`.
 * Grades a set over and over, each time with one constant of the algorithm a quarter smaller or larger, and prints a table. Works on a
 * copy of the sources. A constant that was fitted to the given data falls on both sides; one on a plateau does not.
 */
import {execFileSync} from 'node:child_process';
import {cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';

/** A number of the sources: its file below `src/analysis`, and its name, before which `=` or `:` stands. */
type Constant = {readonly file: string; readonly name: string; readonly figures?: readonly string[]};

const project = join(import.meta.dirname, '../..');
const of = (room: string, names: {readonly [file: string]: string}): readonly Constant[] =>
	Object.entries(names).flatMap(([file, all]) => all.split(' ').map(name => ({file: `${room}/${file}.ts`, name})));

const sets: {readonly [set: string]: {readonly figures: readonly string[]; readonly constants: readonly Constant[]}} = {
	anomalies: {
		figures: ['standard', 'reward_low_FP_rate', 'best_standard', 'falseAlarmsPerWeek'],
		constants: of('anomalies', {
			detector: 'probationRows alarmSeverity prevalence',
			episode: 'episodeRows',
			'episode-length': 'presumedRows weight mostRows',
			'shape-novelty': 'leastShapes',
			stillness: 'leastRepeating',
			tail: 'binsPerUnit halfLife fadesEvery tailShare leastInTail index weight',
		}),
	},
	forecast: {
		figures: ['hourlyOwa', 'hourlyCoverage95', 'weeklyOwa', 'weeklyCoverage95'],
		constants: of('time-series', {
			autoregression: 'ridge valuesPerLag',
			'back-test': 'mostOrigins fewestOrigins fewestKnown',
			calendar: 'fewestSamples',
			combine: 'sharpness leastShare',
			'exponential-smoothing': 'firstCycles firstValues',
			'harmonic-regression': 'mostWaves ridge',
			intervals: 'shared widened',
			'level-shift': 'fewest apart mostCompared abruptPart',
			'nelder-mead': 'reach closeEnough',
			'present-part': 'cyclesLeft',
			seasons: 'fewestCycles mostSeasons nearBest peaksTaken',
		}),
	},
	logs: {
		figures: ['score', 'messageScore'],
		constants: of('log-templates', {
			'group-shapes': 'fewWords',
			layout: 'nearlyAll most fewTimed nearlyTimed nameWords',
			words: 'hexLength',
		}),
	},
};

/** The value in a text, `from` to `to`, and what it is by a factor: a whole number stays one. */
function changed(text: string, name: string, factor: number) {
	const found = new RegExp(`\\b${name}(?: = |: )(\\d[\\d_]*(?:\\.\\d+)?(?:e-?\\d+)?)`).exec(text);
	if (found === null) throw new Error(`there is no number named ${name}`);
	const [whole, digits = ''] = found;
	const before = Number(digits.replaceAll('_', ''));
	const after = Number.isInteger(before) ? moved(before, factor) : Number((before * factor).toPrecision(6));
	const from = found.index + whole.length - digits.length;
	return {before, after, text: `${text.slice(0, from)}${after}${text.slice(from + digits.length)}`};
}

/** By one at least. */
const moved = (whole: number, factor: number) => {
	const rounded = Math.round(whole * factor);
	return rounded === whole ? whole + Math.sign(factor - 1) : rounded;
};

function main() {
	const {values, positionals} = parseArgs({
		allowPositionals: true,
		options: {by: {type: 'string', default: '0.75,1.25'}, only: {type: 'string'}, data: {type: 'string'}},
	});
	const [set = ''] = positionals;
	const plan = Object.hasOwn(sets, set) ? sets[set] : undefined;
	if (plan === undefined) throw new Error(`expected one of ${Object.keys(sets).join(', ')} but got ${set || 'nothing'}`);
	const only = values.only?.split(',');
	const copy = mkdtempSync(join(tmpdir(), 'mkcoa-plateaus-'));
	const say = (cells: readonly (string | number)[]) => process.stdout.write(`| ${cells.join(' | ')} |\n`);
	const grade = () => {
		const shared = process.env.MKCOA_SHARED ?? join(project, '../shared');
		const data = values.data === undefined ? [] : ['--data', values.data];
		const printed = execFileSync(process.execPath, [join(copy, 'test/grade/grade.ts'), set, '--json', ...data], {
			...{env: {...process.env, MKCOA_SHARED: shared}, encoding: 'utf8', maxBuffer: 1e9, stdio: ['ignore', 'pipe', 'inherit']},
		});
		const report = JSON.parse(printed) as {readonly [name: string]: number};
		return plan.figures.map(name => (report[name] ?? Number.NaN).toFixed(4));
	};
	try {
		for (const part of ['src', 'test', 'package.json', 'tsconfig.json']) cpSync(join(project, part), join(copy, part), {recursive: true});
		symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'));
		say(['constant', 'value', ...plan.figures]);
		say(['---', '---', ...plan.figures.map(() => '---')]);
		say(['as it is', '', ...grade()]);
		for (const {file, name} of plan.constants.filter(constant => only?.includes(constant.name) ?? true)) {
			const path = join(copy, 'src/analysis', file);
			const text = readFileSync(path, 'utf8');
			for (const factor of values.by.split(',').map(Number)) {
				const change = changed(text, name, factor);
				writeFileSync(path, change.text);
				say([name, `${change.before} → ${change.after}`, ...grade()]);
			}
			writeFileSync(path, text);
		}
	} finally {
		rmSync(copy, {recursive: true, force: true});
	}
}

main();
