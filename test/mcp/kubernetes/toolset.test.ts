import {readdirSync} from 'node:fs';
import {expect, test} from 'vitest';
import {z} from 'zod';
import {isJsonObject} from '../../../src/core/json.ts';
import {kubernetesToolset} from '../../../src/mcp/kubernetes/toolset.ts';

const files = readdirSync(new URL('../../../src/mcp/kubernetes/tools', import.meta.url)).map(file => file.replace('.ts', ''));
const inputSchema = (tool: (typeof kubernetesToolset)[number]) => z.toJSONSchema(tool.input, {io: 'input'});

test('every file is a tool of the set, under its own name', () => {
	const names = kubernetesToolset.map(({name}) => name.replaceAll('_', '-'));
	expect(names.toSorted()).toEqual(files.filter(file => file !== 'undo').toSorted());
});

test('the whole set costs a model at most 6,000 tokens', () => {
	const listed = kubernetesToolset.map(tool => ({
		name: tool.name,
		description: tool.summary,
		inputSchema: inputSchema(tool),
		annotations: tool.annotations,
	}));
	expect(JSON.stringify(listed).length / 4).toBeLessThanOrEqual(6000);
});

test.each(kubernetesToolset.map(tool => [tool.name, tool] as const))('%s follows the rules of the registry', (_, tool) => {
	expect(tool.name).toMatch(/^[a-z]+(_[a-z]+)+$/);
	expect(tool.summary.length).toBeLessThanOrEqual(250);
	expect(tool.summary).toMatch(/^[A-Z][a-z]+s .*[^.]$/);
	expect(tool.command[0]).toBe('k8s');
	expect(tool.annotations.readOnlyHint).toBe(tool.effect === 'read');
	expect(tool.annotations.destructiveHint).toBe(tool.effect === 'destructive');
	expect(z.toJSONSchema(tool.output)).toHaveProperty('type', 'object');
	for (const positional of tool.positionals) expect(Object.keys(tool.input.shape)).toContain(positional);
});

test.each(kubernetesToolset.map(tool => [tool.name, tool] as const))('%s takes flat input, every field described', (_, tool) => {
	for (const field of Object.values(inputSchema(tool).properties ?? {})) {
		if (!isJsonObject(field)) throw new Error('a field has no schema');
		expect(field.description).toEqual(expect.stringMatching(/^[A-Z].*[^.]$/));
		const item = isJsonObject(field.items) ? field.items : {};
		expect(['string', 'number', 'integer', 'boolean', 'array']).toContain(field.type);
		expect(field.type === 'array' ? item.type : 'string').toBe('string');
	}
});

const hostile = ['-rf', '--all', '../secrets', 'a/b/c', 'a%2fb', '', 'a b', 'a\nb', '$(id)'];
const named = kubernetesToolset.flatMap(tool =>
	['name', 'pod', 'node', 'kind', 'workload', 'namespace', 'container']
		.filter(field => field in tool.input.shape)
		.map(field => [tool, field] as const),
);

test.each(named.map(([tool, field]) => [`${tool.name} ${field}`, tool, field] as const))('%s refuses what is no name', (_, tool, field) => {
	for (const value of hostile) expect(tool.input.shape[field]).toSatisfy((schema: z.ZodType) => !schema.safeParse(value).success);
});
