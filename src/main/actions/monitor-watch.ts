import {durationOf} from '../../agents/monitoring/duration-of.ts';
import {demandMarkedMetrics} from '../../agents/monitoring/marked-metrics.ts';
import {measureNames} from '../../agents/monitoring/metrics/collect.ts';
import {changesOf} from '../../agents/monitoring/watch/change-before.ts';
import {type WatchSum, watchAnomalies, watchedMeasures} from '../../agents/monitoring/watch/watch-anomalies.ts';
import {newsText, type WatchNews} from '../../agents/monitoring/watch/watch-news.ts';
import {watchedSubjects} from '../../agents/monitoring/watch/watched-subjects.ts';
import {probationRows} from '../../analysis/anomalies/detector.ts';
import {jsonText} from '../../commands/render/json-text.ts';
import {MkcoaError} from '../../core/error.ts';
import type {Json} from '../../core/json.ts';
import {type ExitCode, exitCodes} from '../../core/outcome.ts';
import {age} from '../../core/text/age.ts';
import {count, someOf} from '../../core/text/count.ts';
import {oneLine} from '../../core/text/one-line.ts';
import {textLines} from '../../core/text/styled.ts';
import type {Host} from '../host.ts';
import {openSession} from '../session.ts';
import type {ActionCall} from './answer.ts';

/** Data as JSON has it: optional fields make its type wider. */
const asJson = (data: unknown) => JSON.parse(JSON.stringify(data)) as Json;

const usualHistory = '14d';
const usualStep = '5m';
/** Servers are scraped no more often, as a rule; and before so many rows a detector says nothing. */
const leastStepMs = 15_000;
const leastRows = 2 * probationRows;
/** One a day. */
const usualFalseAlarms = 7;

/** Tells what is unusual as it comes until the person interrupts or the time is over: that is how it ends, and no failure. */
export async function monitorWatch({values, options}: ActionCall, host: Host): Promise<ExitCode> {
	if (options.output === 'yaml') throw usage('monitor watch prints no YAML', 'Use --json: it prints a line for each piece of news');
	const names = namesOf(values.metrics);
	const falseAlarms = numberOf(values.falseAlarms);
	const [stepMs, historyMs] = [durationOf(values.step ?? usualStep), durationOf(values.history ?? usualHistory)];
	if (stepMs < leastStepMs || historyMs < leastRows * stepMs)
		throw usage('There is too little to learn from', `Take a --history of ${leastRows} times the --step, and a step of 15s or more`);
	const {streams, clock} = host;
	const isJson = options.output === 'json';
	const view = {terminal: streams.outIsTerminal, width: streams.width};
	const note = (text: string) => {
		if (!options.quiet) streams.err(`${oneLine(text)}\n`);
	};
	const session = await openSession({options, host});
	try {
		const {cluster, redact, signal, emit} = session;
		const {namespace} = options;
		const [{context}] = await Promise.all([cluster.target(namespace), session.learnSecrets(namespace ?? cluster.namespace)]);
		const metrics = await demandMarkedMetrics(session);
		const subjects = await watchedSubjects(cluster, {target: values.target, namespace, nowMs: clock.now(), signal});
		emit({kind: 'progress', text: `Learning from the past of ${count(subjects.length, 'workload')}: asking ${metrics.source}`});
		const sum = await watchAnomalies({
			...{metrics, subjects, names, stepMs, historyMs, falseAlarms, clock, signal},
			changeBefore: changesOf(cluster, {clock, signal}),
			tell(news) {
				const told = redact(asJson(news)) as WatchNews;
				const lines = isJson ? [jsonText(asJson(told))] : newsLines(told, view);
				for (const line of lines) streams.out(`${line}\n`);
			},
			onReady({series, least, perWeek, notChecked}) {
				session.quiet();
				note(
					`Watching ${count(series, 'curve')} of ${someOf(subjects.map(({ref}) => ref.name))} in ${context}, a look each ${age(stepMs)}: told from severity ${least.toFixed(1)}, which chance reaches ${Number(perWeek.toPrecision(2))} times a week. Ctrl-C ends it`,
				);
				for (const [why, all] of Map.groupBy(notChecked, each => each.why))
					note(`Not checked: ${redact(someOf(all.map(({what}) => what)))}, because ${redact(why)}`);
			},
		});
		session.quiet();
		if (isJson) streams.out(`${jsonText(asJson({kind: 'sum', ...sum}))}\n`);
		else note(sumText(sum));
		return exitCodes.done;
	} finally {
		await session.close();
	}
}

/** In a terminal broken at words, in a pipe a line of tabs. */
const newsLines = (news: WatchNews, view: {readonly terminal: boolean; readonly width: number}) =>
	view.terminal
		? textLines(`${news.at.slice(11, 16)} ${news.news === 'anomaly' ? '▲' : '-'} `, newsText(news), view)
		: [[news.at, news.news, newsText(news)].join('\t')];

const sumText = ({watchedMs, anomalies, awayMs}: WatchSum) =>
	`Watched for ${age(watchedMs)}: ${count(anomalies, 'anomaly')}${awayMs === 0 ? '' : `; for ${age(awayMs)} the metrics server did not answer`}`;

function namesOf(text: string | undefined): readonly string[] {
	if (text === undefined) return watchedMeasures;
	const known: readonly string[] = measureNames.pods;
	const names = text.split(',').map(each => each.trim());
	const wrong = names.find(name => !known.includes(name));
	if (wrong !== undefined) throw usage(`There is no metric ${JSON.stringify(wrong)}`, `Use some of ${known.join(', ')}`);
	return names;
}

function numberOf(text: string | undefined): number {
	const found = text === undefined ? usualFalseAlarms : Number(text);
	if (Number.isFinite(found) && found > 0) return found;
	throw usage(`--false-alarms ${JSON.stringify(text)} is no number above 0`, 'Write how many a week are bearable, such as 0.5');
}

const usage = (what: string, next: string) => new MkcoaError({kind: 'usage', code: 'bad-flag', what, next});
