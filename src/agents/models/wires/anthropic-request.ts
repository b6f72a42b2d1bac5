import type Anthropic from '@anthropic-ai/sdk';
import {keptBlocks, markOf, marksOf} from '../kept.ts';
import type {Message, ModelRequest} from '../model.ts';

type Block = Anthropic.ContentBlockParam;

/**
 * A request of the Messages protocol. The cache ends after the tools and the system text, which never change, and after the last message.
 * Thoughts are bound to all that stood before them: those whose past was changed, such as by a summary, are left out.
 */
export function anthropicRequest(name: string, model: string, request: ModelRequest): Anthropic.MessageCreateParamsStreaming {
	const {system, tools, maxTokens} = request;
	return {
		model,
		max_tokens: maxTokens,
		stream: true,
		cache_control: {type: 'ephemeral'},
		system: [{type: 'text', text: system, cache_control: {type: 'ephemeral'}}],
		messages: turnsOf(name, request),
		// A schema of a tool is always of an object.
		tools: tools.map(tool => ({
			name: tool.name,
			description: tool.description,
			input_schema: {...tool.inputSchema, type: 'object' as const},
		})),
	};
}

/** Results belong to the turn of the user that follows the calls, before its text. */
function turnsOf(name: string, request: ModelRequest): Anthropic.MessageParam[] {
	const {before} = marksOf(request);
	const turns: {role: 'assistant' | 'user'; content: Block[]}[] = [];
	for (const message of request.messages) {
		const role = message.role === 'assistant' ? 'assistant' : 'user';
		const blocks = blocksOf(name, message, before.get(message) ?? '');
		const last = turns.at(-1);
		if (last?.role === role) last.content.push(...blocks);
		else if (blocks.length > 0) turns.push({role, content: blocks});
	}
	return turns.map(({role, content}) => (role === 'user' ? {role, content} : {role: 'assistant', content}));
}

function blocksOf(name: string, message: Message, before: string): Block[] {
	switch (message.role) {
		case 'user':
			return [{type: 'text', text: message.text}];
		case 'result':
			return [{type: 'tool_result', tool_use_id: message.id, content: message.text, is_error: message.isError}];
		case 'assistant': {
			const kept = keptBlocks(message.kept, name, markOf(before, message));
			// The wire beside this file made these blocks out of the server's own.
			if (kept !== undefined) return kept as unknown as Block[];
			const text: Block[] = message.text === '' ? [] : [{type: 'text', text: message.text}];
			return [...text, ...message.calls.map(({id, tool, input}) => ({type: 'tool_use' as const, id, name: tool, input}))];
		}
	}
}
