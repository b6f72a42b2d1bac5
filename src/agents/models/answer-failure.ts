import {isJsonObject} from '../../core/json.ts';

/** What a server said instead of an answer, or in the middle of one. */
export class AnswerFailure extends Error {
	override readonly name = 'AnswerFailure';
	/** 0 where the failure came inside a stream. */
	readonly status: number;
	/** The provider's stable words: types, codes and reasons, lower case, joined by blanks. */
	readonly words: string;
	/** How long it asks to wait. */
	readonly waitMs: number | undefined;

	constructor({status = 0, words = '', message, waitMs}: {status?: number; words?: string; message: string; waitMs?: number | undefined}) {
		super(message);
		this.status = status;
		this.words = words.toLowerCase();
		this.waitMs = waitMs;
	}
}

/** Every string under these keys, however deep: providers nest their codes differently. */
function* codes(value: unknown): Generator<string> {
	if (Array.isArray(value)) for (const item of value) yield* codes(item);
	if (!isJsonObject(value)) return;
	for (const [key, inner] of Object.entries(value)) {
		if (typeof inner === 'string' && ['type', 'code', 'status', 'reason', 'error_code', 'quotaId'].includes(key)) yield inner;
		else yield* codes(inner);
	}
}

/** The delay of Google's `RetryInfo`, written like `34.5s`. */
function* delays(value: unknown): Generator<number> {
	if (Array.isArray(value)) for (const item of value) yield* delays(item);
	if (!isJsonObject(value)) return;
	if (typeof value.retryDelay === 'string') yield Number.parseFloat(value.retryDelay) * 1000;
	for (const inner of Object.values(value)) yield* delays(inner);
}

function messageIn(body: unknown): string | undefined {
	const [first] = Array.isArray(body) ? body : [body];
	if (!isJsonObject(first)) return undefined;
	const error = first.error ?? first;
	if (typeof error === 'string') return error;
	return isJsonObject(error) && typeof error.message === 'string' ? error.message : undefined;
}

/** Reads an error body: JSON of any of the providers, or any text. */
export function failureOf(status: number, body: unknown, waitMs?: number): AnswerFailure {
	const [delay] = delays(body);
	const message = messageIn(body) ?? (typeof body === 'string' ? body : JSON.stringify(body ?? ''));
	return new AnswerFailure({status, words: [...codes(body)].join(' '), message, waitMs: waitMs ?? delay});
}

/**
 * How long a server asks to wait, from its headers: `retry-after-ms`, or `retry-after` in seconds or as a date (RFC 9110, 10.2.3).
 * @param now milliseconds since 1970
 */
export function waitOf(headers: Headers, now: number): number | undefined {
	const exact = Number.parseFloat(headers.get('retry-after-ms') ?? '');
	if (Number.isFinite(exact)) return Math.max(0, exact);
	const after = headers.get('retry-after');
	if (after === null) return undefined;
	const wait = /^\s*\d/.test(after) ? Number.parseFloat(after) * 1000 : Date.parse(after) - now;
	return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}

/** The failure inside what an SDK threw in the middle of a stream; undefined where it names none, such as a lost connection. */
export function failureIn(error: unknown): AnswerFailure | undefined {
	if (error instanceof AnswerFailure) return error;
	if (!(error instanceof Error)) return undefined;
	// Anthropic and OpenAI put the body of an error event into `error`.
	if ('error' in error && isJsonObject(error.error)) return failureOf(0, error.error);
	// Google makes the body its message.
	if (!('status' in error) || typeof error.status !== 'number') return undefined;
	return failureOf(error.status, jsonOr(error.message));
}

/** JSON if it is JSON, else the text. */
export function jsonOr(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
