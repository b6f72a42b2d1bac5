import {type Answer, type Frame, type Protocol, piecesOf, scriptedUse} from './reply.ts';

const named = (type: string, fields: object): Frame => ({event: type, data: {type, ...fields}});

const start = named('message_start', {
	message: {
		id: 'msg_1',
		type: 'message',
		role: 'assistant',
		model: 'scripted',
		content: [],
		stop_reason: null,
		stop_sequence: null,
		usage: {
			input_tokens: scriptedUse.inputTokens - scriptedUse.cachedTokens,
			cache_creation_input_tokens: 0,
			cache_read_input_tokens: scriptedUse.cachedTokens,
			output_tokens: 1,
		},
	},
});

const end = (reason: string, details: object | null = null): readonly Frame[] => [
	named('message_delta', {
		delta: {stop_reason: reason, stop_sequence: null, stop_details: details},
		usage: {output_tokens: scriptedUse.outputTokens, input_tokens: null, cache_creation_input_tokens: null, cache_read_input_tokens: null},
	}),
	named('message_stop', {}),
];

type Block = {readonly start: object; readonly deltas: readonly object[]};

function blocksOf({thought, text = [], calls = []}: Answer): readonly Block[] {
	const thinking: Block = {
		start: {type: 'thinking', thinking: '', signature: ''},
		deltas: [
			{type: 'thinking_delta', thinking: 'the person wants '},
			{type: 'thinking_delta', thinking: 'pods'},
			{type: 'signature_delta', signature: thought},
		],
	};
	const said: Block = {start: {type: 'text', text: ''}, deltas: text.map(piece => ({type: 'text_delta', text: piece}))};
	return [
		...(thought === undefined ? [] : [thinking]),
		...(text.length === 0 ? [] : [said]),
		...calls.map(call => ({
			start: {type: 'tool_use', id: call.id, name: call.tool, input: {}},
			deltas: piecesOf(call).map(piece => ({type: 'input_json_delta', partial_json: piece})),
		})),
	];
}

const framesOf = (block: Block, index: number): readonly Frame[] => [
	named('content_block_start', {index, content_block: block.start}),
	named('ping', {}),
	...block.deltas.map(delta => named('content_block_delta', {index, delta})),
	named('content_block_stop', {index}),
];

const error = (type: string, message: string) => ({type: 'error', error: {type, message}, request_id: 'req_1'});

/** The Messages protocol, as api.anthropic.com speaks it. */
export const anthropicProtocol: Protocol = {
	base: '',
	answer: answer => [
		start,
		...blocksOf(answer).flatMap(framesOf),
		...end(answer.cut ? 'max_tokens' : answer.calls === undefined ? 'end_turn' : 'tool_use'),
	],
	refusal: text => [start, ...end('refusal', {type: 'refusal', category: 'cyber', explanation: text})],
	overloadInside: {event: 'error', data: error('overloaded_error', 'Overloaded')},
	fault: {
		overload: {status: 529, body: error('overloaded_error', 'Overloaded')},
		'no-credit': {status: 402, body: error('billing_error', 'Your credit balance is too low to access the API')},
		'key-refused': {status: 401, body: error('authentication_error', 'invalid x-api-key')},
		'unknown-model': {status: 404, body: error('not_found_error', 'model: scripted')},
		'too-long': {status: 400, body: error('invalid_request_error', 'prompt is too long: 1000001 tokens > 1000000 maximum')},
	},
};
