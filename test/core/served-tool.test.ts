import {expect, test} from 'vitest';
import * as z from 'zod';
import {servedTool} from '../../src/core/served-tool.ts';

const annotations = {readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false};

test('a tool is described by plain JSON Schema, without what only the command line reads', () => {
	const input = z
		.object({
			name: z.string().max(63).describe('Pod').meta({completes: 'pods', short: 'p'}),
			file: z.array(z.string()).default([]).meta({from: 'file', flag: 'config', split: false, anythingNew: true}),
		})
		.meta({examples: ['mkcoa k8s logs web']});
	expect(servedTool({name: 'pod_logs', summary: 'Prints logs', input, annotations})).toEqual({
		name: 'pod_logs',
		description: 'Prints logs',
		inputSchema: {
			type: 'object',
			properties: {
				name: {type: 'string', maxLength: 63, description: 'Pod'},
				file: {type: 'array', items: {type: 'string'}, default: []},
			},
			required: ['name'],
		},
		annotations,
	});
});
