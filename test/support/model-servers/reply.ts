import type {ServerResponse} from 'node:http';
import type {JsonObject} from '../../../src/core/json.ts';

/** A call as a script writes it; `badly` stands for arguments that are no JSON. */
export type ScriptedCall = {readonly id: string; readonly tool: string; readonly input: JsonObject; readonly badly?: string};

/** What an answer holds, the same on every wire. Text comes in these pieces; arguments in pieces of a few letters where the wire knows pieces. */
export type Answer = {
	readonly kind: 'answer';
	readonly text?: readonly string[];
	readonly calls?: readonly ScriptedCall[];
	/** A signed thought before the rest, on the wires that know it. */
	readonly thought?: string;
	/** Cut off by the limit of the answer. */
	readonly cut?: boolean;
};

/** What a server answers to one request. */
export type Reply =
	| Answer
	| {readonly kind: 'refusal'; readonly text: string}
	| {readonly kind: 'overload'; readonly retryAfterSeconds?: number}
	/** The first pieces of a text, then the connection is cut. */
	| {readonly kind: 'broken'; readonly text: readonly string[]}
	/** The first pieces of a text, and then nothing. */
	| {readonly kind: 'stuck'; readonly text: readonly string[]}
	/** The stream says in its middle that the server is overloaded. */
	| {readonly kind: 'overload-inside'}
	| {readonly kind: 'no-credit'}
	| {readonly kind: 'key-refused'}
	| {readonly kind: 'unknown-model'}
	| {readonly kind: 'too-long'}
	/** Headers, and then nothing. */
	| {readonly kind: 'silent'}
	/** A web page, as proxies and wrong addresses give. */
	| {readonly kind: 'html'};

/** Tokens of every scripted answer. */
export const scriptedUse = {inputTokens: 1200, cachedTokens: 1000, writtenTokens: 0, outputTokens: 30};

/** How one protocol writes a reply. */
export type Protocol = {
	/** Path of the base URL that a client is given. */
	readonly base: string;
	/** Data of the events of a stream, in order. */
	readonly answer: (answer: Answer) => readonly Frame[];
	readonly refusal: (text: string) => readonly Frame[];
	/** An event that tells of an overload in the middle of a stream. */
	readonly overloadInside: Frame;
	/** Status and body of what goes wrong before a stream. */
	readonly fault: {readonly [kind in FaultKind]: {readonly status: number; readonly body: unknown}};
};

type FaultKind = 'overload' | 'no-credit' | 'key-refused' | 'unknown-model' | 'too-long';

/** One event of a stream; some protocols name it. */
export type Frame = {readonly event?: string; readonly data: unknown};

export function writeFrame(response: ServerResponse, {event, data}: Frame): void {
	response.write(`${event === undefined ? '' : `event: ${event}\n`}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`);
}

/** The arguments of a call in pieces, as models write them. */
export const piecesOf = ({input, badly}: ScriptedCall): readonly string[] => (badly ?? JSON.stringify(input)).match(/.{1,7}/gs) ?? [];
