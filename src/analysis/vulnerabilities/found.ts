import type {CvssScore} from './cvss/cvss.ts';

/** One vulnerability of one package, whoever found it. */
export type Found = {
	/** The CVE where it has one. */
	readonly id: string;
	readonly aliases: readonly string[];
	readonly summary: string;
	/** What has it. */
	readonly component: string;
	readonly version: string;
	readonly ecosystem?: string | undefined;
	/** The first version that has it no more; none where nobody names one. */
	readonly fixed?: string | undefined;
	readonly score?: number | undefined;
	readonly cvss?: CvssScore | undefined;
	/** The finder's own word, for what has no score. */
	readonly severity: 'low' | 'medium' | 'high' | 'critical';
};
