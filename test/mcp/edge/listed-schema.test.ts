import {expect, test} from 'vitest';
import * as z from 'zod';
import {type AnyTool, readTool} from '../../../src/core/tool.ts';
import {listedTools, titleOf, tokensOf, wholeTool} from '../../../src/mcp/edge/listed-schema.ts';

const hints = {readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false};

const podList: AnyTool<object> = readTool<object, z.ZodObject, z.ZodType>({
	name: 'pod_list',
	summary: 'Lists pods',
	effect: 'read',
	annotations: hints,
	command: ['k8s', 'pods'],
	positionals: [],
	input: z.object({
		one: z.string().max(63).describe('The first'),
		two: z.string().regex(/^a/).optional().describe('The second'),
		three: z.int().min(1).default(1).describe('The third'),
		cursor: z.string().optional().describe('Where the last answer stopped'),
		kind: z.string().describe('Which'),
	}),
	output: z.object({rows: z.array(z.object({name: z.string()})), total: z.number(), note: z.string().optional(), object: z.json()}),
	text: () => '',
	run: async () => ({}),
});

const fieldsOf = (tokens: number) => {
	const [listed] = listedTools([podList], tokens);
	return Object.keys(Object(listed?.inputSchema.properties));
};

// `object` may be anything, and an empty schema does not travel.
test('a tool is listed with every field, its title, its hints and the first level of its answer', () => {
	expect(listedTools([podList], 1000)).toEqual([
		{
			name: 'pod_list',
			title: 'Pod list',
			description: 'Lists pods',
			annotations: hints,
			inputSchema: {
				type: 'object',
				properties: {
					one: {type: 'string', description: 'The first'},
					two: {type: 'string', description: 'The second'},
					three: {type: 'integer', default: 1, description: 'The third'},
					cursor: {type: 'string', description: 'Where the last answer stopped'},
					kind: {type: 'string', description: 'Which'},
					max_tokens: {type: 'integer', maximum: 25_000, description: 'Tokens of the answer'},
				},
				required: ['one', 'kind'],
			},
			outputSchema: {
				type: 'object',
				properties: {rows: {type: 'array'}, total: {type: 'number'}, note: {type: 'string'}},
				required: ['rows', 'total'],
			},
		},
	]);
});

test('what does not fit is left out from the end, never what is required, and never the cursor', () => {
	const whole = tokensOf(listedTools([podList], 10_000));
	expect(fieldsOf(whole)).toEqual(['one', 'two', 'three', 'cursor', 'kind', 'max_tokens']);
	expect(fieldsOf(whole - 5)).toEqual(['one', 'two', 'cursor', 'kind', 'max_tokens']);
	expect(fieldsOf(1)).toEqual(['one', 'cursor', 'kind', 'max_tokens']);
	const [listed] = listedTools([podList], 1);
	expect(listed?.description).toBe('Lists pods (2 more fields: tool_search)');
});

test('a field that every tool takes is listed whatever else fits, and counts', () => {
	const shared = {context: {type: 'string'}};
	const fieldsIn = (tokens: number) => Object.keys(Object(listedTools([podList], tokens, shared)[0]?.inputSchema.properties));
	expect(fieldsIn(tokensOf(listedTools([podList], 10_000)))).toEqual(['one', 'two', 'cursor', 'kind', 'max_tokens', 'context']);
	expect(fieldsIn(1)).toEqual(['one', 'cursor', 'kind', 'max_tokens', 'context']);
	expect(wholeTool(podList, shared).inputSchema.properties).toMatchObject(shared);
});

test('the whole tool has its limits and every level of its answer', () => {
	const {inputSchema, outputSchema} = wholeTool(podList);
	expect(inputSchema.properties).toMatchObject({one: {maxLength: 63}, two: {pattern: '^a'}, three: {minimum: 1}});
	expect(outputSchema.properties).toMatchObject({rows: {items: {properties: {name: {type: 'string'}}}}});
});

test.each([
	['deployment_blue_green', 'Deployment blue green'],
	['undo', 'Undo'],
])('%s is called %s', (name, title) => expect(titleOf(name)).toBe(title));
