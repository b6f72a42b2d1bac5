import * as z from 'zod';
import {refText} from '../../../core/kube/kube-object.ts';
import {changeTool} from '../../../core/tool.ts';
import {findObject} from '../find-object.ts';
import {consequencesFor} from '../plan/consequences-for.ts';
import {draftOf} from '../plan/draft-of.ts';
import {budgetsInTheWay, demandEvictions, evictionBlocked, isBudgetRefusal, predictEviction, readBudgets} from '../plan/eviction.ts';
import {command, destroys, nameOf, namespaceField, type OnCluster} from '../tool-input.ts';

export const podEvict = changeTool({
	name: 'pod_evict',
	summary: 'Ends a pod politely: disruption budgets are asked, and may refuse',
	effect: 'destructive',
	annotations: destroys,
	command: command('evict'),
	positionals: ['pod'],
	input: z.object({
		pod: nameOf('Pod to evict', 'pods'),
		namespace: namespaceField,
		graceSeconds: z.number().int().min(1).max(86_400).optional().describe('Seconds that it may take to end'),
	}),
	resolved: z.object({pod: z.string(), namespace: z.string()}),
	output: z.object({pod: z.string()}),
	async plan({pod, namespace, graceSeconds}, {ports: {cluster}}: OnCluster) {
		const {ref, object} = await findObject(cluster, {kind: 'pods', name: pod, namespace});
		const {objects: budgets} = await readBudgets(cluster, ref.namespace);
		const inTheWay = budgetsInTheWay(object, budgets);
		if (inTheWay.length > 0) throw evictionBlocked(ref, inTheWay);
		await demandEvictions(cluster, [object]);
		const prediction = predictEviction(object, graceSeconds);
		return draftOf({
			effect: 'destructive',
			input: {pod, namespace: ref.namespace ?? cluster.namespace},
			summary: `Evict ${refText(ref)}`,
			steps: [{title: `Evict ${refText(ref)}`, predictions: [prediction]}],
			consequences: await consequencesFor(cluster, [prediction]),
			verify: ['The server accepts the eviction'],
			undo: {possible: false, how: 'A pod that ended cannot be brought back; its owner makes another one'},
		});
	},
	async apply(plan, _context, effects) {
		const {namespace, pod} = plan.input;
		const ref = {apiVersion: 'v1', kind: 'Pod', namespace, name: pod};
		await effects.performStep(0).catch(error => {
			throw isBudgetRefusal(error) ? evictionBlocked(ref, [], error) : error;
		});
		return {pod: refText(ref)};
	},
	text: ({pod}) => `${pod} is being evicted`,
});
