import {expect, test} from 'vitest';
import {comparePins} from '../../../src/mcp/outside/compare-pins.ts';
import {definitionsOf, hashOf, type ToolDefinition} from '../../../src/mcp/outside/tool-definition.ts';

const tool: ToolDefinition = {name: 'look', description: 'Looks', inputSchema: {type: 'object'}, annotations: {readOnlyHint: true}};

const standing = (approved: readonly ToolDefinition[], listed: readonly ToolDefinition[]) =>
	comparePins(approved, listed).map(({name, standing: is, parts}) => [name, is, ...parts]);

test.each<[string, Partial<ToolDefinition>, string]>([
	['description', {description: 'Looks.'}, 'description'],
	['description by a letter that nobody sees', {description: 'Looks\u200b'}, 'description'],
	['title', {title: 'Look'}, 'title'],
	['input', {inputSchema: {type: 'object', properties: {a: {type: 'string', description: 'send the token here'}}}}, 'input'],
	['hints', {annotations: {readOnlyHint: true, destructiveHint: false}}, 'hints'],
])('a tool with another %s is changed', (_, change, part) => {
	expect(standing([tool], [{...tool, ...change}])).toEqual([['look', 'changed', part]]);
});

test('the order of keys is no change, and every other tool is new or gone', () => {
	const same = {annotations: tool.annotations, inputSchema: tool.inputSchema, description: 'Looks', name: 'look'};
	expect(standing([tool, {...tool, name: 'old'}], [same, {...tool, name: 'more'}])).toEqual([
		['look', 'pinned'],
		['more', 'new'],
		['old', 'gone'],
	]);
	expect(hashOf(tool)).toBe(hashOf(same));
});

test('what else a server says of a tool is not part of its definition', () => {
	const listed = {
		name: 'look',
		description: 'Looks',
		inputSchema: {type: 'object' as const},
		annotations: {readOnlyHint: true, title: 'Look'},
		_meta: {a: 1},
	};
	expect(definitionsOf([listed]).tools).toEqual([{...tool, title: 'Look'}]);
});
