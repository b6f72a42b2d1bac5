import type {MetricEvidence} from './canary-evidence.ts';

/** One thing of a rollout and what belongs to it. */
export type TreeNode = {
	/** `Deployment web`, `web-7d9f-x2x1` */
	readonly name: string;
	readonly state: 'good' | 'moving' | 'bad';
	/** `3 of 5 ready`, `ImagePullBackOff` */
	readonly text: string;
	readonly children: readonly TreeNode[];
};

/** `stopped`: nobody carries it out any more, and nobody took it back. `done` and `failed` are its ends. */
export type RolloutState = 'running' | 'paused' | 'promoting' | 'aborting' | 'stopped' | 'done' | 'failed';

/** A rollout at one moment, as it is drawn and printed. Times are milliseconds since 1970; weights are shares of the traffic, 0 to 1. */
export type RolloutPicture = {
	/** What it does, as the plan says it. */
	readonly summary: string;
	/** Context and namespace. */
	readonly target: string;
	readonly state: RolloutState;
	/** Missing where nobody tells. */
	readonly startedAt?: number | undefined;
	/** A controller of the cluster goes on with it by itself. */
	readonly isControlled?: true | undefined;
	/** Who carries it out. */
	readonly led?: string | undefined;
	readonly step?: {readonly index: number; readonly of: number; readonly title: string} | undefined;
	/** Newest word of the step. */
	readonly progress?: {readonly text: string; readonly done?: number | undefined; readonly total?: number | undefined} | undefined;
	/** When the whole is over at the earliest, if nothing goes wrong; missing where nobody can tell. */
	readonly endsAt?: number | undefined;
	readonly weights: readonly {readonly name: string; readonly share: number}[];
	/** What the weights are: `by HTTPRoute web`, `by ready pods`. */
	readonly weighed?: string | undefined;
	/** `isOpen`: the stage goes on, and the last word is not said. */
	readonly verdict?: {readonly verdict: string; readonly text: string; readonly isOpen?: true | undefined} | undefined;
	readonly metrics: readonly MetricEvidence[];
	readonly tree: readonly TreeNode[];
	/** What was told, the oldest first. */
	readonly told: readonly string[];
	/** Why it goes back, or how it ended. */
	readonly reason?: string | undefined;
	/** What could not be looked at, and why. */
	readonly notChecked?: readonly string[] | undefined;
	/** The cluster does not answer: all else is of that time. */
	readonly away?: {readonly since: number; readonly why: string} | undefined;
	/** Command lines for what to do next, the likeliest first. */
	readonly next?: readonly string[] | undefined;
};
