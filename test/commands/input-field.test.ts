import {expect, test} from 'vitest';
import {z} from 'zod';
import {examplesOf, inputFields} from '../../src/commands/input-field.ts';

const fieldOf = (schema: z.ZodType) => inputFields(z.object({someField: schema}))[0];

test.each<[string, z.ZodType, object]>([
	['a text', z.string(), {flag: 'some-field', kind: 'text', isRequired: true, isList: false}],
	['an optional text', z.string().optional(), {isRequired: false}],
	['a description inside', z.string().describe('Name').optional(), {summary: 'Name'}],
	['a description outside', z.string().optional().describe('Name'), {summary: 'Name'}],
	['the outer of two descriptions', z.string().describe('inner').optional().describe('outer'), {summary: 'outer'}],
	['a default', z.number().int().default(3), {kind: 'number', defaultValue: 3, isRequired: false}],
	['a coerced number', z.coerce.number(), {kind: 'number'}],
	['a transformed text', z.string().transform(Number), {kind: 'text', isRequired: true}],
	['a preprocessed default', z.string().prefault('a'), {isRequired: false, defaultValue: 'a'}],
	['an enumeration', z.enum(['a', 'b']).optional(), {choices: ['a', 'b']}],
	['literals', z.literal(['a', 1]), {choices: ['a', '1']}],
	['a list of an enumeration', z.array(z.enum(['a', 'b'])), {isList: true, choices: ['a', 'b']}],
	['a list of numbers with a default', z.array(z.number()).default([5, 25]), {isList: true, kind: 'number', defaultValue: [5, 25]}],
	['a list that keeps commas', z.array(z.string()).meta({split: false}), {splits: false}],
	['a boolean', z.boolean().default(true), {kind: 'boolean', defaultValue: true}],
	['a file', z.string().meta({from: 'file'}), {kind: 'file', flag: 'file', short: 'f'}],
	['a file with a flag of its own', z.string().meta({from: 'file', flag: 'rules'}), {kind: 'file', flag: 'rules', short: undefined}],
	['a short flag and names to complete', z.string().meta({short: 'c', completes: 'containers'}), {short: 'c', completes: 'containers'}],
])('reads %s', (_, schema, expected) => {
	expect(fieldOf(schema)).toMatchObject(expected);
});

test('examples are the texts among the metadata', () => {
	expect(examplesOf(z.object({}).meta({examples: ['mkcoa k8s list pods', 5]}))).toEqual(['mkcoa k8s list pods']);
	expect(examplesOf(z.object({}))).toEqual([]);
});
