import {elevatedPrefix} from '../consequences/elevation.ts';
import type {Json} from '../json.ts';
import {type Ref, refKey} from '../kube/kube-object.ts';
import type {Plan} from '../plan.ts';
import type {Effect} from '../tool.ts';
import {elevatedRights} from './elevated-rights.ts';
import {isProductionName} from './production-name.ts';

/** One call that a policy judges. A read has no plan. */
export type PolicyQuestion = {
	readonly tool: string;
	readonly effect: Effect;
	readonly plan?: Plan | undefined;
	readonly context: string;
	readonly identity: string;
	readonly nowMs: number;
	/** A model chose this call and has read text that somebody else wrote: logs, events, annotations, alerts. */
	readonly tainted?: boolean | undefined;
};

/** One effect on one object, or the call itself where it names none. */
export type Touched = {
	/** The write, and what it does to the object: `apply` and `create`. */
	readonly ops: readonly string[];
	readonly kind: string;
	readonly namespace: string | undefined;
	/** A Namespace stands for itself where something is forbidden in it, and is not in itself where something is allowed. */
	readonly itself: string | undefined;
};

const touch = (ops: readonly string[], {kind, namespace, name}: Ref): Touched => ({
	ops,
	kind,
	namespace,
	itself: kind === 'Namespace' ? name : undefined,
});

/** Each effect of a plan, once. */
export function touchedBy({plan}: PolicyQuestion): readonly Touched[] {
	if (plan === undefined) return [{ops: [], kind: '', namespace: undefined, itself: undefined}];
	const operations = new Map(plan.changes.map(({operation, ref}) => [refKey(ref), operation]));
	const writes = plan.steps.flatMap(step => step.writes);
	const written = new Set(writes.map(({ref}) => refKey(ref)));
	const all = [
		...writes.map(({op, ref}) => touch([op, operations.get(refKey(ref)) ?? op], ref)),
		...plan.changes.filter(({ref}) => !written.has(refKey(ref))).map(({operation, ref}) => touch([operation], ref)),
	];
	const unique = new Map(all.map(one => [JSON.stringify(one), one]));
	return unique.size > 0 ? [...unique.values()] : [{ops: [], kind: '', namespace: plan.target.namespace, itself: undefined}];
}

/** Whether the call goes to a cluster that is called production, by its context or by its own name. */
export const isProduction = ({context, plan}: PolicyQuestion): boolean =>
	isProductionName(context) || (plan !== undefined && isProductionName(plan.target.cluster));

/** What a plan of auto_recovery mends, and the tool that its remedy calls; undefined for the plan of any other tool. */
export function recoveryOf({plan}: PolicyQuestion) {
	if (plan?.tool !== 'auto_recovery') return undefined;
	const {fault, tool, undoIfWorse} = plan.input;
	return {fault: textOf(fault), tool: textOf(tool), undoIfWorse: undoIfWorse === true};
}

const textOf = (value: Json | undefined) => (typeof value === 'string' ? value : undefined);

/** What a call does to the world: a remedy that deletes destroys, whatever the tool is called that was asked for it. */
export const effectOf = (question: PolicyQuestion): Effect =>
	recoveryOf(question) !== undefined &&
	question.plan?.steps.some(({on, writes}) => on === undefined && writes.some(({op}) => op === 'delete' || op === 'evict')) === true
		? 'destructive'
		: question.effect;

/** Rights beyond the ordinary that a plan brings, in words. They are found in its manifests and in what was computed of its patches. */
export function elevationOf({plan}: PolicyQuestion): readonly string[] {
	if (plan === undefined) return [];
	const written = plan.steps.flatMap(({writes}) => writes.flatMap(write => ('manifest' in write ? elevatedRights(write.manifest) : [])));
	const computed = plan.consequences.filter(({id}) => id.startsWith(elevatedPrefix));
	return [...new Set([...written, ...computed].map(({text}) => `${text.charAt(0).toLowerCase()}${text.slice(1)}`))];
}
