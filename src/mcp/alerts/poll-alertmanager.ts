import type {Alert} from '../../analysis/alerts/alert.ts';
import {readAlertList} from '../../analysis/alerts/read-alerts.ts';
import {type Clock, sleep} from '../../core/clock.ts';
import type {Json} from '../../core/json.ts';
import type {Send} from './send.ts';

type Polling = {
	readonly url: URL;
	readonly send: Send;
	readonly clock: Clock;
	readonly signal: AbortSignal;
	readonly hear: (alerts: readonly Alert[]) => void;
	/** Called once when it begins to fail, and again only after it answered. */
	readonly onTrouble: (why: string) => void;
};

/** Alertmanager itself groups for half a minute. */
const pauseMs = 15_000;
const patienceMs = 10_000;
const mostBytes = 16 * 1024 * 1024;

/** Asks an Alertmanager again and again, until the signal aborts, and tells what fires and what does not any more. */
export async function pollAlertmanager({url, send, clock, signal, hear, onTrouble}: Polling): Promise<void> {
	let known = new Map<string, Alert>();
	let fails = false;
	while (!signal.aborted) {
		const asked = await ask(url, send, signal).catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
		if (signal.aborted) return;
		if (typeof asked === 'string') {
			if (!fails) onTrouble(asked);
		} else {
			const now = new Map(asked.map(alert => [alert.id, alert]));
			const gone = [...known.values()].filter(({id}) => !now.has(id)).map(alert => ({...alert, state: 'resolved' as const}));
			hear([...now.values(), ...gone]);
			known = now;
		}
		fails = typeof asked === 'string';
		await sleep(clock, pauseMs, signal).catch(() => {});
	}
}

/** What fires now; a text says why nobody knows. */
async function ask(url: URL, send: Send, signal: AbortSignal): Promise<readonly Alert[] | string> {
	const path = `${url.pathname.replace(/\/$/, '')}/api/v2/alerts?active=true&silenced=false&inhibited=false`;
	const answer = await send({
		origin: url.origin,
		path,
		method: 'GET',
		headers: {accept: 'application/json'},
		signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]),
	});
	const chunks: Uint8Array[] = [];
	let bytes = 0;
	for await (const chunk of answer.body) {
		bytes += chunk.length;
		if (bytes > mostBytes) return `it answers more than ${mostBytes} bytes`;
		chunks.push(chunk);
	}
	if (answer.statusCode !== 200) return `it answers HTTP ${answer.statusCode}`;
	const read = readAlertList(JSON.parse(Buffer.concat(chunks).toString('utf8')) as Json);
	return 'refused' in read ? read.refused : read.alerts;
}
