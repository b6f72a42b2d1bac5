import {type KubeObject, type Ref, refKey, refOf} from '../../../../core/kube/kube-object.ts';
import type {Write} from '../../../../core/plan.ts';
import {someOf} from '../../../../core/text/count.ts';
import type {LiveObjects} from '../../bundle/restore-bundle.ts';
import {reverseOf} from '../../bundle/reverse-of.ts';
import type {Act, Script} from '../../staged/act.ts';
import {isPaused} from '../../workload.ts';
import {podRefs} from '../rolling/by-partition.ts';
import {isOnDelete} from '../rolling/compile-rolling.ts';
import type {Politeness} from '../rolling/polite-strategy.ts';
import {patchOf, releaseActs, setting} from '../rolling/rolling.ts';

type Rollback = {
	readonly workload: KubeObject;
	readonly revision: number;
	/** In their order: what pods need, the workload, what leads to it. */
	readonly writes: readonly Write[];
	/** The objects that are written, as they are now. */
	readonly live: LiveObjects;
	readonly withinMs: number;
	/** What keeps a Deployment within its disruption budgets while it rolls. */
	readonly polite?: Politeness | undefined;
};

/**
 * A rollback as acts: first what pods need, so that the old ones start with their own settings, then the pod template, then what leads to
 * the pods. The way back is the same in the same order, to what is there now. Pure.
 */
export function compileRollback({workload, revision, writes, live, withinMs, polite}: Rollback): Script {
	const {name} = workload.metadata;
	const own = refKey(refOf(workload));
	const at = writes.findIndex(({ref}) => refKey(ref) === own);
	const first = at < 0 ? writes.findIndex(({ref}) => leadsThere.has(ref.kind)) : at;
	const [needed, leading] = first < 0 ? [writes, []] : [writes.slice(0, first), writes.slice(at < 0 ? first : at + 1)];
	const template = at < 0 ? [] : writes.slice(at, at + 1);
	const toNow = (list: readonly Write[]) => list.map(write => reverseOf(write, live.get(refKey(write.ref))));
	const back = `what revision ${revision} had`;
	const frees = workload.kind === 'StatefulSet' ? {frees: podRefs(workload)} : {};
	const ready: Act['wait'] = isOnDelete(workload) ? undefined : {kind: 'ready', ref: refOf(workload), pods: 0, withinMs, ...frees};
	// A rollback by hand asks its budgets as a rolling update does.
	const hold = polite === undefined || template.length === 0 ? [] : [patchOf(workload, polite.hold)];

	// A paused one rolls nothing out, so it is let go with the template that is to come, and held again before the one that is there now.
	const held = isPaused(workload) && template.length > 0;
	const pausing = (value: boolean) => (held ? [patchOf(workload, [setting('/spec/paused', value)])] : []);
	const letGo = held ? ', and let it roll out again' : '';

	const acts = (
		each: (list: readonly Write[]) => readonly Write[],
		words: {readonly needs: string; readonly template: string; readonly leads: string; readonly paused: boolean},
	) => [
		...actOf(`${words.needs}: ${namesOf(needed)}`, each(needed), `pods of ${name} that start from now on get ${back} of it`),
		...actOf(
			words.template,
			[...(words.paused ? pausing(true) : []), ...hold, ...each(template), ...(words.paused ? [] : pausing(false))],
			words.paused && held ? `${name} stays as it is, paused` : `Kubernetes goes on replacing the pods of ${name} by itself`,
			words.paused && held ? undefined : ready,
		),
		...(hold.length === 0 ? [] : releaseActs(workload, polite)),
		...actOf(`${words.leads}: ${namesOf(leading)}`, each(leading), 'all of it leads where that step says'),
	];
	return {
		acts: acts(list => list, {
			needs: `Bring back ${back}`,
			template: `Give ${name} the pod template of revision ${revision}${isOnDelete(workload) ? '; its pods take it when they are deleted (OnDelete)' : letGo}`,
			leads: `Bring back what led to revision ${revision}`,
			paused: false,
		}),
		wayBack: acts(toNow, {
			needs: 'Set again what is there now',
			template: `${held ? `Pause ${name} again, and give it` : `Give ${name}`} the pod template again that it has now`,
			leads: 'Set again what leads to it now',
			paused: true,
		}),
	};
}

/** Kinds that stand behind the workload in a bundle. */
const leadsThere = new Set(['Service', 'Ingress', 'HTTPRoute', 'GRPCRoute', 'VirtualService', 'DestinationRule']);

const actOf = (title: string, writes: readonly Write[], ifDies: string, wait?: Act['wait']): readonly Act[] =>
	writes.length === 0 ? [] : [{title, writes, ifDies, ...(wait === undefined ? {} : {wait})}];

const namesOf = (writes: readonly Write[]) =>
	someOf(
		writes.map(({ref}) => nameOf(ref)),
		6,
	);
const nameOf = ({kind, name}: Ref) => `${kind} ${name}`;
