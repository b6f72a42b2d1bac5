import type {Finding} from './judging/finding.ts';

/** What is graded: finds what is wrong in a namespace, and puts the first of it right. Both reject where they cannot. */
export type Tool = {
	/** Most severe first. */
	readonly detect: (namespace: string, signal: AbortSignal) => Promise<readonly Finding[]>;
	/** @returns in one line what came of it */
	readonly fix: (namespace: string, signal: AbortSignal) => Promise<string>;
};
