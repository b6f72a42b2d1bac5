import type * as z from 'zod';
import type {Clock} from './clock.ts';
import {MkcoaError, type Trouble} from './error.ts';
import type {Emit} from './event.ts';
import type {Finding} from './finding.ts';
import type {SealedValues} from './journal.ts';
import type {Json, JsonObject} from './json.ts';
import type {KubeObject, Ref} from './kube/kube-object.ts';
import type {ApprovedPlan, Draft, Plan, Write} from './plan.ts';

export type Effect = 'read' | 'change' | 'destructive';

/** Safety hints of MCP. All four are required: an undefined hint is a silent gap. */
export type Annotations = {
	readonly readOnlyHint: boolean;
	readonly destructiveHint: boolean;
	readonly idempotentHint: boolean;
	readonly openWorldHint: boolean;
};

/** What every tool is given. `Ports` are the interfaces that it works on, such as `{cluster}`. */
export type Context<Ports> = {
	readonly ports: Ports;
	readonly clock: Clock;
	readonly signal: AbortSignal;
	readonly emit: Emit;
	/** This run as a Lease names it: `user@host/random`. */
	readonly holder: string;
	/** Whether another run on this machine, by its name in a Lease, surely died; false where nobody here can tell. */
	readonly holderDied: (holder: string) => boolean;
	/** Characters of JSON that an answer may hold when all of it is asked for: endless for a person's shell, a model's budget if left out. */
	readonly answerCharacters?: number | undefined;
	/** Whether the answer is told in its tool's compact form, so that the budget is for that. */
	readonly toldCompactly?: boolean | undefined;
};

/** How wide and for whom text is laid out. */
export type View = {
	readonly width: number;
	readonly terminal: boolean;
	readonly nowMs: number;
	/** Curves as rows of digits, which every terminal has and a screen reader reads. */
	readonly isPlain?: boolean | undefined;
};

type Named<Input extends z.ZodObject, Output extends z.ZodType> = {
	/** noun_verb, snake_case; the file has the same name in kebab-case. */
	readonly name: string;
	/** Third-person fragment without a full stop. At most 250 characters. */
	readonly summary: string;
	readonly annotations: Annotations;
	/** Words of the command line, such as ['k8s', 'list']. */
	readonly command: readonly string[];
	/** Other words for the last one of `command`, such as `rolling` for `update`. */
	readonly aliases?: readonly string[];
	/** What `--watch` does, for a tool whose answer a person may follow. It is no input: the one who asked goes on asking. */
	readonly watch?: string;
	/** Input fields given without a flag, in order. The last may be a list. */
	readonly positionals: readonly string[];
	/** Flat: strings, numbers, booleans, enumerations, and lists of strings. `meta({completes})` names what to complete from the cluster. */
	readonly input: Input;
	/** The schema of the input as models are told of it, where a third party wrote it; made of `input` if left out. */
	readonly inputSchema?: JsonObject | undefined;
	/** Of a third party's tool, where its answers come from: `SERVER.TOOL`. */
	readonly origin?: string | undefined;
	readonly output: Output;
	/** The answer as a person reads it. */
	readonly text: (output: z.output<Output>, view: View) => string;
	/** Whether a call asks the cluster at all; every call does if left out. One that does not works where there is no kubeconfig. */
	readonly needsCluster?: (input: z.output<Input>) => boolean;
	/** What the answer finds, for tools that look for what is wrong: reports of other formats and `--fail-on` are made of it. */
	readonly findings?: (output: z.output<Output>) => readonly Finding[];
	/** The answer as programs of others read it, where `output` says a thing again in every row: all of it, in fewer tokens. */
	readonly compact?: {readonly output: z.ZodType; readonly of: (output: z.output<Output>) => Json} | undefined;
};

export type ReadTool<Ports, Input extends z.ZodObject = z.ZodObject, Output extends z.ZodType = z.ZodType> = Named<Input, Output> & {
	readonly effect: 'read';
	readonly run: (input: z.output<Input>, context: Context<Ports>) => Promise<z.output<Output>>;
};

export type ChangeTool<
	Ports,
	Input extends z.ZodObject = z.ZodObject,
	Resolved extends z.ZodObject = z.ZodObject,
	Output extends z.ZodType = z.ZodType,
> = Named<Input, Output> & {
	readonly effect: 'change' | 'destructive';
	/** What `plan` resolves the input to, so that `apply` never guesses. */
	readonly resolved: Resolved;
	/** Read-only and cheap: it runs twice for every change. */
	readonly plan: (input: z.output<Input>, context: Context<Ports>) => Promise<Draft<z.output<Resolved> & JsonObject>>;
	readonly apply: (
		plan: ApprovedPlan<z.output<Resolved> & JsonObject>,
		context: Context<Ports>,
		effects: Effects,
	) => Promise<z.output<Output>>;
	/**
	 * For tools whose plans confine values to the cluster: those of an earlier plan by placeholder, read from there again. Leaves out what it does not
	 * find as the plan saw it.
	 */
	readonly recall?: (plan: Plan<z.output<Resolved> & JsonObject>, sealed: SealedValues, context: Context<Ports>) => Promise<SealedValues>;
};

/** The only way to change something. Each write is journaled, bound to the version that the plan saw, and sent. */
export type Effects = {
	/**
	 * Resolves with what the server answered; null where it answers nothing.
	 * @throws DriftError when the object is no longer the one of the plan, or of this run's own last write
	 */
	readonly perform: (write: Write) => Promise<KubeObject | null>;
	/** Every write of a step, announced. */
	readonly performStep: (index: number) => Promise<readonly (KubeObject | null)[]>;
	/**
	 * One write of a step by its place in the plan. For tools that skip and repeat: performed again after a failure it is the same effect, one
	 * whose answer was lost is looked for first, and what an earlier run of the plan did is not done again. Not to be mixed with the two above.
	 */
	readonly performAt: (step: number, write: number) => Promise<KubeObject | null>;
	/** Whether this run or an earlier one of the same plan carried out one write of a step; all of them if `write` is left out. */
	readonly wasDone: (step: number, write?: number) => Promise<boolean>;
	/**
	 * Upkeep of an object that the plan lists as such (`Step.upkeep`): not journaled, and bound to exactly what the caller read.
	 * @param seen the object as the caller read it; undefined where there was none
	 * @throws ConflictError when it is no longer that; LostAnswerError when nothing tells whether it was done
	 */
	readonly tend: (write: Upkeep, seen: KubeObject | undefined) => Promise<KubeObject | null>;
	/** From now on nothing is sent once this signal aborts, too. What is under way then may have been done or not. */
	readonly until: (signal: AbortSignal) => void;
	/** The program's answer; for `exec` alone. */
	readonly run: (write: Extract<Write, {op: 'exec'}>) => Promise<JsonObject>;
};

/** What may be done to mkcoa's own objects without a line in the journal. */
export type Upkeep =
	| Extract<Write, {op: 'delete'}>
	| (Extract<Write, {op: 'patch'}> & {readonly type: 'merge'; readonly patch: JsonObject; readonly subresource?: undefined});

/** A tool that had to stop after it changed something: what it put back, what it left, and what it found out. */
export class StoppedError extends Error {
	override readonly name = 'StoppedError';
	readonly trouble: Trouble;
	readonly undone: readonly string[];
	readonly left: readonly string[];
	readonly output: Json | undefined;
	readonly #wayOn: ((journal: string) => string) | undefined;

	/** @param wayOn what to do next where that needs the journal entry of this run, in place of the trouble's own `next` */
	constructor({
		trouble,
		undone,
		left,
		output,
		wayOn,
	}: {
		readonly trouble: Trouble;
		readonly undone: readonly string[];
		readonly left: readonly string[];
		readonly output?: Json;
		readonly wayOn?: (journal: string) => string;
	}) {
		super(trouble.what);
		this.#wayOn = wayOn;
		this.trouble = trouble;
		this.undone = undone;
		this.left = left;
		this.output = output;
	}

	/** The trouble as it is told for one run. */
	troubleOf(journal: string): Trouble {
		return this.#wayOn === undefined ? this.trouble : {...this.trouble, next: this.#wayOn(journal)};
	}
}

/** Reads and sends for `runTool`. The client of the cluster implements it; no tool sees it. */
export type Effector = {
	/**
	 * Asks the server whether every write of a plan would be allowed, and sends none of them.
	 * @throws MkcoaError `not-allowed` that names each right that is missing, in the order in which the plan shows its changes
	 */
	readonly demandRights: (plan: Pick<Plan, 'steps' | 'changes' | 'preconditions'>) => Promise<void>;
	readonly read: (ref: Ref, signal: AbortSignal) => Promise<KubeObject | undefined>;
	/**
	 * Sends one write bound to the version of `live`.
	 * @throws ConflictError when the object is no longer at that version
	 * @throws LostAnswerError when the write may have been done or not; any other error means that it was not
	 */
	readonly send: (write: Write, live: KubeObject | undefined, signal: AbortSignal) => Promise<JsonObject | null>;
};

/** The server refused because the version moved between read and write; nothing was done. */
export class ConflictError extends Error {
	override readonly name = 'ConflictError';
}

/** A write was sent, and nothing tells whether it was done: the connection broke, or the server failed on the way. */
export class LostAnswerError extends MkcoaError {
	constructor(cause: MkcoaError) {
		super(cause.trouble, {cause});
	}
}

/** Returns its argument; exists for the types. */
export const readTool = <Ports, Input extends z.ZodObject, Output extends z.ZodType>(tool: ReadTool<Ports, Input, Output>) => tool;

/** Returns its argument; exists for the types. */
export const changeTool = <Ports, Input extends z.ZodObject, Resolved extends z.ZodObject, Output extends z.ZodType>(
	tool: ChangeTool<Ports, Input, Resolved, Output>,
) => tool;

/** Any tool on these ports, for registries and adapters. Method parameters are erased here and checked again by the schemas. */
export type AnyTool<Ports> = ErasedRead<Ports> | ErasedChange<Ports>;

/** A tool that changes something, any of them. */
export type ChangeToolOf<Ports> = ErasedChange<Ports>;

type Erased = Omit<Named<z.ZodObject, z.ZodType>, 'text' | 'findings' | 'compact' | 'needsCluster'> & {
	needsCluster?(input: unknown): boolean;
	text(output: unknown, view: View): string;
	findings?(output: unknown): readonly Finding[];
	readonly compact?: {readonly output: z.ZodType; of(output: unknown): Json} | undefined;
};
type ErasedRead<Ports> = Erased & {readonly effect: 'read'; run(input: unknown, context: Context<Ports>): Promise<unknown>};
type ErasedChange<Ports> = Erased & {
	readonly effect: 'change' | 'destructive';
	readonly resolved: z.ZodObject;
	plan(input: unknown, context: Context<Ports>): Promise<Draft>;
	apply(plan: ApprovedPlan, context: Context<Ports>, effects: Effects): Promise<unknown>;
	recall?(plan: Plan, sealed: SealedValues, context: Context<Ports>): Promise<SealedValues>;
};
