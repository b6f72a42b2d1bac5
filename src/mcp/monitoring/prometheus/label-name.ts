/**
 * The name of a label as a part of a path: the old alphabet as it is, all else written by its code.
 * @see https://prometheus.io/docs/instrumenting/escaping_schemes/ values encoding
 */
export function encodedLabel(name: string): string {
	if (/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name)) return name;
	const written = [...name].map(character => {
		if (character === '_') return '__';
		return /[a-zA-Z0-9]/.test(character) ? character : `_${character.codePointAt(0)?.toString(16)}_`;
	});
	return `U__${written.join('')}`;
}
