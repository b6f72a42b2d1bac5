import {parseMatcher} from '../../src/mcp/monitoring/model/matchers.ts';
import {respond, type Script} from './scripted-server.ts';

type KeptSilence = {
	id: string;
	startsAt: string;
	endsAt: string;
	updatedAt: string;
	status: {state: string};
	[field: string]: unknown;
};
type Labels = {readonly [name: string]: string};

/** An alert as version 2 of the API tells it. */
export const firing = (labels: Labels, more: object = {}) => ({
	fingerprint: Object.values(labels).join('-'),
	labels,
	annotations: {summary: `${labels.alertname} is wrong`},
	startsAt: '2026-01-01T00:00:00.000Z',
	endsAt: '2026-01-01T00:05:00.000Z',
	updatedAt: '2026-01-01T00:00:01.000Z',
	generatorURL: 'http://prometheus/graph',
	status: {state: 'active', silencedBy: [], inhibitedBy: [], mutedBy: []},
	receivers: [{name: 'pager'}],
	...more,
});

function fits(labels: Labels, text: string): boolean {
	const {name, value, isRegex, isEqual} = parseMatcher(text);
	const there = labels[name] ?? '';
	return (isRegex ? new RegExp(`^(?:${value})$`).test(there) : there === value) === isEqual;
}

/** An Alertmanager that keeps silences, and refuses what the real one refuses, in its words. Each change takes a second of its clock. */
export function alertmanagerScript({nowMs, alerts = []}: {readonly nowMs: number; readonly alerts?: readonly ReturnType<typeof firing>[]}) {
	const silences = new Map<string, KeptSilence>();
	let changes = 0;
	const stamp = () => new Date(nowMs + ++changes * 1000).toISOString();
	const script: Script = ({method, path, query, body, filters}, response) => {
		const id = /^\/api\/v2\/silence\/(.+)$/.exec(path)?.[1] ?? '';
		const kept = silences.get(id);
		if (path === '/-/healthy') return response.writeHead(200).end('OK');
		if (path === '/api/v2/status')
			return respond(response, {
				versionInfo: {version: '0.28.1'},
				uptime: new Date(nowMs).toISOString(),
				cluster: {status: 'ready', peers: [{name: 'a', address: '10.0.0.1:9094'}]},
				config: {original: 'route: {receiver: pager}'},
			});
		if (path === '/api/v2/alerts') {
			if (query.filter === '{') return respond(response, 'unexpected open or close brace: {', 400);
			return respond(
				response,
				alerts.filter(
					({labels, status}) => filters.every(text => fits(labels, text)) && (query.silenced !== 'false' || status.silencedBy.length === 0),
				),
			);
		}
		if (path === '/api/v2/silences' && method === 'GET') return respond(response, [...silences.values()]);
		if (path === '/api/v2/silences') {
			const given = JSON.parse(body);
			if (Date.parse(given.endsAt) <= nowMs) return respond(response, "Failed to create silence: end time can't be in the past", 400);
			const fresh = {...given, id: silenceId(silences.size + 1), updatedAt: stamp(), status: {state: 'active'}};
			silences.set(fresh.id, fresh);
			return respond(response, {silenceID: fresh.id});
		}
		if (kept === undefined) return response.writeHead(404).end();
		if (method === 'GET') return respond(response, kept);
		silences.set(id, {...kept, updatedAt: stamp(), status: {state: 'expired'}});
		return response.writeHead(200).end();
	};
	return {script, silences, stamp};
}

/** The id of the first, the second, … silence. */
export const silenceId = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
