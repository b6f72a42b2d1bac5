import type {Finding} from './judging/finding.ts';
import type {Judgement} from './judging/judge-findings.ts';
import type {Fixed} from './tool.ts';

/** The tool said nothing that could be read. */
export type Failed = {readonly failed: string};

/** What came of one case. What is left out was not reached. */
export type CaseResult = {
	readonly name: string;
	readonly family: string;
	/** Why the case itself could not be played. */
	readonly broken?: string;
	/** What the tool reported before there was a fault. */
	readonly base?: {readonly loud: readonly Finding[]} | Failed;
	readonly verdict?: Judgement | Failed;
	readonly remedy?: Fixed & {
		/** What does not hold afterwards. */
		readonly left: string | undefined;
		readonly harm: readonly string[];
	};
};

/** What came of one quiet cluster. */
export type QuietResult = {readonly name: string; readonly broken?: string; readonly loud?: readonly Finding[]};
