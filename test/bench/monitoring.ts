/**
 * Ten thousand series of thirty days in a real Prometheus, asked by the tools again and again: `npm run bench:monitoring -- [--series N]
 * [--days N] [--step SECONDS] [--rounds N]`. Prints time, requests and what is held after each round; ends with 1 where it grows. The
 * Prometheus is that of `npm run cluster:build`, and promtool writes what it holds: about a minute for each four million samples.
 */
import {cpus, loadavg} from 'node:os';
import {parseArgs} from 'node:util';
import {capacityForecast} from '../../src/agents/monitoring/tools/capacity-forecast.ts';
import {metricsCollect} from '../../src/agents/monitoring/tools/metrics-collect.ts';
import {anomaliesIn} from '../../src/analysis/anomalies/anomalies-in.ts';
import {systemClock} from '../../src/core/clock.ts';
import {outsideSender} from '../../src/main/outside-sender.ts';
import type {Send} from '../../src/mcp/monitoring/http/send.ts';
import type {MetricsServer} from '../../src/mcp/monitoring/port.ts';
import {prometheusAt} from '../../src/mcp/monitoring/prometheus/prometheus-at.ts';
import {besideNothing} from '../cluster/beside.ts';
import {startPrometheus} from '../cluster/prometheus.ts';
import {heapUsed} from '../support/heap-used.ts';
import {groupSize, type ManySeries, writeManySeries} from './monitoring/many-series.ts';
import {questionsOf} from './monitoring/questions.ts';

/** What is held may differ by so much from round to round without growing: compiled code, and what the runtime keeps. */
const slackBytes = 8 * 2 ** 20;
const say = (line: string) => process.stdout.write(`${line}\n`);
const mib = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MiB`;

/** Groups whose series are searched in one round; the next round takes the next ones. */
const groupsAtOnce = 2;
/** No range has more than two million values: where the samples of a group are more, some are passed over. */
const mostValues = 1_500_000;

/** A group at a time: nobody holds more than one. */
async function anomaliesOf(metrics: MetricsServer, {series, days, stepSeconds, endSeconds}: ManySeries, round: number): Promise<string> {
	const every = Math.ceil((days * 86_400 * groupSize) / mostValues / stepSeconds);
	const range = {fromMs: (endSeconds - days * 86_400) * 1000, toMs: endSeconds * 1000, stepMs: every * stepSeconds * 1000};
	let [points, anomalies] = [0, 0];
	const groups = Math.ceil(series / groupSize);
	for (let at = 0; at < Math.min(groups, groupsAtOnce); at++) {
		const {value} = await metrics.range(`load{group="${((round - 1) * groupsAtOnce + at) % groups}"}`, range);
		for (const one of value) {
			points += one.points.length;
			anomalies += anomaliesIn(one.points.map(({atMs, value: number}) => [atMs, number] as const)).length;
		}
	}
	return `${points} points, ${anomalies} anomalies`;
}

async function main() {
	const {values} = parseArgs({
		options: {
			series: {type: 'string', default: '10000'},
			days: {type: 'string', default: '30'},
			step: {type: 'string', default: '3600'},
			rounds: {type: 'string', default: '4'},
		},
	});
	const [series = 0, days = 0, stepSeconds = 0, rounds = 0] = [values.series, values.days, values.step, values.rounds].map(Number);
	if (![series, days, stepSeconds, rounds].every(number => Number.isInteger(number) && number > 0) || rounds < 2)
		throw new Error('--series, --days and --step are whole numbers above 0, --rounds above 1');
	const many = {series, days, stepSeconds, endSeconds: Math.floor(Date.now() / 1000 / stepSeconds) * stepSeconds};
	say(
		`${series} series of ${days} days, a sample each ${stepSeconds} s; ${cpus()[0]?.model}, load ${loadavg()[0]?.toFixed(0)}, node ${process.version}`,
	);
	const beside = await besideNothing();
	try {
		let started = performance.now();
		const data = await writeManySeries(many, beside);
		const {url} = await startPrometheus(beside, {data});
		say(`written in ${((performance.now() - started) / 1000).toFixed(0)} s`);
		let [requests, bytes] = [0, 0];
		const send = await outsideSender(new URL(url), {});
		const counting: Send = async request => {
			requests += 1;
			const answer = await send(request);
			const counted = async function* () {
				for await (const chunk of answer.body) {
					bytes += chunk.length;
					yield chunk;
				}
			};
			return {...answer, body: counted()};
		};
		const found = await prometheusAt(url, {
			sender: async () => counting,
			learn() {},
			clock: systemClock(),
			signal: AbortSignal.timeout(3_600_000),
		});
		if (found.metrics === undefined) throw new Error(found.why);
		const {metrics} = found;
		const questions = [
			...questionsOf(metrics, {metricsCollect, capacityForecast}, days),
			{
				name: `anomalies of ${Math.min(series, groupsAtOnce * groupSize)} series, others each round`,
				ask: (round: number) => anomaliesOf(metrics, many, round),
			},
		];
		const held: number[] = [];
		for (let round = 1; round <= rounds; round++) {
			for (const {name, ask} of questions) {
				[requests, bytes] = [0, 0];
				started = performance.now();
				const told = await ask(round);
				say(
					`round ${round}, ${name}: ${((performance.now() - started) / 1000).toFixed(1)} s, ${requests} requests, ${mib(bytes)}: ${told}`,
				);
			}
			held.push(await heapUsed());
			say(
				`round ${round}: ${mib(held.at(-1) ?? 0)} held, ${mib(process.memoryUsage().rss)} resident, at most ${mib(process.resourceUsage().maxRSS * 1024)}`,
			);
		}
		// The first round loads what every later one has.
		const growth = (held.at(-1) ?? 0) - (held[0] ?? 0);
		const grows = growth > slackBytes;
		say(`${grows ? 'It grows' : 'It does not grow'}: ${mib(growth)} between the first round and the last`);
		if (grows) process.exitCode = 1;
	} finally {
		await beside.stop();
	}
}

await main();
