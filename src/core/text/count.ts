const plural = (noun: string) =>
	/[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : /(?:s|x|ch)$/.test(noun) ? `${noun}es` : `${noun}s`;

/** `1 pod`, `3 pods`, `2 Ingresses`, `2 NetworkPolicies` */
export const count = (amount: number, noun: string) => `${amount} ${amount === 1 ? noun : plural(noun)}`;

/** `a`, `a and b`, `a, b and 3 more` */
export function someOf(names: readonly string[], most = 3): string {
	const shown = names.length > most + 1 ? [...names.slice(0, most), `${names.length - most} more`] : names;
	return shown.length < 2 ? (shown[0] ?? '') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
