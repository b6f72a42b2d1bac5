import type {Ref} from '../../core/kube/kube-object.ts';
import type {AnyCheck, Fault, Settings} from './check.ts';
import type {World} from './world.ts';

/** What one check says: of each object that it looked at, or of itself where it looked at none. */
export type Verdict = {readonly check: AnyCheck} & (
	| {readonly status: 'fail'; readonly resource: Ref; readonly faults: readonly Fault[]}
	| {readonly status: 'pass'; readonly resource: Ref}
	| {readonly status: 'not-checked'; readonly resource?: Ref | undefined; readonly why: string}
	| {readonly status: 'not-applicable'}
);

type Choice = {
	/** Kinds that could not be read, with the reason. */
	readonly unread: ReadonlyMap<string, string>;
	/** By the ids of checks. */
	readonly settings?: {readonly [check: string]: Settings} | undefined;
};

/**
 * Runs checks over one world. Silence is not a pass: a check that needed a kind which nobody could read is not checked, whatever it found in the
 * rest still counts.
 */
export const runChecks = (checks: readonly AnyCheck[], world: World, {unread, settings = {}}: Choice): readonly Verdict[] =>
	checks.flatMap((check): readonly Verdict[] => {
		const looked = check.look(world, settings[check.id]);
		const missing = check.reads.filter(kind => unread.has(kind)).map(kind => `${kind}: ${unread.get(kind)}`);
		const said = looked.map((each): Verdict => {
			if ('why' in each) return {check, status: 'not-checked', resource: each.resource, why: each.why};
			return each.faults.length === 0
				? {check, status: 'pass', resource: each.resource}
				: {check, status: 'fail', resource: each.resource, faults: each.faults};
		});
		if (missing.length > 0) return [...said, {check, status: 'not-checked', why: missing.join('; ')}];
		return said.length === 0 ? [{check, status: 'not-applicable'}] : said;
	});
