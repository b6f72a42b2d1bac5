import {type FinishReason, type GenerateContentResponse, GoogleGenAI, type Part} from '@google/genai/web';
import {isJsonObject, type JsonObject} from '../../../core/json.ts';
import {keep, markOf} from '../kept.ts';
import type {ModelEvent} from '../model.ts';
import type {Wire} from '../stream-answer.ts';
import {geminiRequest} from './gemini-request.ts';

type StopKind = Extract<ModelEvent, {kind: 'stop'}>['reason'];
type Call = Extract<ModelEvent, {kind: 'call'}>;

const finished: {readonly [reason: string]: StopKind} = {STOP: 'end', MAX_TOKENS: 'length'};
/** The model tried to call and wrote something that is no call. */
const misspelt: ReadonlySet<string> = new Set(['MALFORMED_FUNCTION_CALL', 'UNEXPECTED_TOOL_CALL', 'TOO_MANY_TOOL_CALLS']);

/** Speaks generateContent. The SDK is the one for browsers: the one for Node reads keys from the environment by itself and writes warnings to the screen. */
export const geminiWire: Wire = async function* (endpoint, request, {fetch, signal}) {
	const client = new GoogleGenAI({
		apiKey: endpoint.key ?? 'none',
		enterprise: false,
		vertexai: false,
		httpOptions: {baseUrl: endpoint.baseUrl, fetch},
	});
	const {config, ...rest} = geminiRequest(endpoint.name, endpoint.model, request);
	const stream = await client.models.generateContentStream({...rest, config: {...config, abortSignal: signal}});
	const answer = new Answer();
	for await (const chunk of stream) yield* answer.take(chunk);
	if (answer.finish === undefined) return;
	yield* answer.misspelt();
	yield {kind: 'usage', ...answer.use()};
	const mark = markOf('', {text: answer.text, calls: answer.calls.map(({id, tool, input}) => ({id, tool, input}))});
	yield {kind: 'stop', reason: answer.reason(), ...(answer.signed() ? {kept: keep(endpoint.name, mark, answer.parts)} : {})};
};

/** One answer as it comes in. Calls come whole, and often without an id. */
class Answer {
	finish: FinishReason | 'BLOCKED' | undefined;
	text = '';
	readonly calls: Call[] = [];
	readonly parts: JsonObject[] = [];
	#used: GenerateContentResponse['usageMetadata'];

	*take({candidates, usageMetadata, promptFeedback}: GenerateContentResponse): Generator<ModelEvent> {
		this.#used = usageMetadata ?? this.#used;
		const [candidate] = candidates ?? [];
		for (const part of candidate?.content?.parts ?? []) yield* this.#told(part);
		this.finish = candidate?.finishReason ?? (promptFeedback?.blockReason === undefined ? this.finish : 'BLOCKED');
	}

	*#told(part: Part): Generator<ModelEvent> {
		const {functionCall, text, thought} = part;
		if (isJsonObject(part)) this.parts.push(part);
		if (functionCall !== undefined) {
			const input = isJsonObject(functionCall.args) ? functionCall.args : {};
			const call: Call = {
				kind: 'call',
				id: functionCall.id ?? `call-${this.calls.length + 1}`,
				tool: functionCall.name ?? '',
				input,
			};
			this.calls.push(call);
			yield call;
		} else if (text && !thought) {
			this.text += text;
			yield {kind: 'text', delta: text};
		}
	}

	*misspelt(): Generator<ModelEvent> {
		if (this.finish === undefined || !misspelt.has(this.finish)) return;
		yield {kind: 'broken', id: `call-${this.calls.length + 1}`, tool: 'unknown', text: this.finish};
	}

	reason(): StopKind | 'refusal' {
		const {finish} = this;
		if (finish === undefined) return 'end';
		if (misspelt.has(finish)) return 'calls';
		const stop = finished[finish] ?? 'refusal';
		return stop === 'end' && this.calls.length > 0 ? 'calls' : stop;
	}

	/** Without signatures, parts can be written anew. */
	signed(): boolean {
		return this.parts.some(part => 'thoughtSignature' in part) && this.finish === 'STOP';
	}

	use() {
		const {promptTokenCount, candidatesTokenCount, thoughtsTokenCount, cachedContentTokenCount} = this.#used ?? {};
		return {
			inputTokens: promptTokenCount ?? 0,
			outputTokens: (candidatesTokenCount ?? 0) + (thoughtsTokenCount ?? 0),
			cachedTokens: cachedContentTokenCount ?? 0,
			writtenTokens: 0,
		};
	}
}
