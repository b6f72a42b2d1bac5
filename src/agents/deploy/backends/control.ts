import {MkcoaError} from '../../../core/error.ts';
import type {Consequence, Draft, Step} from '../../../core/plan.ts';

/** What a person tells a rollout that a controller carries out. */
export type Verb = 'promote' | 'skip-step' | 'promote-full' | 'pause' | 'resume' | 'retry' | 'abort';

/** What one verb comes to for one controller in its present state. No steps: there is nothing to do. */
export type Control = {
	/** `Promote Rollout shop/web past step 2 of 4, pause until promoted`; why not, where there is nothing to do. */
	readonly summary: string;
	readonly steps: readonly Step[];
	readonly notes: readonly Consequence[];
	readonly verify: readonly string[];
	readonly undo: Draft['undo'];
	/** What the verb speaks of: another version, or for some verbs another step, is another plan. */
	readonly at: string;
	/** What the answer waits for: until the rollout rests, until it was taken back, or nothing. */
	readonly until: 'rest' | 'back' | 'nothing';
};

/** A verb that does not fit the state that a rollout is in. */
export const notNow = (what: string, why: string, next: string) => new MkcoaError({kind: 'usage', code: 'not-now', what, why, next});

/** A verb that a controller has no way to do. */
export const notPossible = (what: string, why: string, next: string) =>
	new MkcoaError({kind: 'usage', code: 'not-possible', what, why, next});

/** A verb that has nothing to do. */
export const nothingToDo = (summary: string, at: string): Control => ({
	summary,
	steps: [],
	notes: [],
	verify: [],
	undo: {possible: false, how: 'Nothing was changed'},
	at,
	until: 'nothing',
});
