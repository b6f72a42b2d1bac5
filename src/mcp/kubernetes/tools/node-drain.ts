import * as z from 'zod';
import {MkcoaError, type Trouble} from '../../../core/error.ts';
import {type KubeObject, refOf, refText} from '../../../core/kube/kube-object.ts';
import type {Consequence, Plan} from '../../../core/plan.ts';
import {changeTool, StoppedError} from '../../../core/tool.ts';
import {findObject} from '../find-object.ts';
import {type DrainVerdict, drainVerdict} from '../model/drain-rules.ts';
import {unread} from '../plan/consequences-for.ts';
import {draftOf} from '../plan/draft-of.ts';
import {budgetsInTheWay, demandEvictions, isBudgetRefusal, predictEviction, readBudgets} from '../plan/eviction.ts';
import {predict} from '../plan/predict.ts';
import {podsOn} from '../plan/read-surroundings.ts';
import {evictInTurn, waitUntilGone} from '../plan/wait-for-eviction.ts';
import {command, destroys, nameOf, type OnCluster} from '../tool-input.ts';

const flags = {
	deleteEmptyDirData: z.boolean().default(false).describe('Also evicts pods that keep data in an emptyDir'),
	includeUnmanaged: z.boolean().default(false).describe('Also evicts pods that nothing makes again'),
};

export const nodeDrain = changeTool({
	name: 'node_drain',
	summary: 'Closes a node and evicts its pods one by one, asking disruption budgets; DaemonSet and static pods stay',
	effect: 'destructive',
	annotations: destroys,
	command: command('drain'),
	positionals: ['node'],
	input: z.object({
		node: nameOf('Node to empty', 'nodes'),
		...flags,
		timeoutMinutes: z.number().int().min(1).max(240).default(10).describe('Minutes to wait for budgets and for pods to end'),
	}),
	resolved: z.object({node: z.string(), timeoutMinutes: z.number()}),
	output: z.object({node: z.string(), evicted: z.array(z.string())}),
	async plan({node, timeoutMinutes, ...allowed}, {ports: {cluster}}: OnCluster) {
		const {ref} = await findObject(cluster, {kind: 'nodes', name: node});
		const pods = (await podsOn(cluster, node)).toSorted((a, b) => refText(refOf(a)).localeCompare(refText(refOf(b))));
		const judged = pods.map(pod => ({pod, verdict: drainVerdict(pod, allowed)}));
		refuseUnanswered(node, judged);
		const evicted = judged.filter(({verdict}) => verdict.kind === 'evict').map(({pod}) => pod);
		await demandEvictions(cluster, evicted);
		const [cordon, budgets] = await Promise.all([
			predict(cluster, {op: 'patch', ref, type: 'merge', patch: {spec: {unschedulable: true}}}),
			readBudgets(cluster, undefined),
		]);
		return draftOf({
			effect: 'destructive',
			input: {node, timeoutMinutes},
			summary: `Drain ${refText(ref)}: evict ${evicted.length} of ${pods.length} pods`,
			steps: [
				{title: `Close ${refText(ref)} for new pods`, predictions: [cordon]},
				...evicted.map(pod => ({title: `Evict ${refText(refOf(pod))}`, predictions: [predictEviction(pod)]})),
			],
			consequences: [
				{id: 'scheduling', severity: 'info', text: 'No new pod is placed on it', ref},
				...judged.flatMap(consequencesOfPod),
				...blocked(evicted, budgets.objects),
				...unread(budgets.notChecked),
			],
			verify: ['None of the evicted pods is on the node any more'],
			undo: {possible: true, how: 'Opens the node again; evicted pods do not come back by themselves'},
		});
	},
	async apply(plan, context: OnCluster, effects) {
		const deadlineMs = context.clock.now() + plan.input.timeoutMinutes * 60_000;
		const evicted = plan.preconditions.filter(({ref}) => ref.kind === 'Pod');
		for (const [index, {title, writes}] of plan.steps.entries()) {
			context.emit({kind: 'step', index, of: plan.steps.length, title});
			for (const write of writes) {
				const pod = evicted.find(({ref}) => refText(ref) === refText(write.ref));
				if (pod === undefined) await effects.perform(write);
				else await evictInTurn(pod, effects, context, deadlineMs).catch(error => throwStopped(error, plan, index));
			}
		}
		const left = await waitUntilGone(evicted, context, deadlineMs);
		if (left.length > 0) throw stopped(plan.input.node, undefined, left.map(refText));
		return {node: plan.input.node, evicted: evicted.map(({ref}) => refText(ref))};
	},
	text: ({node, evicted}) => [`Node ${node} is drained: ${evicted.length} pods evicted`, ...evicted].join('\n'),
});

/** A budget that refuses until the end stops the drain; any other error rises as it is. */
function throwStopped(
	error: unknown,
	{input, steps}: Plan<{readonly node: string; readonly timeoutMinutes: number}>,
	index: number,
): never {
	if (!isBudgetRefusal(error)) throw error;
	const left = steps.slice(index).flatMap(({writes}) => writes.map(({ref}) => refText(ref)));
	throw stopped(input.node, error.trouble, left);
}

type Judged = {readonly pod: KubeObject; readonly verdict: DrainVerdict};

const flagNames = {deleteEmptyDirData: '--delete-empty-dir-data', includeUnmanaged: '--include-unmanaged'} as const;

function refuseUnanswered(node: string, judged: readonly Judged[]): void {
	const open = judged.flatMap(({pod, verdict}) => (verdict.kind === 'needs' ? [{pod, verdict}] : []));
	if (open.length === 0) return;
	throw new MkcoaError({
		kind: 'usage',
		code: 'drain-needs-flag',
		what: `Node ${node} has pods that a drain would not bring back`,
		why: open.map(({pod, verdict}) => `${refText(refOf(pod))}: ${verdict.why}`).join('; '),
		next: `If they may go, add ${[...new Set(open.map(({verdict}) => flagNames[verdict.flag]))].join(' and ')}`,
	});
}

function consequencesOfPod({pod, verdict}: Judged): readonly Consequence[] {
	const ref = refOf(pod);
	if (verdict.kind === 'stays') return [{id: 'stays', severity: 'info', text: `${refText(ref)} stays: ${verdict.why}`, ref}];
	if (verdict.kind === 'needs' || verdict.loses === '') return [];
	return [{id: 'lost', severity: 'danger', text: `${refText(ref)} is evicted: ${verdict.loses}`, ref}];
}

const blocked = (pods: readonly KubeObject[], budgets: readonly KubeObject[]): readonly Consequence[] =>
	pods.flatMap(pod => {
		const names = budgetsInTheWay(pod, budgets).map(refText);
		if (names.length === 0) return [];
		const text = `${names.join(', ')} allows no eviction of ${refText(refOf(pod))} now: the drain waits for it`;
		return [{id: 'no-disruption-allowed', severity: 'warning', text, ref: refOf(pod)}];
	});

const stopped = (node: string, cause: Trouble | undefined, left: readonly string[]) =>
	new StoppedError({
		trouble: {
			kind: 'environment',
			code: 'drain-incomplete',
			what: `Node ${node} is not drained: ${left.length} pods are left`,
			why: cause === undefined ? 'they did not end in time' : (cause.why ?? cause.what),
			next: `The node stays closed. Run the drain again with a longer --timeout-minutes, or open the node with: mkcoa k8s cordon ${node} --uncordon`,
		},
		undone: [],
		left,
	});
