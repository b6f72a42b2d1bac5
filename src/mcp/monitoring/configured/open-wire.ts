import type {Clock} from '../../../core/clock.ts';
import {directWire} from '../http/direct-wire.ts';
import type {Send} from '../http/send.ts';
import type {Server, Wire} from '../http/wire.ts';
import type {ReachedEntry} from './backend-entry.ts';
import {baseOf, headersOf, type References, type Trust, trustOf} from './sign-in.ts';

export type Opening = References & {
	/** Opens the way to a server: its proxy is that of the whole program. */
	readonly sender: (server: URL, trust: Trust) => Promise<Send>;
	readonly clock: Clock;
	readonly signal: AbortSignal;
};

const kinds = {
	prometheus: {title: 'Prometheus', area: 'metrics'},
	alertmanager: {title: 'Alertmanager', area: 'alerts'},
	grafana: {title: 'Grafana', area: 'dashboards'},
	loki: {title: 'Loki', area: 'logs'},
	elasticsearch: {title: 'Elasticsearch', area: 'logs'},
} as const satisfies {readonly [Type in ReachedEntry['type']]: {readonly title: string; readonly area: Server['area']}};

/** The road to a server that monitoring.yaml names. Nothing is asked yet. */
export async function openWire(name: string, entry: ReachedEntry, opening: Opening): Promise<Wire> {
	const {title, area} = kinds[entry.type];
	const base = baseOf(entry);
	const server = {
		source: `${title} ${base}`,
		area,
		whenAway: `Check url of ${name} in monitoring.yaml`,
		whenSignedOut: `Check auth of ${name} in monitoring.yaml, and that what it names is still valid`,
	};
	const send = await opening.sender(new URL(entry.url), await trustOf(entry, opening));
	return directWire({
		...{server, base, headers: () => headersOf(entry, opening), isSignedIn: tellsWho(entry)},
		...{send, clock: opening.clock, signal: opening.signal},
	});
}

const tellsWho = ({auth, tls, headers = {}}: ReachedEntry) =>
	auth !== undefined || tls?.cert !== undefined || Object.values(headers).some(value => typeof value !== 'string');
