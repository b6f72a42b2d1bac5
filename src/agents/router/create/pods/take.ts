/** What a text says in one way, and how to read it. The pattern is global; what it does not mean is read as undefined. */
export type Rule<Found> = readonly [pattern: RegExp, read: (...parts: readonly (string | undefined)[]) => Found | undefined];

export type Taken<Found> = {
	readonly found: readonly Found[];
	/** The text without what was read: no other reader takes it for something else. */
	readonly rest: string;
};

/** All that these rules read in a text, rule by rule: what one has read, the next ones do not see. */
export function take<Found>(text: string, rules: readonly Rule<Found>[]): Taken<Found> {
	const found: Found[] = [];
	let rest = text;
	for (const [pattern, read] of rules)
		rest = rest.replace(pattern, (whole: string, ...others: readonly unknown[]) => {
			const end = others.findIndex(part => typeof part === 'number');
			const one = read(...others.slice(0, end).map(part => (typeof part === 'string' ? part : undefined)));
			if (one === undefined) return whole;
			found.push(one);
			return ' ';
		});
	return {found, rest};
}
