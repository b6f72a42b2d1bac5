import {globSync} from 'node:fs';
import {basename} from 'node:path';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {z} from 'zod';
import type {Annotations, Effect} from '../../src/core/tool.ts';
import {everyTool} from '../support/every-tool.ts';

const rows = everyTool.map(tool => [tool.name, tool] as const);
const inputSchema = (tool: (typeof everyTool)[number]) => z.toJSONSchema(tool.input, {io: 'input'});
const fileName = (name: string) => `${name.replaceAll('_', '-')}.ts`;

test('every file of a tools folder is one tool of the registry, under its own name', () => {
	const files = globSync('src/**/tools/*.ts', {cwd: fileURLToPath(new URL('../..', import.meta.url))}).map(path => basename(path));
	expect(everyTool.map(({name}) => fileName(name)).toSorted()).toEqual(files.toSorted());
});

test('no two tools share a name, and no two share the words of their command', () => {
	const names = everyTool.map(({name}) => name);
	const commands = everyTool.map(({command}) => command.join(' '));
	expect(new Set(names).size).toBe(names.length);
	expect(new Set(commands).size).toBe(commands.length);
	for (const words of commands) expect(commands.filter(other => other.startsWith(`${words} `))).toEqual([]);
});

const flatTypes = ['string', 'number', 'integer', 'boolean', 'list of string', 'list of number', 'list of integer'];

/** Type of a field as the schema tells it; enumerations are strings. */
function typeOf(field: unknown): string {
	const {type, items} = Object(field);
	return type === 'array' ? `list of ${Object(items).type}` : String(type);
}

/** What an effect says to a client that knows only hints. Only a read promises that doing it twice is doing it once. */
const hints: {readonly [effect in Effect]: Partial<Annotations>} = {
	read: {readOnlyHint: true, destructiveHint: false, idempotentHint: true},
	change: {readOnlyHint: false, destructiveHint: false},
	destructive: {readOnlyHint: false, destructiveHint: true, idempotentHint: false},
};

describe.each(rows)('%s', (_, tool) => {
	test('has a name of two words or more, or is undo', () => {
		expect(tool.name).toMatch(/^(?:undo|[a-z]+(_[a-z][a-z0-9]*)+)$/);
		expect(tool.name.length).toBeLessThanOrEqual(64);
		expect(tool.command[0]).toMatch(/^(?:k8s|observe|evidence|deploy|incident|monitor|security|undo)$/);
	});

	test('says in one fragment what it does', () => {
		expect(tool.summary).toMatch(/^[A-Z][a-z]+s .*[^.]$/);
		expect(tool.summary.length).toBeLessThanOrEqual(250);
	});

	test('gives all four hints, and they agree with its effect', () => {
		expect(tool.annotations).toMatchObject(hints[tool.effect]);
		expect(Object.values(tool.annotations).map(hint => typeof hint)).toEqual(['boolean', 'boolean', 'boolean', 'boolean']);
	});

	test('reads, or plans and applies, and never both', () => {
		const has = (method: string) => typeof Reflect.get(tool, method) === 'function';
		expect([has('run'), has('plan'), has('apply')]).toEqual(tool.effect === 'read' ? [true, false, false] : [false, true, true]);
	});

	test('takes flat input, every field described', () => {
		for (const field of Object.values(inputSchema(tool).properties ?? {})) {
			expect(field).toMatchObject({description: expect.stringMatching(/^[A-Z].*[^.]$/)});
			expect(flatTypes).toContain(typeOf(field));
		}
	});

	test('answers an object whose shape it tells', () => {
		expect(z.toJSONSchema(tool.output)).toHaveProperty('type', 'object');
	});

	test('names arguments that its input has, a list at most as the last', () => {
		const {properties = {}} = inputSchema(tool);
		const isList = tool.positionals.map(name => Reflect.get(Object(properties[name]), 'type') === 'array');
		expect(Object.keys(properties)).toEqual(expect.arrayContaining([...tool.positionals]));
		expect(isList.slice(0, -1)).not.toContain(true);
	});
});
