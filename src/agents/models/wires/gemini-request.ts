import type {Content, GenerateContentParameters, Part} from '@google/genai/web';
import {keptBlocks, markOf} from '../kept.ts';
import type {Message, ModelRequest} from '../model.ts';

/**
 * Stands for a signature that is not there, on calls of another model or of an earlier conversation: newer models refuse calls without one.
 * @see https://ai.google.dev/gemini-api/docs/thought-signatures
 */
const noSignature = 'skip_thought_signature_validator';

export const geminiRequest = (
	name: string,
	model: string,
	{system, messages, tools, maxTokens}: ModelRequest,
): GenerateContentParameters => ({
	model,
	contents: contentsOf(name, messages),
	config: {
		systemInstruction: system,
		maxOutputTokens: maxTokens,
		automaticFunctionCalling: {disable: true},
		automaticContinuation: false,
		...(tools.length === 0
			? {}
			: {
					tools: [
						{
							functionDeclarations: tools.map(tool => ({
								name: tool.name,
								description: tool.description,
								parametersJsonSchema: tool.inputSchema,
							})),
						},
					],
				}),
	},
});

/** Results of parallel calls stand in one turn of the user. */
function contentsOf(name: string, messages: readonly Message[]): Content[] {
	const contents: {role: string; parts: Part[]}[] = [];
	for (const message of messages) {
		const role = message.role === 'assistant' ? 'model' : 'user';
		const parts = partsOf(name, message);
		const last = contents.at(-1);
		if (last?.role === role) last.parts.push(...parts);
		else if (parts.length > 0) contents.push({role, parts});
	}
	return contents;
}

function partsOf(name: string, message: Message): Part[] {
	switch (message.role) {
		case 'user':
			return [{text: message.text}];
		case 'result':
			return [
				{
					functionResponse: {
						id: message.id,
						name: message.tool,
						response: message.isError ? {error: message.text} : {output: message.text},
					},
				},
			];
		case 'assistant': {
			const kept = keptBlocks(message.kept, name, markOf('', message));
			// The wire beside this file kept the server's own parts.
			if (kept !== undefined) return kept as unknown as Part[];
			const text: Part[] = message.text === '' ? [] : [{text: message.text}];
			const calls = message.calls.map(({id, tool, input}, index) => ({
				functionCall: {id, name: tool, args: {...input}},
				...(index === 0 ? {thoughtSignature: noSignature} : {}),
			}));
			return [...text, ...calls];
		}
	}
}
