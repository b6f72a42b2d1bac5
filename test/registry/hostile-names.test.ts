import {expect, test} from 'vitest';
import type {z} from 'zod';
import {everyTool} from '../support/every-tool.ts';

/** Texts that a program would take for a flag, a path or two words. */
const hostile = ['-rf', '--all', '../secrets', 'a/b/c', 'a%2fb', '', 'a b', 'a\nb', '$(id)'];

const naming = ['name', 'pod', 'node', 'kind', 'workload', 'namespace', 'container', 'id'];
const named = everyTool.flatMap(tool => naming.filter(field => field in tool.input.shape).map(field => [tool, field] as const));

test.each(named.map(([tool, field]) => [`${tool.name} ${field}`, tool, field] as const))('%s refuses what is no name', (_, tool, field) => {
	for (const value of hostile) expect(tool.input.shape[field]).toSatisfy((schema: z.ZodType) => !schema.safeParse(value).success);
});
