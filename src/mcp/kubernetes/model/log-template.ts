/** Lines of one shape: the varying parts are masked as `<…>`. */
export type LogTemplate = {
	readonly template: string;
	readonly count: number;
	/** The first and the last line of this shape, as they were. */
	readonly first: string;
	readonly last: string;
};

// Order matters: the longer shapes first; plain numbers come after all of these. Each pattern is linear: no nested repetition.
const masks: readonly (readonly [RegExp, string])[] = [
	[/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.,\d]*(?:Z|[+-]\d\d:?\d\d)?/g, '<time>'],
	[/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '<uuid>'],
	[/\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?::\d{1,5})?\b/g, '<ip>'],
	[/"[^"]*"/g, '<text>'],
	[/'[^']*'/g, '<text>'],
	[/\b0x[0-9a-f]+\b/gi, '<hex>'],
	// Eight or more hex digits, a digit and a letter among them: a hash, neither `deadbeef` nor a plain number.
	[/\b(?=[0-9a-f]*\d)(?=\d*[a-f])[0-9a-f]{8,64}\b/gi, '<hex>'],
];

/** A number by itself that looks like the status of an answer stays: 200 and 500 are different lines. A number with a unit is none. */
const numbers = /(?<![\w.])(20[0-6]|30[1-8]|4[0-3]\d|50[0-5])(?![\w.%]|\s?(?:ms|us|µs|s|bytes)\b)|\d+(?:\.\d+)?/g;

/** The shape of a line: times, ids, addresses, quoted texts and numbers masked. */
const templateOf = (line: string) =>
	masks
		.reduce((text, [pattern, mask]) => text.replace(pattern, mask), line.slice(0, 2000))
		.replace(numbers, (_, status?: string) => status ?? '<n>');

/** Folds lines into templates in the order in which each first came. */
export function foldLines(lines: Iterable<string>): readonly LogTemplate[] {
	const folded = new Map<string, LogTemplate>();
	for (const line of lines) {
		const template = templateOf(line);
		const known = folded.get(template);
		folded.set(
			template,
			known === undefined ? {template, count: 1, first: line, last: line} : {...known, count: known.count + 1, last: line},
		);
	}
	return [...folded.values()];
}
