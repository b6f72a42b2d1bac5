import {type Answer, type Frame, type Protocol, scriptedUse} from './reply.ts';

const chunk = (parts: readonly object[]): Frame => ({
	data: {candidates: [{index: 0, content: {role: 'model', parts}}], modelVersion: 'scripted', responseId: 'r1'},
});

const usageMetadata = {
	promptTokenCount: scriptedUse.inputTokens,
	cachedContentTokenCount: scriptedUse.cachedTokens,
	candidatesTokenCount: scriptedUse.outputTokens - 10,
	thoughtsTokenCount: 10,
	totalTokenCount: scriptedUse.inputTokens + scriptedUse.outputTokens,
};

const end = (finishReason: string): Frame => ({
	data: {candidates: [{index: 0, content: {role: 'model', parts: [{text: ''}]}, finishReason}], usageMetadata},
});

/** Calls come whole here; only the first of parallel ones is signed. A call that is no JSON ends the answer. */
const callFrames = ({calls = [], thought}: Answer): readonly Frame[] =>
	calls
		.filter(({badly}) => badly === undefined)
		.map(({id, tool, input}, index) =>
			chunk([{functionCall: {id, name: tool, args: input}, ...(index === 0 && thought !== undefined ? {thoughtSignature: thought} : {})}]),
		);

const fault = (code: number, status: string, message: string, details: readonly object[] = []) => ({
	status: code,
	body: {error: {code, message, status, details}},
});

/** generateContent as a stream, as generativelanguage.googleapis.com speaks it. */
export const geminiProtocol: Protocol = {
	base: '',
	answer(answer) {
		const bad = answer.calls?.find(({badly}) => badly !== undefined);
		return [
			...(answer.thought === undefined ? [] : [chunk([{text: 'the person wants pods', thought: true}])]),
			...(answer.text ?? []).map(text => chunk([{text}])),
			...callFrames(answer),
			bad === undefined ? end(answer.cut ? 'MAX_TOKENS' : 'STOP') : end('MALFORMED_FUNCTION_CALL'),
		];
	},
	refusal: text => [chunk([{text}]), end('SAFETY')],
	overloadInside: {data: {error: {code: 503, message: 'The model is overloaded', status: 'UNAVAILABLE'}}},
	fault: {
		overload: fault(503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.'),
		'no-credit': fault(429, 'RESOURCE_EXHAUSTED', 'Your prepayment credits are depleted.'),
		'key-refused': fault(400, 'INVALID_ARGUMENT', 'API key not valid.', [
			{'@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID', domain: 'googleapis.com'},
		]),
		'unknown-model': fault(404, 'NOT_FOUND', 'models/scripted is not found for API version v1beta'),
		'too-long': fault(400, 'INVALID_ARGUMENT', 'The input token count (1048577) exceeds the maximum number of tokens allowed (1048576).'),
	},
};
