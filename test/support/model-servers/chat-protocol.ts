import {openaiFaults} from './openai-protocol.ts';
import {type Answer, type Frame, type Protocol, piecesOf, scriptedUse} from './reply.ts';

const chunk = (delta: object, finish: string | null = null): Frame => ({
	data: {id: 'chat_1', object: 'chat.completion.chunk', created: 0, model: 'scripted', choices: [{index: 0, delta, finish_reason: finish}]},
});

const end: readonly Frame[] = [
	{
		data: {
			id: 'chat_1',
			object: 'chat.completion.chunk',
			created: 0,
			model: 'scripted',
			choices: [],
			usage: {
				prompt_tokens: scriptedUse.inputTokens,
				completion_tokens: scriptedUse.outputTokens,
				total_tokens: scriptedUse.inputTokens + scriptedUse.outputTokens,
				prompt_tokens_details: {cached_tokens: scriptedUse.cachedTokens},
			},
		},
	},
	{data: '[DONE]'},
];

const callFrames = ({calls = []}: Answer): readonly Frame[] =>
	calls.flatMap((call, index) => [
		chunk({tool_calls: [{index, id: call.id, type: 'function', function: {name: call.tool, arguments: ''}}]}),
		...piecesOf(call).map(piece => chunk({tool_calls: [{index, function: {arguments: piece}}]})),
	]);

/** Chat Completions, as Ollama, vLLM and Azure OpenAI speak it. */
export const chatProtocol: Protocol = {
	base: '/v1',
	answer: answer => [
		chunk({role: 'assistant', content: ''}),
		...(answer.text ?? []).map(content => chunk({content})),
		...callFrames(answer),
		chunk({}, answer.cut ? 'length' : answer.calls === undefined ? 'stop' : 'tool_calls'),
		...end,
	],
	refusal: text => [chunk({role: 'assistant', refusal: text}), chunk({}, 'stop'), ...end],
	overloadInside: {data: {error: {message: 'The server is overloaded', type: 'server_error', code: null}}},
	fault: openaiFaults,
};
