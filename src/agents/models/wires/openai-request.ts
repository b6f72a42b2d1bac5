import type OpenAI from 'openai';
import type {Endpoint} from '../endpoint.ts';
import {keptBlocks, markOf} from '../kept.ts';
import type {Message, ModelRequest} from '../model.ts';

type Item = OpenAI.Responses.ResponseInputItem;

/** A request of the Responses protocol that leaves nothing behind: the server stores no conversation, so encrypted thoughts come back to it. */
export function openaiRequest({name, model, thinks}: Endpoint, request: ModelRequest): OpenAI.Responses.ResponseCreateParamsStreaming {
	return {
		model,
		stream: true,
		store: false,
		instructions: request.system,
		input: request.messages.flatMap(message => itemsOf(name, message)),
		max_output_tokens: request.maxTokens,
		parallel_tool_calls: true,
		...(thinks ? {include: ['reasoning.encrypted_content' as const]} : {}),
		tools: request.tools.map(tool => ({
			type: 'function' as const,
			name: tool.name,
			description: tool.description,
			parameters: {...tool.inputSchema},
			strict: false,
		})),
	};
}

function itemsOf(name: string, message: Message): Item[] {
	switch (message.role) {
		case 'user':
			return [{role: 'user', content: message.text}];
		case 'result':
			return [{type: 'function_call_output', call_id: message.id, output: message.isError ? `Error: ${message.text}` : message.text}];
		case 'assistant': {
			const kept = keptBlocks(message.kept, name, markOf('', message));
			// The wire beside this file kept the server's own items.
			if (kept !== undefined) return kept as unknown as Item[];
			const text: Item[] = message.text === '' ? [] : [{role: 'assistant', content: message.text}];
			return [
				...text,
				...message.calls.map(({id, tool, input}) => ({
					type: 'function_call' as const,
					call_id: id,
					name: tool,
					arguments: JSON.stringify(input),
				})),
			];
		}
	}
}
