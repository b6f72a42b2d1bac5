import * as z from 'zod';
import {refText} from '../../../core/kube/kube-object.ts';
import {changeTool} from '../../../core/tool.ts';
import {findObject} from '../find-object.ts';
import {consequencesFor} from '../plan/consequences-for.ts';
import {draftOf} from '../plan/draft-of.ts';
import {predict} from '../plan/predict.ts';
import {changes, command, nameOf, type OnCluster} from '../tool-input.ts';

export const nodeCordon = changeTool({
	name: 'node_cordon',
	summary: 'Closes a node to new pods, or opens it again',
	effect: 'change',
	annotations: changes,
	command: command('cordon'),
	positionals: ['node'],
	input: z.object({
		node: nameOf('Node to close', 'nodes'),
		uncordon: z.boolean().default(false).describe('Opens the node again'),
	}),
	resolved: z.object({node: z.string(), uncordon: z.boolean()}),
	output: z.object({node: z.string(), schedulable: z.boolean()}),
	async plan({node, uncordon}, {ports: {cluster}}: OnCluster) {
		const {ref} = await findObject(cluster, {kind: 'nodes', name: node});
		const patch = {spec: {unschedulable: uncordon ? null : true}};
		const prediction = await predict(cluster, {op: 'patch', ref, type: 'merge', patch});
		const verb = uncordon ? 'Open' : 'Close';
		return draftOf({
			effect: 'change',
			input: {node, uncordon},
			summary: `${verb} ${refText(ref)} ${uncordon ? 'to' : 'for'} new pods`,
			steps: [{title: `${verb} ${refText(ref)}`, predictions: [prediction]}],
			consequences: await consequencesFor(cluster, [prediction]),
			verify: [`${refText(ref)} is ${uncordon ? 'schedulable' : 'unschedulable'}`],
			undo: {possible: true, how: uncordon ? 'Closes the node again' : 'Opens the node again'},
		});
	},
	async apply(plan, _context, effects) {
		await effects.performStep(0);
		return {node: plan.input.node, schedulable: plan.input.uncordon};
	},
	text: ({node, schedulable}) => `Node ${node} takes ${schedulable ? 'new pods again' : 'no new pods'}`,
});
