import {type ExportResult, ExportResultCode} from '@opentelemetry/core';
import {JsonTraceSerializer} from '@opentelemetry/otlp-transformer';
import type {ReadableSpan, SpanExporter} from '@opentelemetry/sdk-trace';
import {type Clock, sleep} from '../../core/clock.ts';

type Collector = {
	readonly url: URL;
	readonly headers: {readonly [name: string]: string};
	readonly timeoutMs: number;
	readonly clock: Clock;
	/** Aborts when nobody waits for the collector any longer. */
	readonly signal: AbortSignal;
	/** Called once, with the reason, when spans were lost for the first time. */
	readonly onLost: (why: string) => void;
};

/** Between tries of one batch; then it is given up. */
const waitsMs = [1000, 2000, 4000];

/** Answers after which the protocol lets a batch be sent again. */
const isTemporary = new Set([429, 502, 503, 504]);

/**
 * Sends spans as JSON over HTTP (OTLP). The exporter that OpenTelemetry has for this waits between its tries in a way that nobody can cut short, so a
 * collector that is away would hold a command for ten seconds after its work.
 */
export function otlpExporter({url, headers, timeoutMs, clock, signal, onLost}: Collector): SpanExporter {
	let isTold = false;
	// Credentials in an address are none for fetch.
	const {username, password} = url;
	const bare = new URL(url);
	bare.username = bare.password = '';
	const basic = username === '' ? {} : {authorization: `Basic ${btoa(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`)}`};

	/** Undefined where it arrived. */
	async function lost(
		body: Uint8Array<ArrayBuffer>,
		stop: AbortSignal,
	): Promise<{readonly why: string; readonly again: boolean} | undefined> {
		try {
			const answer = await fetch(bare, {
				method: 'POST',
				headers: {...basic, ...headers, 'content-type': 'application/json'},
				body,
				signal: stop,
				redirect: 'error',
			});
			await answer.body?.cancel();
			return answer.ok ? undefined : {why: `it answers ${answer.status}`, again: isTemporary.has(answer.status)};
		} catch (error) {
			return {why: reasonOf(error), again: !stop.aborted};
		}
	}

	async function deliver(spans: readonly ReadableSpan[]): Promise<string | undefined> {
		const body = JsonTraceSerializer.serializeRequest([...spans]);
		if (body === undefined) return 'they cannot be written down';
		const stop = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
		for (const waitMs of [...waitsMs, undefined]) {
			// The bytes were just made, and stand in no shared memory.
			const failure = await lost(body as Uint8Array<ArrayBuffer>, stop);
			if (failure === undefined) return undefined;
			if (waitMs === undefined || !failure.again) return failure.why;
			const isOver = await sleep(clock, waitMs, stop).then(
				() => false,
				() => true,
			);
			if (isOver) return failure.why;
		}
		return undefined;
	}

	return {
		export(spans, done: (result: ExportResult) => void) {
			void deliver(spans)
				.catch(reasonOf)
				.then(why => {
					if (why !== undefined && !isTold) {
						isTold = true;
						onLost(why);
					}
					// A batch that is lost is no error of whoever flushes.
					done({code: ExportResultCode.SUCCESS});
				});
		},
		shutdown: async () => {},
	};
}

/** A word of the system, such as ECONNREFUSED. */
function reasonOf(error: unknown): string {
	const {name, cause}: {readonly name?: unknown; readonly cause?: unknown} = Object(error);
	const {code}: {readonly code?: unknown} = Object(cause);
	if (name === 'TimeoutError' || name === 'AbortError') return 'it did not answer in time';
	return typeof code === 'string' ? code : 'it cannot be reached';
}
