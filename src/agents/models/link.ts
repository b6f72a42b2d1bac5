import type {Clock} from '../../core/clock.ts';
import {type AnswerFailure, failureOf, jsonOr, waitOf} from './answer-failure.ts';

/** HTTP for one attempt. The SDKs wrap what goes wrong each in their own way; here it is written down before they see it. */
export type Link = {
	readonly fetch: typeof globalThis.fetch;
	/** Aborts when the person cancels, and when nothing comes for too long. */
	readonly signal: AbortSignal;
	readonly failure: () => AnswerFailure | undefined;
	readonly isSlow: () => boolean;
	/** Ends the request too, if nobody listens to its answer any more. */
	readonly close: () => void;
};

type Linking = {readonly clock: Clock; readonly slowMs: number; readonly signal: AbortSignal; readonly fetch: typeof globalThis.fetch};

/** Pages of proxies, and servers that do not stream; some tell of errors with status 200. */
const isNoStream = ({headers}: Response) => /^(text\/html|application\/json)/.test(headers.get('content-type') ?? '');

const longestBody = 8000;

/** @param slowMs silence after which the server counts as too slow; any byte ends a silence, so that long thought does not */
export function openLink({clock, slowMs, signal, fetch}: Linking): Link {
	const slow = new AbortController();
	const ended = new AbortController();
	const stopped = AbortSignal.any([signal, slow.signal, ended.signal]);
	let seen: AnswerFailure | undefined;
	const watch = () => clock.schedule(slowMs, () => slow.abort());
	let cancel = watch();
	const alive = () => {
		cancel();
		cancel = watch();
	};
	return {
		signal: stopped,
		failure: () => seen,
		isSlow: () => slow.signal.aborted,
		close() {
			cancel();
			ended.abort();
		},
		async fetch(input, init) {
			// A redirect would carry the key to another host.
			const response = await fetch(input, {...init, signal: stopped, redirect: 'error'});
			alive();
			if (!response.ok || isNoStream(response)) {
				const body = jsonOr((await response.text()).slice(0, longestBody));
				seen = failureOf(response.status, body, waitOf(response.headers, clock.now()));
				throw seen;
			}
			const pulse = new TransformStream<Uint8Array, Uint8Array>({
				transform(chunk, controller) {
					alive();
					controller.enqueue(chunk);
				},
			});
			return new Response(response.body?.pipeThrough(pulse) ?? null, response);
		},
	};
}
