import * as z from 'zod';
import type {JsonObject} from '../../core/json.ts';
import {cutToFit} from '../../core/text/cut-to-fit.ts';
import type {AnyTool} from '../../core/tool.ts';
import {checkedInput} from './checked-input.ts';
import type {EdgeTool} from './edge-tool.ts';
import {answerTokens, type ListedTool, wholeTool} from './listed-schema.ts';
import {mayUse} from './may-use.ts';

const input = z.object({query: z.string().min(1).max(300), limit: z.int().min(1).max(10).default(3)});

const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? [];

/** How well a tool fits: words of its name count most, then those of its summary, then those of its fields. */
function scoreOf({name, description, inputSchema}: ListedTool, query: string): number {
	if (query.trim().toLowerCase() === name) return 1000;
	const [names, summary, fields] = [
		wordsOf(name.replaceAll('_', ' ')),
		wordsOf(description),
		wordsOf(JSON.stringify(inputSchema.properties ?? {})),
	];
	const has = (words: readonly string[], word: string) =>
		words.some(each => each === word || (word.length > 3 && (each.startsWith(word) || word.startsWith(each))));
	return wordsOf(query).reduce(
		(sum, word) => sum + (has(names, word) ? 5 : 0) + (has(summary, word) ? 3 : 0) + (has(fields, word) ? 1 : 0),
		0,
	);
}

/** Finds tools by what they do, and tells all of their schemas, which the list cuts short. `shared` are fields that every tool takes. */
export function toolSearch<Ports>(
	offered: readonly {readonly tool: AnyTool<Ports>; readonly toolset: string}[],
	shared: JsonObject = {},
): EdgeTool {
	const tell = () => offered.map(({tool, toolset}) => ({listed: wholeTool(tool, shared), needs: {effect: tool.effect, toolset}}));
	// Schemas take time to make, and most clients start without a search.
	let told: ReturnType<typeof tell> | undefined;
	return {
		needs: {effect: 'read'},
		listed: {
			name: 'tool_search',
			title: 'Tool search',
			description: 'Finds tools by name or by what they do, and tells every field of their input and answer',
			inputSchema: {
				type: 'object',
				properties: {query: {type: 'string', description: 'Name of a tool, or words'}, limit: {type: 'integer', default: 3}},
				required: ['query'],
			},
			outputSchema: {type: 'object', properties: {tools: {type: 'array'}, others: {type: 'array'}}, required: ['tools', 'others']},
			annotations: {readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false},
		},
		async call(given, {caller}) {
			const {query, limit} = checkedInput(input, given);
			told ??= tell();
			const usable = told.filter(({needs}) => mayUse(needs, caller)).map(({listed}) => listed);
			const scored = usable
				.map(tool => ({tool, score: scoreOf(tool, query)}))
				.filter(({score}) => score > 0)
				.sort((a, b) => b.score - a.score || a.tool.name.localeCompare(b.tool.name));
			const found = scored.slice(0, limit).map(({tool}) => tool);
			const others = scored.slice(limit, limit + 20).map(({tool}) => tool.name);
			const {value} = cutToFit({tools: JSON.parse(JSON.stringify(found)), others}, answerTokens.usual * 4);
			const text =
				found.length === 0
					? `No tool fits ${JSON.stringify(query)}. All names: ${usable.map(({name}) => name).join(', ')}`
					: found.map(summaryOf).join('\n');
			return {content: [{type: 'text', text}], structuredContent: Object(value)};
		},
	};
}

const summaryOf = ({name, description, inputSchema}: ListedTool) =>
	`${name}: ${description}. Fields: ${Object.keys(Object(inputSchema.properties)).join(', ')}`;
