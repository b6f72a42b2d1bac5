import {type Answer, type Frame, type Protocol, piecesOf, type ScriptedCall, scriptedUse} from './reply.ts';

const named = (type: string, fields: object): Frame => ({event: type, data: {type, sequence_number: 0, ...fields}});

const usage = {
	input_tokens: scriptedUse.inputTokens,
	input_tokens_details: {cached_tokens: scriptedUse.cachedTokens, cache_write_tokens: 0},
	output_tokens: scriptedUse.outputTokens,
	output_tokens_details: {reasoning_tokens: 0},
	total_tokens: scriptedUse.inputTokens + scriptedUse.outputTokens,
};

/** One item of the output: how it begins, how it grows, what it is in the end. */
type Item = {readonly added: object; readonly deltas: readonly {readonly type: string; readonly delta: string}[]; readonly done: object};

const message = (pieces: readonly string[], type: 'output_text' | 'refusal'): Item => ({
	added: {type: 'message', id: 'msg_1', role: 'assistant', status: 'in_progress', content: []},
	deltas: pieces.map(delta => ({type: `response.${type}.delta`, delta})),
	done: {
		type: 'message',
		id: 'msg_1',
		role: 'assistant',
		status: 'completed',
		content: [type === 'refusal' ? {type, refusal: pieces.join('')} : {type, text: pieces.join(''), annotations: []}],
	},
});

const called = (call: ScriptedCall): Item => {
	const item = {type: 'function_call', id: `fc_${call.id}`, call_id: call.id, name: call.tool};
	return {
		added: {...item, arguments: '', status: 'in_progress'},
		deltas: piecesOf(call).map(delta => ({type: 'response.function_call_arguments.delta', delta})),
		done: {...item, arguments: piecesOf(call).join(''), status: 'completed'},
	};
};

function itemsOf({thought, text = [], calls = []}: Answer): readonly Item[] {
	const reasoning = {type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: thought};
	return [
		...(thought === undefined ? [] : [{added: reasoning, deltas: [], done: reasoning}]),
		...(text.length === 0 ? [] : [message(text, 'output_text')]),
		...calls.map(called),
	];
}

function framesOf(items: readonly Item[], cut = false): readonly Frame[] {
	const response = {id: 'resp_1', object: 'response', status: cut ? 'incomplete' : 'completed', output: items.map(({done}) => done), usage};
	return [
		named('response.created', {response: {...response, status: 'in_progress', output: [], usage: null}}),
		...items.flatMap(({added, deltas, done}, output_index) => [
			named('response.output_item.added', {output_index, item: added}),
			...deltas.map(({type, delta}) => named(type, {output_index, content_index: 0, item_id: 'item', delta})),
			named('response.output_item.done', {output_index, item: done}),
		]),
		named(cut ? 'response.incomplete' : 'response.completed', {
			response: {...response, incomplete_details: cut ? {reason: 'max_output_tokens'} : null},
		}),
	];
}

/** What OpenAI's servers say on both of their protocols. */
export const openaiFaults: Protocol['fault'] = {
	overload: {status: 503, body: {error: {message: 'The server is overloaded', type: 'server_error', param: null, code: null}}},
	'no-credit': {
		status: 429,
		body: {error: {message: 'You exceeded your current quota', type: 'insufficient_quota', param: null, code: 'insufficient_quota'}},
	},
	'key-refused': {
		status: 401,
		body: {error: {message: 'Incorrect API key provided: sk-****', type: 'invalid_request_error', param: null, code: 'invalid_api_key'}},
	},
	'unknown-model': {
		status: 404,
		body: {error: {message: 'The model `scripted` does not exist', type: 'invalid_request_error', param: null, code: 'model_not_found'}},
	},
	'too-long': {
		status: 400,
		body: {error: {message: 'Your input exceeds', type: 'invalid_request_error', param: 'input', code: 'context_length_exceeded'}},
	},
};

/** The Responses protocol, as api.openai.com speaks it. */
export const openaiProtocol: Protocol = {
	base: '/v1',
	answer: answer => framesOf(itemsOf(answer), answer.cut),
	refusal: text => framesOf([message([text], 'refusal')]),
	overloadInside: named('response.failed', {
		response: {id: 'resp_1', status: 'failed', error: {code: 'server_error', message: 'The server is overloaded'}},
	}),
	fault: openaiFaults,
};
