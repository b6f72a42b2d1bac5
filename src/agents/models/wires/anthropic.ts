import Anthropic from '@anthropic-ai/sdk';
import {isJsonObject, type JsonObject} from '../../../core/json.ts';
import {callEvent} from '../call-event.ts';
import {keep, markOf, marksOf, type Said, saidBy} from '../kept.ts';
import type {ModelEvent} from '../model.ts';
import type {Wire} from '../stream-answer.ts';
import {anthropicRequest} from './anthropic-request.ts';

type RawEvent = Anthropic.RawMessageStreamEvent;
type Used = Anthropic.Usage | Anthropic.MessageDeltaUsage;
type StopKind = Extract<ModelEvent, {kind: 'stop'}>['reason'];

const stops: {readonly [reason in Anthropic.StopReason]: StopKind} = {
	end_turn: 'end',
	stop_sequence: 'end',
	pause_turn: 'end',
	tool_use: 'calls',
	max_tokens: 'length',
	model_context_window_exceeded: 'length',
	refusal: 'refusal',
};

/** A content block that grows by its deltas; the same blocks are handed back when thoughts are kept. */
type Growing = {type: string; text: string; thinking: string; signature: string; json: string; start: JsonObject};

/** Speaks the Messages protocol. */
export const anthropicWire: Wire = async function* (endpoint, request, {fetch, signal}) {
	const client = new Anthropic({
		apiKey: endpoint.key ?? 'none',
		// Else the SDK looks for tokens in the environment by itself.
		authToken: null,
		baseURL: endpoint.baseUrl,
		maxRetries: 0,
		fetch,
		logLevel: 'off',
	});
	const stream = await client.messages.create(anthropicRequest(endpoint.name, endpoint.model, request), {signal});
	const answer = new Answer();
	for await (const event of stream) yield* answer.take(event);
	if (answer.reason === undefined) return;
	const mark = markOf(marksOf(request).end, answer.said());
	yield {kind: 'usage', ...answer.use()};
	const kept = answer.thought() ? {kept: keep(endpoint.name, mark, answer.blocks())} : {};
	yield {kind: 'stop', reason: stops[answer.reason] ?? 'end', ...kept};
};

/** One answer as it comes in. */
class Answer {
	reason: Anthropic.StopReason | undefined;
	readonly #growing = new Map<number, Growing>();
	readonly #events: ModelEvent[] = [];
	#used: Partial<Used> = {};

	*take(event: RawEvent): Generator<ModelEvent> {
		for (const told of this.#told(event)) {
			this.#events.push(told);
			yield told;
		}
	}

	*#told(event: RawEvent): Generator<ModelEvent> {
		switch (event.type) {
			case 'message_start':
				this.#used = event.message.usage;
				return;
			case 'content_block_start': {
				const {content_block: block} = event;
				const start = isJsonObject(block) ? block : {};
				this.#growing.set(event.index, {type: block.type, text: '', thinking: '', signature: '', json: '', start});
				return;
			}
			case 'content_block_delta':
				yield* this.#grow(event.index, event.delta);
				return;
			case 'content_block_stop':
				yield* this.#whole(event.index);
				return;
			case 'message_delta':
				yield* this.#end(event);
		}
	}

	*#grow(index: number, delta: Anthropic.RawContentBlockDelta): Generator<ModelEvent> {
		const block = this.#growing.get(index);
		if (block === undefined) return;
		if (delta.type === 'text_delta') {
			block.text += delta.text;
			yield {kind: 'text', delta: delta.text};
		} else if (delta.type === 'input_json_delta') block.json += delta.partial_json;
		else if (delta.type === 'thinking_delta') block.thinking += delta.thinking;
		else if (delta.type === 'signature_delta') block.signature += delta.signature;
	}

	*#whole(index: number): Generator<ModelEvent> {
		const block = this.#growing.get(index);
		if (block?.type === 'tool_use') yield callEvent(String(block.start.id), String(block.start.name), block.json);
	}

	*#end({delta, usage}: Anthropic.RawMessageDeltaEvent): Generator<ModelEvent> {
		// Counts of the end are whole; those it leaves out stand as they were at the start.
		this.#used = {...this.#used, ...Object.fromEntries(Object.entries(usage).filter(([, count]) => count !== null))};
		this.reason = delta.stop_reason ?? undefined;
		const words = delta.stop_details?.explanation;
		if (words) yield {kind: 'text', delta: words};
	}

	said(): Said {
		return saidBy(this.#events);
	}

	use() {
		const {input_tokens: plain, cache_creation_input_tokens: written, cache_read_input_tokens: cached, output_tokens: output} = this.#used;
		return {
			inputTokens: (plain ?? 0) + (written ?? 0) + (cached ?? 0),
			outputTokens: output ?? 0,
			cachedTokens: cached ?? 0,
			writtenTokens: written ?? 0,
		};
	}

	/** Whether there are thoughts to keep, and no call that could not be sent back. */
	thought(): boolean {
		const types = [...this.#growing.values()].map(({type}) => type);
		return types.some(type => type.endsWith('thinking')) && !this.#events.some(({kind}) => kind === 'broken');
	}

	blocks(): readonly JsonObject[] {
		return [...this.#growing.values()].flatMap(({type, text, thinking, signature, json, start}): JsonObject[] => {
			if (type === 'text') return text === '' ? [] : [{type, text}];
			if (type === 'thinking') return [{type, thinking, signature}];
			if (type === 'tool_use') return [{type, id: start.id, name: start.name, input: JSON.parse(json.trim() || '{}')}];
			return [start];
		});
	}
}
