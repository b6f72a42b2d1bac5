import type OpenAI from 'openai';
import {AnswerFailure} from '../answer-failure.ts';
import {callEvent} from '../call-event.ts';
import {keep, markOf, saidBy} from '../kept.ts';
import type {ModelEvent, TokenUse} from '../model.ts';
import type {Wire} from '../stream-answer.ts';
import {openaiClient} from './openai-client.ts';
import {openaiRequest} from './openai-request.ts';

type RawEvent = OpenAI.Responses.ResponseStreamEvent;
type Whole = OpenAI.Responses.Response;

/** Speaks the Responses protocol. */
export const openaiWire: Wire = async function* (endpoint, request, link) {
	const stream = await openaiClient(endpoint, link).responses.create(openaiRequest(endpoint, request), {signal: link.signal});
	const events: ModelEvent[] = [];
	const items: OpenAI.Responses.ResponseOutputItem[] = [];
	for await (const raw of stream) {
		if (raw.type === 'response.output_item.done') items.push(raw.item);
		const told = toldBy(raw);
		if (told !== undefined) {
			events.push(told);
			yield told;
		}
		if (raw.type === 'response.completed' || raw.type === 'response.incomplete') {
			yield {kind: 'usage', ...tokensOf(raw.response)};
			yield {kind: 'stop', reason: reasonOf(raw.response, events), ...keptOf(endpoint.name, items, events)};
		}
	}
};

function toldBy(raw: RawEvent): ModelEvent | undefined {
	switch (raw.type) {
		case 'response.output_text.delta':
		case 'response.refusal.delta':
			return {kind: 'text', delta: raw.delta};
		case 'response.output_item.done':
			return raw.item.type === 'function_call' ? callEvent(raw.item.call_id, raw.item.name, raw.item.arguments) : undefined;
		case 'response.failed':
			throw new AnswerFailure({words: raw.response.error?.code ?? '', message: raw.response.error?.message ?? 'the response failed'});
		case 'error':
			throw new AnswerFailure({words: raw.code ?? '', message: raw.message});
		default:
			return undefined;
	}
}

const tokensOf = ({usage}: Whole): TokenUse => ({
	inputTokens: usage?.input_tokens ?? 0,
	outputTokens: usage?.output_tokens ?? 0,
	cachedTokens: usage?.input_tokens_details?.cached_tokens ?? 0,
	writtenTokens: usage?.input_tokens_details?.cache_write_tokens ?? 0,
});

function reasonOf({output, incomplete_details: cut}: Whole, events: readonly ModelEvent[]): Extract<ModelEvent, {kind: 'stop'}>['reason'] {
	if (cut?.reason === 'content_filter') return 'refusal';
	if (cut?.reason === 'max_output_tokens') return 'length';
	if (output.some(item => item.type === 'message' && item.content.some(({type}) => type === 'refusal'))) return 'refusal';
	return events.some(({kind}) => kind === 'call' || kind === 'broken') ? 'calls' : 'end';
}

/** Items are kept where thoughts are among them; the rest can be written anew. */
function keptOf(name: string, items: readonly OpenAI.Responses.ResponseOutputItem[], events: readonly ModelEvent[]) {
	if (!items.some(({type}) => type === 'reasoning') || events.some(({kind}) => kind === 'broken')) return {};
	return {kept: keep(name, markOf('', saidBy(events)), items)};
}
