import type {Advisory} from '../../../analysis/vulnerabilities/advisory.ts';

/** Which records are wanted: about packages of these names, or of these ids. */
export type Wanted = {readonly names?: ReadonlySet<string> | undefined; readonly ids?: ReadonlySet<string> | undefined};

export type Hits = {
	readonly advisories: readonly Advisory[];
	/** Records that were looked through. */
	readonly records: number;
	/** The newest change of any of them: how old the database is. */
	readonly newest?: string | undefined;
	/** Files that are no records, or damaged. */
	readonly unreadable: readonly string[];
};

/** That a vulnerability is known to be used against others. */
export type Exploited = {readonly added: string; readonly due?: string | undefined; readonly ransomware: boolean};

/** How likely somebody tries to use it within thirty days, from 0 to 1. */
export type Likelihood = {readonly probability: number; readonly percentile: number};

/** What is known beside the advisories; undefined where the folder does not hold it. */
export type Exploits = {
	readonly exploited?: {readonly date: string; readonly by: ReadonlyMap<string, Exploited>} | undefined;
	readonly likelihood?: {readonly date: string; readonly by: ReadonlyMap<string, Likelihood>} | undefined;
};

/** Records of vulnerabilities on this machine. They are looked through, never held as a whole. */
export type AdvisoryDatabase = {
	/** As the person named it. */
	readonly place: string;
	/** @param onProgress told how many records were looked through so far */
	readonly find: (wanted: Wanted, onProgress?: (records: number) => void) => Promise<Hits>;
	readonly exploits: (cves: ReadonlySet<string>) => Promise<Exploits>;
};

/** Undefined where the person named no database. */
export type AdvisoryPorts = {readonly advisories: () => Promise<AdvisoryDatabase | undefined>};
