import type OpenAI from 'openai';
import {callEvent} from '../call-event.ts';
import type {Endpoint} from '../endpoint.ts';
import type {Message, ModelEvent, ModelRequest} from '../model.ts';
import type {Wire} from '../stream-answer.ts';
import {openaiClient} from './openai-client.ts';

type Param = OpenAI.Chat.ChatCompletionMessageParam;
type Chunk = OpenAI.Chat.ChatCompletionChunk;
type StopKind = Extract<ModelEvent, {kind: 'stop'}>['reason'];

function chatRequest(
	{model, limitField}: Endpoint,
	{system, messages, tools, maxTokens}: ModelRequest,
): OpenAI.Chat.ChatCompletionCreateParamsStreaming {
	return {
		model,
		stream: true,
		stream_options: {include_usage: true},
		[limitField]: maxTokens,
		messages: [{role: 'system', content: system}, ...messages.map(paramOf)],
		...(tools.length === 0 ? {} : {tools: tools.map(toolOf)}),
	};
}

const toolOf = ({name, description, inputSchema}: ModelRequest['tools'][number]) => ({
	type: 'function' as const,
	function: {name, description, parameters: {...inputSchema}},
});

function paramOf(message: Message): Param {
	switch (message.role) {
		case 'user':
			return {role: 'user', content: message.text};
		case 'result':
			return {role: 'tool', tool_call_id: message.id, content: message.isError ? `Error: ${message.text}` : message.text};
		case 'assistant': {
			const calls = message.calls.map(({id, tool, input}) => ({
				id,
				type: 'function' as const,
				function: {name: tool, arguments: JSON.stringify(input)},
			}));
			return {role: 'assistant', content: message.text, ...(calls.length === 0 ? {} : {tool_calls: calls})};
		}
	}
}

/** Speaks Chat Completions, as Ollama, vLLM, Azure OpenAI and many others do. */
export const chatWire: Wire = async function* (endpoint, request, link) {
	const stream = await openaiClient(endpoint, link).chat.completions.create(chatRequest(endpoint, request), {signal: link.signal});
	const calls = new Pieces();
	let reason: string | undefined;
	let refused = false;
	let use: ModelEvent | undefined;
	for await (const chunk of stream) {
		use = tokensOf(chunk) ?? use;
		const choice = chunk.choices?.[0];
		if (choice === undefined) continue;
		for (const delta of [choice.delta?.content, choice.delta?.refusal]) if (delta) yield {kind: 'text', delta};
		refused ||= Boolean(choice.delta?.refusal);
		for (const piece of choice.delta?.tool_calls ?? []) calls.add(piece);
		reason = choice.finish_reason ?? reason;
	}
	if (reason === undefined) return;
	const whole = calls.whole();
	yield* whole;
	if (use !== undefined) yield use;
	yield {kind: 'stop', reason: refused ? 'refusal' : stopOf(reason, whole.length > 0)};
};

/** Some servers end a turn of calls with `stop`. */
function stopOf(reason: string, called: boolean): StopKind {
	if (reason === 'content_filter') return 'refusal';
	if (reason === 'length') return 'length';
	return called ? 'calls' : 'end';
}

function tokensOf({usage}: Chunk): ModelEvent | undefined {
	if (!usage) return undefined;
	return {
		kind: 'usage',
		inputTokens: usage.prompt_tokens,
		outputTokens: usage.completion_tokens,
		cachedTokens: usage.prompt_tokens_details?.cached_tokens ?? 0,
		writtenTokens: 0,
	};
}

/** Calls that come in pieces. Some servers number every call 0, and some give no id: a new id begins a call, and a missing one is made. */
class Pieces {
	readonly #calls: {index: number; id: string; name: string; text: string}[] = [];

	add({index = 0, id, function: call}: OpenAI.Chat.ChatCompletionChunk.Choice.Delta.ToolCall): void {
		const open = this.#calls.findLast(known => known.index === index);
		if (open !== undefined && (!id || id === open.id)) {
			open.text += call?.arguments ?? '';
			return;
		}
		this.#calls.push({index, id: id || `call-${this.#calls.length + 1}`, name: call?.name ?? '', text: call?.arguments ?? ''});
	}

	whole(): readonly ModelEvent[] {
		return this.#calls.map(({id, name, text}) => callEvent(id, name, text));
	}
}
