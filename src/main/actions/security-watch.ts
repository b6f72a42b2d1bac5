import {auditWords} from '../../agents/security/audit/audit-settings.ts';
import {blindSpots} from '../../agents/security/audit/read-threats.ts';
import {type ThreatNews, threatText} from '../../agents/security/watch/threat-news.ts';
import {type WatchSum, watchThreats} from '../../agents/security/watch/watch-threats.ts';
import {gravityOf, severities} from '../../analysis/audit-log/threats.ts';
import {jsonText} from '../../commands/render/json-text.ts';
import {MkcoaError} from '../../core/error.ts';
import type {Json} from '../../core/json.ts';
import {type ExitCode, exitCodes} from '../../core/outcome.ts';
import {age} from '../../core/text/age.ts';
import {count, someOf} from '../../core/text/count.ts';
import {oneLine} from '../../core/text/one-line.ts';
import {severitySigns} from '../../core/text/severity-signs.ts';
import {textLines} from '../../core/text/styled.ts';
import {listenAudit} from '../../mcp/security/audit-log/listen-audit.ts';
import type {AuditLog} from '../../mcp/security/audit-log/port.ts';
import {momentOf} from '../../mcp/security/model/moment.ts';
import type {Host} from '../host.ts';
import {isLoopbackHost, listenAddress} from '../listen-address.ts';
import {openAuditLog} from '../security/open-audit-log.ts';
import {readSecurityFile} from '../security/security-file.ts';
import {openSession, type Session} from '../session.ts';
import {openNotifiers} from '../watch-surroundings.ts';
import type {ActionCall} from './answer.ts';

const usual = {host: '127.0.0.1', port: 8767};

/** Data as JSON has it: optional fields make its type wider. */
const asJson = (data: unknown) => JSON.parse(JSON.stringify(data)) as Json;

/** Follows the audit log and tells threats as they come, until the person interrupts, the time is over or the log ends: no failure. */
export async function securityWatch(call: ActionCall, host: Host): Promise<ExitCode> {
	const {values, options} = call;
	if (options.output === 'yaml') throw usage('security watch prints no YAML', 'Use --json: it prints a line for each threat');
	const failOn = severityOf('--fail-on', values.failOn);
	const least = severityOf('--least', values.least) ?? 'medium';
	const {streams, clock} = host;
	const sinceMs = values.since === undefined ? undefined : momentOf(values.since, clock.now());
	const isJson = options.output === 'json';
	const view = {terminal: streams.outIsTerminal, width: streams.width};
	const note = (text: string) => {
		if (!options.quiet) streams.err(`${oneLine(text)}\n`);
	};
	// The log is asked, and no cluster.
	const session = await openSession({options, host, here: true});
	let close = async () => {};
	try {
		const {redact, signal} = session;
		const words = auditWords((await readSecurityFile(host)).audit);
		const opened = await openLog(call, host, session);
		const notifiers = await openNotifiers({call, host, session, note});
		close = async () => void (await Promise.all([opened.close(), ...notifiers.map(each => each.close())]));
		let worst = -1;
		note(`Watching ${opened.log.source}: ${least} and graver is told. Ctrl-C ends it`);
		const sum = await watchThreats({
			...{log: opened.log, ...words, sinceMs, least, clock, signal},
			tell(news) {
				worst = Math.max(worst, gravityOf(news.severity));
				const told = redact(asJson(news)) as ThreatNews;
				const lines = isJson ? [jsonText(asJson(told))] : newsLines(told, view);
				for (const line of lines) streams.out(`${line}\n`);
				for (const {notify} of notifiers) notify({text: threatText(told), data: asJson(told)});
			},
			onMalformed: line => note(`Not checked: lines that are no audit events, such as ${JSON.stringify(line)}`),
		});
		if (isJson) streams.out(`${jsonText(redact(asJson({kind: 'sum', ...sum})))}\n`);
		else for (const line of sumLines(sum)) note(line);
		return failOn !== undefined && worst >= gravityOf(failOn) ? exitCodes.findings : exitCodes.done;
	} finally {
		await close();
		await session.close();
	}
}

/** In a terminal broken at words, in a pipe a line of tabs. */
function newsLines(news: ThreatNews, view: {readonly terminal: boolean; readonly width: number}): readonly string[] {
	const {at, severity, detection, actor, source, verb, target, outcome, detail, remedy} = news;
	if (!view.terminal) return [[at, severity, detection, actor, source, verb, target, outcome, detail].join('\t')];
	return [
		...textLines(`${at.slice(11, 19)} ${severitySigns[severity]} `, threatText(news), view),
		...textLines('           ', remedy, view),
	];
}

function sumLines({watchedMs, events, malformed, told, repeated, excepted, belowLeast, blind}: WatchSum): readonly string[] {
	const rest = [
		...(repeated === 0 ? [] : [`${repeated} more of the same`]),
		...(excepted === 0 ? [] : [`${excepted} excepted`]),
		...(belowLeast === 0 ? [] : [`${belowLeast} less grave`]),
		...(malformed === 0 ? [] : [`${count(malformed, 'line')} that are no events`]),
	];
	return [
		`Watched for ${age(watchedMs)}: ${count(events, 'event')}, ${count(told, 'threat')}${rest.length === 0 ? '' : `; ${rest.join(', ')}`}`,
		...[...Map.groupBy(blindSpots(blind), ({why}) => why)].map(([why, all]) => `Not checked: ${someOf(all.map(({what}) => what))}: ${why}`),
	];
}

async function openLog(
	{values, options}: ActionCall,
	host: Host,
	session: Session,
): Promise<{readonly log: AuditLog; readonly close: () => Promise<void>}> {
	if (values.webhook === undefined) {
		const log = await openAuditLog(options, host);
		if (log !== undefined) return {log, close: async () => {}};
		throw new MkcoaError({
			kind: 'usage',
			code: 'no-audit-log',
			what: 'No audit log is named',
			why: 'an API server writes it where its flags --audit-log-path or --audit-webhook-config-file say',
			next: 'Name the file with --audit-log PATH, pipe it in with --audit-log -, or take events with --webhook',
		});
	}
	const {host: address, port} = listenAddress('--webhook', values.webhook, usual);
	const {accessKeys} = session.state;
	if ((await accessKeys.list()).length === 0)
		throw new MkcoaError({
			kind: 'usage',
			code: 'exposed',
			what: `mkcoa does not take audit events at ${address} from whoever reaches it`,
			why: isLoopbackHost(address)
				? 'every program of this machine reaches it, and could tell of what is not so'
				: 'other machines reach that address, and could tell of what is not so',
			next: "Make a key with mkcoa mcp keys add, and give it as the user's token in the API server's webhook kubeconfig",
		});
	const listener = await listenAudit({host: address, port, isKey: async token => (await accessKeys.find(token)) !== undefined});
	return {log: listener, close: listener.close};
}

function severityOf(flag: string, word: string | undefined): ThreatNews['severity'] | undefined {
	const found = severities.find(each => each === word);
	if (word === undefined || found !== undefined) return found;
	throw usage(`${flag} ${JSON.stringify(word)} is no severity`, `Use one of ${severities.join(', ')}`);
}

const usage = (what: string, next: string) => new MkcoaError({kind: 'usage', code: 'bad-flag', what, next});
