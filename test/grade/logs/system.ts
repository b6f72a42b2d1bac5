/** Lines with the true group of each, and where their messages begin, if known; a line of a trace has none. */
export type System = {
	readonly name: string;
	readonly lines: readonly string[];
	readonly truth: readonly string[];
	readonly starts: readonly (number | undefined)[] | undefined;
};
