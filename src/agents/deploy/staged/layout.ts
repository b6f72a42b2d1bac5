import {type Ref, refKey} from '../../../core/kube/kube-object.ts';
import type {Step, Write} from '../../../core/plan.ts';
import {type Act, grownBy, type Script} from './act.ts';
import type {RolloutRefs} from './record/rollout-objects.ts';

/** From where a rollout goes on. A new one starts forward at 0. */
export type Start = {readonly phase: 'forward' | 'back'; readonly position: number; readonly back: number};

/** Where in `plan.steps` each act stands. */
export type Layout = {
	readonly lease: number;
	/** Missing where the record is there already. */
	readonly record: number | undefined;
	/** The plan's step of an act; undefined for one that lies behind. */
	readonly act: (position: number) => number | undefined;
	readonly back: (position: number) => number | undefined;
	readonly close: number;
};

/** What the plan of a rollout begins with: the objects of mkcoa's own, or nothing where somebody else made them. */
export type Opening = {
	readonly lease: readonly Write[];
	readonly record: readonly Write[];
	/** The snapshot that a later rollback brings back, in words: `revision 4 of web in Secret mkcoa-bundle-web-4`. */
	readonly kept?: string | undefined;
	/** The objects in which it lies, and older ones that go. */
	readonly snapshots?: readonly Ref[] | undefined;
};

/** @param opens whether this plan makes the record, as that of a new rollout does */
export function layoutOf(script: Script, start: Start, opens: boolean): Layout {
	const first = opens ? 2 : 1;
	const forward = start.phase === 'forward' ? script.acts.length - start.position : 0;
	// The way back stands behind the end where it is carried out only on failure, and before it where it is what is wanted.
	const backs = script.wayBack.length - start.back;
	const close = start.phase === 'forward' ? first + forward : first + backs;
	const backAt = start.phase === 'forward' ? close + 1 : first;
	const within = (position: number, from: number, of: number, at: number) =>
		position < from || position >= of ? undefined : at + position - from;
	return {
		lease: 0,
		record: opens ? 1 : undefined,
		act: position => (start.phase === 'back' ? undefined : within(position, start.position, script.acts.length, first)),
		back: position => within(position, start.back, script.wayBack.length, backAt),
		close,
	};
}

/**
 * Where a rollout is by the numbers of the plan that began it, which its lines and `At step 5` of what stands if mkcoa dies have too: Lease and record come
 * before the acts, and the end comes after them.
 */
export const stepOfPlan = ({position, acts}: {readonly position: number; readonly acts: number}) => ({step: position + 3, of: acts + 3});

export function stepText(record: {readonly position: number; readonly acts: number}): string {
	const {step, of} = stepOfPlan(record);
	return `step ${step} of ${of}`;
}

const remove = (ref: Ref): Write => ({op: 'delete', ref, propagation: 'Background'});

/** The record goes first and the Lease last: a Lease without a record is of no rollout. */
export const closeStep = ({record, script, lease}: RolloutRefs, isRecorded = true): Step => ({
	title: `Remove ${isRecorded ? 'ConfigMap, ' : ''}Secret and Lease ${lease.name}`,
	writes: [...(isRecorded ? [remove(record)] : []), remove(script), remove(lease)],
});

const ifBack = 'If it goes back: ';
const failureTitle = (title: string) => `${ifBack}${title.charAt(0).toLowerCase()}${title.slice(1)}`;

/** A step of the way back as it is told while it is carried out. */
export const underWay = (title: string) => (title.startsWith(ifBack) ? `Going back: ${title.slice(ifBack.length)}` : title);

/** What the script itself makes is its own to remove: controllers annotate what they find, and that is no reason to stop. */
function ownRemovals({acts}: Script): (act: Act) => Act {
	const made = new Set(acts.flatMap(({writes}) => writes.filter(({op}) => op === 'create').map(({ref}) => refKey(ref))));
	const own = (write: Write): Write => (write.op === 'delete' && made.has(refKey(write.ref)) ? {...write, anyVersion: true} : write);
	return act => ({...act, writes: act.writes.map(own)});
}

/** Pods that may have to be freed and autoscalers that may have to grow are listed, so that nothing is touched of which the plan says nothing. */
function stepOf({title, writes, wait}: Act): Step {
	const upkeep = [...(wait?.kind === 'ready' ? (wait.frees ?? []) : []), ...grownBy(wait)];
	return {title, writes, ...(upkeep.length === 0 ? {} : {upkeep})};
}

const recordTitle = ({kept}: Opening, name: string) =>
	`Keep ${kept === undefined ? '' : `${kept}, and `}how far it is and what to do in ConfigMap and Secret ${name}`;

const recordStep = (opening: Opening, name: string): Step => ({
	title: recordTitle(opening, name),
	writes: opening.record,
	...(opening.snapshots === undefined ? {} : {snapshots: opening.snapshots}),
});

type Stepping = {
	readonly opening: Opening | undefined;
	/** The script as it began, where a part of it is done already. */
	readonly whole: Script;
	/** What makes the Lease, where it is not there. */
	readonly lease: readonly Write[];
	/** Whether there is a record by the end. */
	readonly isRecorded: boolean;
};

/**
 * The steps of a rollout's plan, in the order of `layoutOf`.
 */
export function stepsOf(
	{acts, wayBack}: Script,
	start: Start,
	refs: RolloutRefs,
	{opening, whole, lease: leaseWrites, isRecorded}: Stepping,
): readonly Step[] {
	const owned = ownRemovals(whole);
	const {name} = refs.lease;
	const upkeep = [refs.lease, refs.record];
	const lease: Step =
		opening === undefined
			? {title: `Take Lease ${name} over`, writes: leaseWrites, upkeep}
			: {title: `Take Lease ${name}, so that nobody else is at it`, writes: leaseWrites, upkeep};
	const record: readonly Step[] = opening === undefined ? [] : [recordStep(opening, name)];
	// What another run made for itself is no change of this one that could be taken back.
	const closing = closeStep(refs, isRecorded);
	const close = opening === undefined ? {...closing, snapshots: Object.values(refs)} : closing;
	const back = wayBack.slice(start.back).map(owned);
	if (start.phase === 'back') return [lease, ...record, ...back.map(stepOf), close];
	return [
		lease,
		...record,
		...acts.slice(start.position).map(owned).map(stepOf),
		close,
		...back.map((act): Step => ({...stepOf(act), title: failureTitle(act.title), on: 'failure'})),
	];
}
