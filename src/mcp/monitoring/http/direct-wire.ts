import {type Clock, sleep} from '../../../core/clock.ts';
import {MkcoaError} from '../../../core/error.ts';
import {readBounded, TooLarge} from './read-bounded.ts';
import {retryAfterMs} from './retry-after.ts';
import type {Send} from './send.ts';
import {busy, lessWords, notAllowed, outOfTime, reasonOf, signedOut, unreachable} from './trouble.ts';
import {type Asked, encoded, jsonOf, type Reply, type Server, type Wire} from './wire.ts';

export type Direct = {
	readonly server: Server;
	/** Without a slash at the end, and without who asks. */
	readonly base: string;
	/** Read for each request: a token in a file is renewed now and then. Those that say who asks are among them. */
	readonly headers: () => Promise<{readonly [name: string]: string}>;
	/** Whether the headers, or a client certificate, say who asks. */
	readonly isSignedIn: boolean;
	readonly send: Send;
	readonly clock: Clock;
	readonly signal: AbortSignal;
	/** How long an answer may take; 10 s if left out. */
	readonly patienceMs?: number;
};

/** A query that takes longer is no help to somebody who waits for a verdict. */
const usualPatienceMs = 10_000;
/** One who waits looks at an empty screen. */
const longestPauseMs = 10_000;
const mostTries = 3;
/** Proxies usually take 8 KiB of headers, the address among them. */
const longestQuery = 4000;

/** Refusals in words of the server's own; the client of it reads them. */
const refusals = new Set([400, 404, 405, 409, 412, 413, 422]);

/** The road to a server by its own address. */
export function directWire(direct: Direct): Wire {
	const {server, clock, signal} = direct;
	return {
		server,
		async ask(asked) {
			for (let tries = 1; ; tries++) {
				const answer = await once(direct, asked);
				const {status, text} = answer;
				const afterMs = status === 429 || status === 503 ? retryAfterMs(answer.retryAfter, clock.now()) : undefined;
				if (afterMs === undefined) return replyOf(direct, asked, answer);
				const mayAskAgain = (asked.method ?? 'GET') === 'GET' && tries < mostTries && afterMs <= longestPauseMs;
				if (!mayAskAgain) throw busy(server, status, afterMs, text);
				await sleep(clock, afterMs, signal);
			}
		},
	};
}

type Answer = {
	readonly status: number;
	readonly text: string;
	readonly location: string | undefined;
	readonly retryAfter: string | readonly string[] | undefined;
};

async function once({server, base, headers, send, signal, patienceMs = usualPatienceMs}: Direct, asked: Asked): Promise<Answer> {
	const {origin, path, method, body, type} = requestOf(base, asked);
	const patience = AbortSignal.timeout(patienceMs);
	try {
		const {
			statusCode: status,
			headers: answered,
			body: stream,
		} = await send({
			origin,
			path,
			method,
			headers: {...(type === undefined ? {} : {'content-type': type}), ...asked.headers, ...(await headers())},
			...(body === undefined ? {} : {body}),
			signal: AbortSignal.any([signal, patience]),
		});
		const text = await readBounded(stream);
		return {status, text, location: [answered.location].flat()[0], retryAfter: answered['retry-after']};
	} catch (error) {
		if (isOutOfTime(signal)) throw outOfTime(server, error);
		signal.throwIfAborted();
		if (error instanceof MkcoaError) throw error;
		if (error instanceof TooLarge) throw unreachable(server, error.reason);
		if (patience.aborted)
			throw unreachable(
				server,
				{why: `no answer within ${patienceMs / 1000} s`, next: `Ask ${lessWords}. Where that was asked, look whether it is there`},
				error,
			);
		throw unreachable(server, reasonOf(error), error);
	}
}

const isOutOfTime = ({aborted, reason}: AbortSignal) => aborted && reason instanceof Error && reason.name === 'TimeoutError';

function requestOf(base: string, {method = 'GET', path, parameters, mayBeForm, body}: Asked) {
	const url = new URL(`${base}${path}`);
	const query = encoded(parameters);
	const at = {origin: url.origin, path: url.pathname};
	if (mayBeForm === true && query.length > longestQuery)
		return {...at, method: 'POST' as const, body: query, type: 'application/x-www-form-urlencoded'};
	const asked = {...at, path: query === '' ? at.path : `${at.path}?${query}`, method};
	if (body === undefined) return {...asked, body: undefined, type: undefined};
	const isText = typeof body === 'object' && body !== null && 'text' in body && 'type' in body;
	return isText
		? {...asked, body: String(body.text), type: String(body.type)}
		: {...asked, body: JSON.stringify(body), type: 'application/json'};
}

function replyOf({server, base, isSignedIn}: Direct, asked: Asked, {status, text, location}: Answer): Reply {
	const body = jsonOf(text);
	if (status >= 200 && status < 300 && (body !== undefined || text.trim() === '')) return {status, body, text};
	if (refusals.has(status)) return {status, body, text};
	if (body !== undefined && asked.answers?.includes(status) === true) return {status, body, text};
	if (status === 401) throw signedOut(server, isSignedIn);
	if (status === 403) throw notAllowed(server, isSignedIn, text);
	if (status === 429) throw busy(server, status, undefined, text);
	// What says who asks is taken to no other address than the person wrote.
	const elsewhere = status < 300 || status > 399 || location === undefined ? null : URL.parse(location, base);
	if (elsewhere !== null) throw unreachable(server, {why: `it sends on to ${elsewhere.origin}`, next: 'Write that address instead'});
	throw unreachable(server, {
		...(status >= 500 ? {next: 'Look at its log and at what stands before it; where it is another server, correct its address'} : {}),
		why: status === 200 ? `what answers there is no ${server.source.split(' ')[0]}` : `it answered HTTP ${status}`,
		quoted: text,
	});
}
