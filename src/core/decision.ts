import type {Plan} from './plan.ts';

/** What a person said, or that nobody can answer now. */
export type Decision =
	/** `client`: said in the program from outside that asked, which policy lets count there. */
	| {readonly kind: 'approve'; readonly client?: true}
	| {readonly kind: 'reject'; readonly feedback: string}
	/** Nobody can answer now: a pipe, CI, an MCP client still showing the plan. */
	| {readonly kind: 'defer'};

/** Shows a plan and waits for the answer. Closing the screen, Escape and an abort are a reject, never an approve. */
export type Confirm = (
	question: {
		readonly plan: Plan;
		readonly digest: string;
		readonly why: string;
		/** Whether policy lets a yes count that was given in the program which asked. */
		readonly client?: boolean;
	},
	signal: AbortSignal,
) => Promise<Decision>;

/** The confirmer where nobody can answer. */
export const deferAll: Confirm = async () => ({kind: 'defer'});
