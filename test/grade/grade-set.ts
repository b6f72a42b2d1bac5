/** What a set of cases came to. */
export type Grade = {
	readonly right: number;
	readonly total: number;
	/** How many of the misses would let something bad pass, as a bad object called Healthy. Left out where no answer can be that. */
	readonly unsafe?: number;
	readonly misses: readonly Miss[];
	/** 0 to 1, where it is not the part of the cases that are right, as a mean over systems of unequal sizes. */
	readonly score?: number;
	/** Further figures by the names that `--json` gives them. */
	readonly figures?: {readonly [name: string]: number};
	/** Scores that others published or reach on the same cases, by their name. */
	readonly published: {readonly [who: string]: string};
	/** The same figures by a property of the cases, such as their language. */
	readonly by?: {readonly [property: string]: {readonly [value: string]: {readonly right: number; readonly total: number}}};
	/** Further figures, one line each. */
	readonly notes?: readonly string[];
};

/** One case that was not answered as its writers expect. */
export type Miss = {readonly case: string; readonly expected: string; readonly got: string};

/**
 * Scores one set.
 * @param folder the set's own folder, in the format of its page in the shared data
 */
export type GradeSet = (folder: string, choice: GradeChoice) => Grade | Promise<Grade>;

/** A part of a set, all of it where nothing is chosen; and on what cluster, where one is needed: an embedded one, or a real control plane. */
export type GradeChoice = {
	readonly family?: string | undefined;
	readonly id?: string | undefined;
	readonly isReal?: boolean;
	/** Of the faults, the cases of these names. */
	readonly only?: readonly string[] | undefined;
	/** Whether faults are remedied too, not only found. */
	readonly isFixed?: boolean;
	/** Proves the cases of the faults, without the product. */
	readonly isVerified?: boolean;
};
