import type {Finding} from './judging/finding.ts';

/** What came of a remedy, in one line, and whether a person had to choose it. */
export type Fixed = {readonly told: string; readonly isChosen: boolean};

/** What is graded: finds what is wrong in a namespace, and puts the first of it right. Both reject where they cannot. */
export type Tool = {
	/** Most severe first. */
	readonly detect: (namespace: string, signal: AbortSignal) => Promise<readonly Finding[]>;
	readonly fix: (namespace: string, signal: AbortSignal) => Promise<Fixed>;
};
