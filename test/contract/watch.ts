import type {IncomingMessage} from 'node:http';
import * as http from 'node:http';
import * as https from 'node:https';
import {createInterface} from 'node:readline';
import type {Endpoint} from '../servers/request.ts';

/** `object` is what the server sent, a Status for ERROR. */
export type WatchEvent = {readonly type: string; readonly object: unknown};

/** Events in the order of their coming. */
export type Watch = {
	/** The answer's status; with anything but 200 there are no events. */
	readonly status: number;
	/** The first event from here on that is right; those before it are passed over. Rejects when the stream ends or ten seconds pass. */
	readonly next: (isRight?: (event: WatchEvent) => boolean) => Promise<WatchEvent>;
	/** Resolves with the events not yet read when the server ends the stream. */
	readonly rest: () => Promise<readonly WatchEvent[]>;
	readonly close: () => void;
};

export type WatchOptions = {
	/** The Accept header; JSON when left out. */
	readonly accept?: string;
};

/** Opens a watch as it is written, with nothing that a client would add. */
export async function openWatch(
	endpoint: Endpoint,
	path: string,
	{signal, accept = 'application/json'}: WatchOptions & {readonly signal: AbortSignal},
): Promise<Watch> {
	const url = new URL(path, endpoint.url);
	const headers = {accept, ...(endpoint.token === undefined ? {} : {authorization: `Bearer ${endpoint.token}`})};
	const {promise, resolve, reject} = Promise.withResolvers<IncomingMessage>();
	const options = {headers, agent: false as const, signal};
	const call = url.protocol === 'https:' ? https.get(url, {...options, ca: endpoint.ca}, resolve) : http.get(url, options, resolve);
	call.on('error', reject);
	const response = await promise;
	// An ended case ends its watches; what they say of it then is nobody's concern.
	response.on('error', () => {});
	const events = createInterface({input: response})[Symbol.asyncIterator]();
	const read = async (): Promise<WatchEvent | undefined> => {
		const {done, value} = await events.next();
		return done === true ? undefined : JSON.parse(value);
	};
	const close = () => call.destroy();
	return {
		status: response.statusCode ?? 0,
		close,
		async next(isRight = () => true) {
			const patience = setTimeout(() => close(), 10_000);
			try {
				for (;;) {
					const event = await read();
					if (event === undefined) throw new Error(`${path}: the stream ended, or was silent for ten seconds`);
					if (isRight(event)) return event;
				}
			} finally {
				clearTimeout(patience);
			}
		},
		async rest() {
			const events: WatchEvent[] = [];
			for (let event = await read(); event !== undefined; event = await read()) events.push(event);
			return events;
		},
	};
}
