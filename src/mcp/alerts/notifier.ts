import {type Clock, sleep} from '../../core/clock.ts';
import {type Notice, type NoticeFormat, noticePayload} from './notice-payload.ts';
import type {Send} from './send.ts';

type Needs = {
	readonly url: URL;
	readonly format: NoticeFormat;
	readonly send: Send;
	readonly clock: Clock;
	/** Called once when it begins to fail, and again only after one arrived. */
	readonly onTrouble: (why: string) => void;
};

/** Sends news to one address, and never keeps whoever tells them waiting. */
export type Notifier = {
	readonly notify: (notice: Notice) => void;
	/** Sends what waits, once, and takes no more. */
	readonly close: () => Promise<void>;
};

/** From the first piece of news to the message: what comes with it goes with it. */
const gatherMs = 300;
/** Between two messages: services refuse more than one a second. */
const pauseMs = 3000;
const retryMs = 2000;
const patienceMs = 10_000;
/** Pieces of news that wait; older ones go first. */
const mostWaiting = 500;

/** Whether another try may help. */
const mayPass = (status: number) => status === 429 || status >= 500;

/** Opens the way to an address. A message that does not arrive is tried once more, told, and forgotten. */
export function notifier({url, format, send, clock, onTrouble}: Needs): Notifier {
	let waiting: Notice[] = [];
	let sending: Promise<void> | undefined;
	let isClosed = false;
	let fails = false;
	/** No message goes earlier. */
	let nextMs = 0;
	const closing = new AbortController();

	/** Undefined where it arrived, else why not. */
	async function post(body: string): Promise<{readonly why: string; readonly again: boolean} | undefined> {
		try {
			const headers = {'content-type': 'application/json', 'user-agent': 'mkcoa'};
			const signal = AbortSignal.timeout(patienceMs);
			const answer = await send({origin: url.origin, path: `${url.pathname}${url.search}`, method: 'POST', headers, body, signal});
			// Read to its end, so that the connection is free again.
			for await (const _ of answer.body);
			const {statusCode: status} = answer;
			return status < 300 ? undefined : {why: `it answers HTTP ${status}`, again: mayPass(status)};
		} catch (error) {
			return {why: error instanceof Error ? error.message : String(error), again: true};
		}
	}

	async function flush(): Promise<void> {
		const notices = waiting;
		waiting = [];
		const body = JSON.stringify(noticePayload(format, notices));
		let failure = await post(body);
		if (failure?.again === true && !isClosed) {
			await sleep(clock, retryMs, closing.signal).catch(() => {});
			failure = await post(body);
		}
		if (failure !== undefined && !fails) onTrouble(failure.why);
		fails = failure !== undefined;
	}

	async function drain(): Promise<void> {
		while (waiting.length > 0) {
			await sleep(clock, Math.max(gatherMs, nextMs - clock.now()), closing.signal).catch(() => {});
			await flush();
			nextMs = clock.now() + pauseMs;
		}
		sending = undefined;
	}

	return {
		notify(notice) {
			if (isClosed) return;
			waiting = [...waiting, notice].slice(-mostWaiting);
			sending ??= drain();
		},
		async close() {
			isClosed = true;
			closing.abort();
			await sending;
		},
	};
}
