/** The selector of streams at the beginning of a query in LogQL, braces and all; undefined where there is none that ends. */
export function selectorOf(query: string): string | undefined {
	const text = query.trimStart();
	return /^\{(?:[^"`}]|"(?:[^"\\]|\\.)*"|`[^`]*`)*\}/s.exec(text)?.[0];
}
