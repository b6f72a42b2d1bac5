/**
 * Forecasts 1,000 series of 700 hourly values with mkcoa and with statsforecast's AutoETS (from PyPI), each on one core, one after the other, and prints time and accuracy:
 * `npm run bench:forecast -- [--series N] [--seed N] [--data FOLDER] [--json FILE]`. `--data` takes the series of `hourly-train.csv` there (M4) instead of simulated ones.
 * AutoETS is left out, with the reason, where there is no Python or no network.
 */
import {writeFileSync} from 'node:fs';
import {cpus, loadavg} from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {mean} from '../../src/analysis/statistics/summary.ts';
import {forecast} from '../../src/analysis/time-series/forecast.ts';
import {benchmarks} from '../grade/forecast/benchmarks.ts';
import {coverage, mase, meanErrors, smape} from '../grade/forecast/scores.ts';
import {readSeries} from '../grade/forecast/series.ts';
import {autoEts} from './forecast/auto-ets.ts';
import {type World, worlds} from './forecast/worlds.ts';

const length = 700;
const horizon = 48;
const season = 24;

/** What one side says of a series. */
type Said = {readonly median: readonly number[]; readonly low95: readonly number[]; readonly high95: readonly number[]};

/** A side's time and how right it was; errors are means over the series. */
type Side = {readonly name: string; readonly seconds: number; readonly smape: number; readonly mase: number; readonly kept95: number};

const processorSeconds = () => process.cpuUsage().user / 1e6;

function ours(all: readonly World[]): {readonly seconds: number; readonly forecasts: readonly Said[]} {
	const start = processorSeconds();
	const forecasts = all.map(({past, future}) => {
		const result = forecast(past, {horizon: future.length, stepSeconds: 3600});
		const steps = result.kind === 'forecast' ? result.steps : [];
		return {median: steps.map(({median}) => median), low95: steps.map(({low95}) => low95), high95: steps.map(({high95}) => high95)};
	});
	return {seconds: processorSeconds() - start, forecasts};
}

function sideOf(name: string, seconds: number, all: readonly World[], said: readonly Said[]): Side {
	const judged = all.map(({past, future}, index) => {
		const {median = [], low95 = [], high95 = []} = said[index] ?? {};
		const intervals = low95.map((low, step) => ({low, high: high95[step] ?? Number.NaN}));
		return {smape: smape(future, median), mase: mase(past, future, median, season), kept: coverage(future, intervals, 1).kept};
	});
	return {name, seconds, ...meanErrors(judged), kept95: mean(judged.map(({kept}) => kept))};
}

const line = ({name, seconds, smape: relative, mase: scaled, kept95}: Side) =>
	`${name}: ${seconds.toFixed(1)} s of processor time, sMAPE ${relative.toFixed(3)}, MASE ${scaled.toFixed(3)}, ${(100 * kept95).toFixed(1)} % within the bounds of 95 %`;

async function main() {
	const {values} = parseArgs({
		options: {
			series: {type: 'string', default: '1000'},
			seed: {type: 'string', default: '20261128'},
			data: {type: 'string'},
			json: {type: 'string'},
		},
	});
	const [count, seed] = [Number(values.series), Number(values.seed)];
	if (!Number.isInteger(count) || count < 1 || !Number.isInteger(seed))
		throw new Error('--series and --seed are whole numbers, --series at least 1');
	const all =
		values.data === undefined
			? worlds(count, length, horizon, seed)
			: readSeries(join(values.data, 'hourly-train.csv'))
					.slice(0, count)
					.map(({training, truth}) => ({kind: 'M4', past: training, future: truth}));
	const sides: Side[] = [];
	const add = (side: Side) => {
		sides.push(side);
		process.stdout.write(`${line(side)}\n`);
	};
	process.stdout.write(
		`${all.length} series, ${cpus()[0]?.model ?? 'unknown processor'}, load ${(loadavg()[0] ?? 0).toFixed(1)}, node ${process.version}\n`,
	);
	const naive = all.map(({past, future}) => [...benchmarks.seasonalNaive(past, future.length, season)]);
	add(
		sideOf(
			'seasonal naive',
			0,
			all,
			naive.map(median => ({median, low95: median, high95: median})),
		),
	);
	const mine = ours(all);
	add(sideOf('mkcoa', mine.seconds, all, mine.forecasts));
	try {
		const theirs = await autoEts({season, horizon, series: all.map(({past}) => past)});
		add(sideOf(`AutoETS (statsforecast ${theirs.version})`, theirs.seconds, all, theirs.forecasts));
		process.stdout.write(`mkcoa takes ${(mine.seconds / theirs.seconds).toFixed(2)} times as long\n`);
	} catch (error) {
		process.stdout.write(`AutoETS left out: ${(error instanceof Error ? error.message : String(error)).split('\n')[0]}\n`);
	}
	if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({series: all.length, seed, horizon, sides}, null, '\t')}\n`);
}

await main();
