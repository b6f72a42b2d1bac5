import * as z from 'zod';
import {textTable} from '../../../core/text/text-table.ts';
import {readTool} from '../../../core/tool.ts';
import {command, type OnCluster, readOnly} from '../tool-input.ts';

const context = z.object({
	name: z.string(),
	current: z.boolean(),
	cluster: z.string(),
	server: z.string(),
	user: z.string(),
	namespace: z.string(),
	signIn: z.string(),
	source: z.string(),
});

export const contextsList = readTool({
	name: 'contexts_list',
	summary: 'Lists the contexts of the kubeconfig without any credential',
	effect: 'read',
	annotations: readOnly,
	command: command('contexts'),
	positionals: [],
	input: z.object({}),
	output: z.object({contexts: z.array(context)}),
	run: async (_, {ports: {cluster}}: OnCluster) => ({contexts: cluster.contexts().map(found => context.parse(found))}),
	text: ({contexts}, view) =>
		textTable({
			headers: ['CURRENT', 'NAME', 'CLUSTER', 'SERVER', 'NAMESPACE', 'SIGN-IN', 'FILE'],
			rows: contexts.map(c => [c.current ? '*' : '', c.name, c.cluster, c.server, c.namespace, c.signIn, c.source]),
			view,
		}),
});
