import type {Trouble} from './error.ts';
import type {Json} from './json.ts';
import type {Plan} from './plan.ts';

/** How one call ended. JSON, printed as such by `--json`, refusals included. */
export type Outcome<Output extends Json | undefined = Json> =
	| {
			readonly kind: 'done';
			readonly tool: string;
			readonly output: Output;
			readonly digest?: string;
			readonly plan?: Plan;
			readonly journal?: string;
	  }
	/** The plan was asked for alone (`--dry-run`, `--plan-out`). */
	| {readonly kind: 'planned'; readonly tool: string; readonly digest: string; readonly plan: Plan}
	| {readonly kind: 'nothing-to-do'; readonly tool: string; readonly digest: string; readonly plan: Plan}
	| {
			readonly kind: 'rejected';
			readonly tool: string;
			readonly digest: string;
			readonly plan: Plan;
			readonly by: 'person' | 'policy';
			readonly feedback: string;
	  }
	| {readonly kind: 'waiting'; readonly tool: string; readonly digest: string; readonly plan: Plan; readonly id: string}
	/** `plan` is the new one, which nobody has approved. */
	| {
			readonly kind: 'drifted';
			readonly tool: string;
			readonly digest: string;
			readonly plan?: Plan;
			readonly moved: readonly string[];
			readonly journal?: string;
	  }
	| {
			readonly kind: 'failed';
			readonly tool: string;
			readonly error: Trouble;
			readonly digest?: string;
			readonly journal?: string;
			readonly done: readonly string[];
			readonly undone: readonly string[];
			readonly left: readonly string[];
			/** What the tool found out before it failed, such as a canary's verdict. */
			readonly output?: Output;
	  };

/** The outcome of any tool, for what carries outcomes without reading what the tool answered. */
export type AnyOutcome = Outcome<Json | undefined>;

/** Exit codes: a promise to scripts. */
export const exitCodes = {done: 0, failed: 1, declined: 2, findings: 3, notAllowed: 4, waiting: 8, drifted: 9, bug: 70} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** What each exit code means, for help and documents. */
export const exitMeanings: readonly (readonly [ExitCode, string])[] = [
	[0, 'done, or nothing to do'],
	[1, 'failed, or wrong usage'],
	[2, 'a person said no, or cancelled'],
	[3, 'findings as grave as --fail-on names'],
	[4, 'not signed in, or not allowed'],
	[8, 'a plan is waiting for approval'],
	[9, 'the world changed since the plan'],
	[70, 'a bug in mkcoa'],
];

/** The exit code of a failure by who can act on it; an interrupt counts as a no. */
export function exitCodeOfTrouble({kind, code}: Trouble): ExitCode {
	if (code === 'cancelled') return exitCodes.declined;
	if (kind === 'auth') return exitCodes.notAllowed;
	return kind === 'bug' ? exitCodes.bug : exitCodes.failed;
}

/** The exit code that tells a script how a call ended. */
export function exitCodeOf(outcome: AnyOutcome): ExitCode {
	switch (outcome.kind) {
		case 'done':
		case 'planned':
		case 'nothing-to-do':
			return exitCodes.done;
		case 'rejected':
			return outcome.by === 'policy' ? exitCodes.notAllowed : exitCodes.declined;
		case 'waiting':
			return exitCodes.waiting;
		case 'drifted':
			return exitCodes.drifted;
		case 'failed':
			return exitCodeOfTrouble(outcome.error);
	}
}
