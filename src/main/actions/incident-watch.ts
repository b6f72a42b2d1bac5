import {recordKeeper} from '../../agents/incident/watch/keep-records.ts';
import {type WatchSum, watchIncidents} from '../../agents/incident/watch/watch-incidents.ts';
import {newsText, type ToldNews, titleOf} from '../../agents/incident/watch/watched-text.ts';
import {jsonText} from '../../commands/render/json-text.ts';
import {MkcoaError, troubleOf} from '../../core/error.ts';
import type {Finding} from '../../core/finding.ts';
import type {Json} from '../../core/json.ts';
import {type ExitCode, exitCodes} from '../../core/outcome.ts';
import {age} from '../../core/text/age.ts';
import {count} from '../../core/text/count.ts';
import {oneLine} from '../../core/text/one-line.ts';
import type {Host} from '../host.ts';
import {openSession} from '../session.ts';
import {openSurroundings} from '../watch-surroundings.ts';
import type {ActionCall} from './answer.ts';

const gravity: readonly Finding['severity'][] = ['low', 'medium', 'high', 'critical'];

/** Data as JSON has it: optional fields make its type wider. */
const asJson = (data: unknown) => JSON.parse(JSON.stringify(data)) as Json;

/** Watches for incidents until the person interrupts or the time is over: that is how it ends, and no failure. */
export async function incidentWatch(call: ActionCall, host: Host): Promise<ExitCode> {
	const {values, options} = call;
	const failOn = severityOf(values.failOn);
	if (options.output === 'yaml') throw usage('incident watch prints no YAML', 'Use --json: it prints a line for each piece of news');
	const {streams, clock} = host;
	const isJson = options.output === 'json';
	const note = (text: string) => {
		if (!options.quiet) streams.err(`${oneLine(text)}\n`);
	};
	const session = await openSession({options, host});
	let closeSurroundings = async () => {};
	try {
		const {cluster, redact, signal, state} = session;
		const {namespace} = options;
		const [{context, clusterId}] = await Promise.all([cluster.target(undefined), session.learnSecrets(namespace)]);
		const around = await openSurroundings({call, host, session, note});
		closeSurroundings = around.close;
		let worst = -1;
		let isRecorded = true;
		session.emit({kind: 'progress', text: 'Looking at the cluster'});
		const sum = await watchIncidents({
			cluster,
			namespace,
			clock,
			signal,
			alerts: around.alerts,
			keeper: recordKeeper({records: state.incidents, context, clusterId, redact: record => redact(asJson(record)) as typeof record}),
			tell(news) {
				if (news.news !== 'healed') worst = Math.max(worst, gravity.indexOf(news.severity));
				const told = redact(asJson(news)) as ToldNews;
				streams.out(isJson ? `${jsonText(asJson(told))}\n` : `${newsLine(told)}\n`);
				around.notify(told);
			},
			onReady({objects, notChecked}) {
				session.quiet();
				note(
					`Watching ${namespace === undefined ? 'all namespaces' : `namespace ${namespace}`} of ${context}: ${count(objects, 'object')}. Ctrl-C ends it`,
				);
				for (const {what, why} of notChecked) note(`Not checked: ${redact(what)}, because ${redact(why)}`);
			},
			onUnread: ({kind, why}) => note(`Not checked any more: ${kind}, because it ${redact(why)}`),
			onTrouble(error) {
				const {what, why} = troubleOf(error);
				if (isRecorded) note(`Incidents are not recorded: ${redact(what)}${why === undefined ? '' : `, ${redact(why)}`}`);
				isRecorded = false;
			},
		});
		session.quiet();
		if (isJson) streams.out(`${jsonText(redact(asJson(sumOf(sum))))}\n`);
		else note(sumText(sum));
		return failOn !== undefined && worst >= gravity.indexOf(failOn) ? exitCodes.findings : exitCodes.done;
	} finally {
		await closeSurroundings();
		await session.close();
	}
}

const newsLine = (news: ToldNews) => [news.at, news.id ?? '-', newsText(news)].join('\t');

const sumOf = ({watchedMs, raised, healed, open}: WatchSum) => ({
	kind: 'sum',
	watchedMs,
	raised,
	healed,
	open: open.map(each => ({key: each.key, severity: each.severity, title: titleOf(each)})),
});

const sumText = ({watchedMs, raised, healed, open}: WatchSum) =>
	`Watched for ${age(watchedMs)}: ${count(raised, 'incident')} came, ${healed} healed, ${open.length} open`;

function severityOf(word: string | undefined): Finding['severity'] | undefined {
	const found = gravity.find(each => each === word);
	if (word !== undefined && found === undefined)
		throw usage(`--fail-on ${JSON.stringify(word)} is no severity`, `Use one of ${gravity.join(', ')}`);
	return found;
}

const usage = (what: string, next: string) => new MkcoaError({kind: 'usage', code: 'bad-flag', what, next});
