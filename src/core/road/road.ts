import type {Clock} from '../clock.ts';
import type {Confirm} from '../decision.ts';
import type {Emit} from '../event.ts';
import type {Audit, Journal, JournaledEffect, PlanMaker, SealedValues, WaitingPlans} from '../journal.ts';
import type {Json} from '../json.ts';
import type {Plan, Target} from '../plan.ts';
import type {KnownValues} from '../secrets/known-values.ts';
import type {Effector} from '../tool.ts';

/** What policy says to one plan. `next` tells how to be allowed; `yes` whether `--yes` may stand for a person here. */
export type Judgement = {
	readonly answer: 'allow' | 'ask' | 'deny';
	readonly why: string;
	readonly next?: string | undefined;
	readonly yes: boolean;
	/** Whether a yes counts that was given in the program from outside which asked; not if left out. */
	readonly client?: boolean | undefined;
	/** The grant by which it is allowed, where it is one. */
	readonly grant?: string | undefined;
};

/** A model chose a call. Its plan is never answered by `--yes`. */
type Chosen = {
	readonly agent: string;
	/** It has read text that somebody else wrote: whatever grants and rules let pass, a person is asked. */
	readonly tainted: boolean;
};

/** All that a call needs beside the tool and its input. */
export type Road<Ports> = {
	readonly ports: Ports;
	readonly target: (namespace: string | undefined) => Promise<Target>;
	readonly effector: Effector;
	/** `tainted`: see `Chosen`. */
	readonly judge: (plan: Plan, effect: 'change' | 'destructive', tainted: boolean) => Promise<Judgement>;
	readonly confirm: Confirm;
	readonly journal: Journal;
	readonly waiting: WaitingPlans;
	readonly audit: Audit;
	/** The one redactor at the way out. */
	readonly redact: <Value extends Json | undefined>(value: Value) => Value;
	/** Secrets that were read on the way; sealed out of plans wherever they stand. */
	readonly known: KnownValues;
	readonly clock: Clock;
	readonly signal: AbortSignal;
	readonly emit: Emit;
	/** See `Context`. */
	readonly answerCharacters?: number | undefined;
	/** See `Context`. */
	readonly toldCompactly?: boolean | undefined;
	/** `plan` stops after the plan. */
	readonly mode: 'run' | 'plan';
	/** Called with a plan that is only asked for, so that it can be saved with what was taken out of it. */
	readonly keep?: ((made: MadePlan) => Promise<void>) | undefined;
	/** The person's `--yes`: for calls that the person chose. */
	readonly yes: boolean;
	/** Who asks from outside of this machine's terminal; undefined where it is the person there. */
	readonly maker?: PlanMaker | undefined;
	/** Trace that the call belongs to; see `AuditRecord`. */
	readonly trace?: string | undefined;
	/** The model that chose this call; undefined where a person, or a rule that knows no model, did. */
	readonly chosen?: Chosen | undefined;
	/** The person at this machine, for the journal. */
	readonly by: string;
	/** See `Context`. */
	readonly holder: string;
	/** See `Context`. */
	readonly holderDied: (holder: string) => boolean;
};

/** A plan with its digest and the secret values that were taken out of it. */
export type MadePlan = {readonly plan: Plan; readonly digest: string; readonly sealed: SealedValues};

/** A plan made earlier that is to be applied exactly: from a file, from the waiting list, or of a run that died. */
export type EarlierPlan = MadePlan & {
	/** The run that died: its journal entry goes on, and what it did is not done again. */
	readonly resume?: {readonly journal: string; readonly effects: readonly JournaledEffect[]} | undefined;
	/** Its id on the waiting list. */
	readonly waited?: string | undefined;
};
