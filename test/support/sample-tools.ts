import {z} from 'zod';
import {type AnyTool, changeTool, readTool} from '../../src/core/tool.ts';
import {samplePlan} from '../../src/tui/sample-plan.ts';

const readOnly = {readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false};
const changing = {...readOnly, readOnlyHint: false};

type NoPorts = Record<never, never>;

const listTool = readTool<NoPorts, z.ZodObject, z.ZodType>({
	name: 'resource_list',
	summary: 'Lists objects of any kind',
	effect: 'read',
	annotations: readOnly,
	command: ['k8s', 'list'],
	positionals: ['kind', 'names'],
	input: z
		.object({
			kind: z.string().meta({description: 'Kind to list', completes: 'kinds'}),
			names: z.array(z.string()).optional().describe('Objects to list; all if left out').meta({completes: 'pods'}),
			namespace: z.string().describe('Namespace to look in'),
			selector: z.string().optional().meta({description: 'Label selector', short: 'l'}),
			limit: z.number().int().positive().default(50).describe('Objects to list at most'),
			sortBy: z.enum(['name', 'age']).default('name').describe('Order of the rows'),
			columns: z.array(z.string()).default([]).describe('Columns to show'),
			wide: z.boolean().default(false).describe('Shows more columns'),
			headers: z.boolean().default(true).describe('Prints headers'),
		})
		.meta({examples: ['mkcoa k8s list pods -n shop', 'mkcoa k8s list pods web-1 -l app=web']}),
	output: z.object({}),
	text: () => 'a row\n',
	run: async () => ({}),
});

const applyTool = changeTool<NoPorts, z.ZodObject, z.ZodObject, z.ZodType>({
	name: 'resource_apply',
	summary: 'Applies a manifest',
	effect: 'change',
	annotations: changing,
	command: ['k8s', 'apply'],
	aliases: ['put'],
	positionals: [],
	input: z.object({
		manifest: z.string().describe('Manifest to apply').meta({from: 'file'}),
		namespace: z.string(),
		weights: z.array(z.number()).optional().describe('Shares of the traffic'),
	}),
	resolved: z.object({}),
	output: z.object({}),
	text: () => '',
	plan: async () => ({...samplePlan, input: {}}),
	apply: async () => ({}),
});

/** Two tools that use every shape of field. */
export const sampleTools: readonly AnyTool<NoPorts>[] = [listTool, applyTool];
