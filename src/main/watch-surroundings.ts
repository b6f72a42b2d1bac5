import type {AlertFeed} from '../agents/incident/watch/watch-incidents.ts';
import {newsText, type ToldNews} from '../agents/incident/watch/watched-text.ts';
import type {Alert} from '../analysis/alerts/alert.ts';
import {MkcoaError} from '../core/error.ts';
import type {Json} from '../core/json.ts';
import {listenAlerts} from '../mcp/alerts/listen-alerts.ts';
import {formatOfUrl, type NoticeFormat, noticeFormats} from '../mcp/alerts/notice-payload.ts';
import {notifier} from '../mcp/alerts/notifier.ts';
import {pollAlertmanager} from '../mcp/alerts/poll-alertmanager.ts';
import type {ActionCall} from './actions/answer.ts';
import type {Host} from './host.ts';
import {isLoopbackHost, listenAddress} from './listen-address.ts';
import {outsideSender} from './outside-sender.ts';
import type {Session} from './session.ts';

type Around = {readonly call: ActionCall; readonly host: Host; readonly session: Session; readonly note: (text: string) => void};

/** Where a watch hears of alerts, and whom it tells. */
export type Surroundings = {
	readonly alerts: AlertFeed;
	/** Takes news that were redacted. */
	readonly notify: (news: ToldNews) => void;
	readonly close: () => Promise<void>;
};

const usual = {host: '127.0.0.1', port: 8766};

/** Opens what the flags of `incident watch` name. @throws MkcoaError of kind usage for a flag that cannot be meant */
export async function openSurroundings(around: Around): Promise<Surroundings> {
	const notifiers = await openNotifiers(around);
	const alertmanager = await openAlertmanager(around);
	let hear: ((alerts: readonly Alert[]) => void) | undefined;
	let early: readonly Alert[] = [];
	const take = (alerts: readonly Alert[]) => {
		// What comes before the cluster was seen is joined to what is found in it then.
		if (hear === undefined) early = [...early, ...alerts];
		else hear(alerts);
	};
	const listener = await openListener(around, take);
	const polling = alertmanager?.(take);
	return {
		alerts(listen) {
			hear = listen;
			if (early.length > 0) listen(early);
			early = [];
		},
		notify(news) {
			// Redacted news are JSON.
			for (const {notify} of notifiers) notify({text: newsText(news), data: JSON.parse(JSON.stringify(news)) as Json});
		},
		async close() {
			await Promise.all([listener?.close(), polling, ...notifiers.map(({close}) => close())]);
		},
	};
}

async function openListener({call: {values}, session, note}: Around, hear: (alerts: readonly Alert[]) => void) {
	if (values.alerts === undefined) return undefined;
	const {host, port} = listenAddress('--alerts', values.alerts, usual);
	const {accessKeys} = session.state;
	const isLoopback = isLoopbackHost(host);
	if (!isLoopback && (await accessKeys.list()).length === 0)
		throw new MkcoaError({
			kind: 'usage',
			code: 'exposed',
			what: `mkcoa does not take alerts at ${host} from whoever reaches it`,
			why: 'other machines reach that address, and could tell of what is not so',
			next: 'Make a key with mkcoa mcp keys add, which the sender gives as its bearer token; or listen at 127.0.0.1',
		});
	const isKey = isLoopback ? undefined : async (token: string) => (await accessKeys.find(token)) !== undefined;
	const listener = await listenAlerts({host, port, isKey, hear});
	note(`Alerts are taken at http://${host.includes(':') ? `[${host}]` : host}:${listener.port}/`);
	return listener;
}

async function openAlertmanager({call: {values}, host, session, note}: Around) {
	if (values.alertmanager === undefined) return undefined;
	const url = webAddress('--alertmanager', values.alertmanager);
	const send = await outsideSender(url, host.env);
	const onTrouble = (why: string) => note(`Not checked: alerts of ${url.host}, because ${session.redact(why)}`);
	return (hear: (alerts: readonly Alert[]) => void) =>
		pollAlertmanager({url, send, clock: host.clock, signal: session.signal, hear, onTrouble});
}

/** Opens the addresses that `--notify` names. @throws MkcoaError of kind usage for a flag that cannot be meant */
export async function openNotifiers({call: {values, lists}, host, session, note}: Around) {
	const asked = values.notifyAs;
	const format = noticeFormats.find(each => each === asked);
	if (asked !== undefined && format === undefined)
		throw usage(`--notify-as ${JSON.stringify(asked)} is no format`, `Use one of ${noticeFormats.join(', ')}`);
	return Promise.all(
		(lists?.notify ?? []).map(async text => {
			const url = webAddress('--notify', text);
			// Whoever knows the path of such an address may post there.
			session.learn(`${url.pathname}${url.search}`);
			const onTrouble = (why: string) => note(`! ${url.host} is not told: ${session.redact(why)}`);
			const as: NoticeFormat = format ?? formatOfUrl(url);
			return notifier({url, format: as, send: await outsideSender(url, host.env), clock: host.clock, onTrouble});
		}),
	);
}

function webAddress(flag: string, text: string): URL {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (url !== undefined && ['http:', 'https:'].includes(url.protocol)) return url;
	throw usage(`${flag} is no address`, `Write it with https://, such as ${flag} https://example.com/`);
}

const usage = (what: string, next: string) => new MkcoaError({kind: 'usage', code: 'bad-flag', what, next});
