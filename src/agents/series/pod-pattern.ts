/** More names than this make a query longer than proxies take (8 KiB is usual): then their common beginning asks for them. */
const mostNames = 50;

/** Names are DNS labels; a dot is the only character with a meaning in a regular expression. */
const literal = (text: string) => text.replaceAll('.', '\\\\.');

/**
 * A regular expression for names, as it stands between the double quotes of PromQL. Of many names it is their common beginning, so the
 * answer may hold others: leave those out. It matches nothing where there are no names.
 */
export const podPattern = (names: readonly string[]): string =>
	names.length === 0 ? 'none-' : names.length <= mostNames ? names.map(literal).join('|') : `${literal(commonBeginning(names))}.+`;

function commonBeginning(names: readonly string[]): string {
	const sorted = names.toSorted();
	const [first = '', last = ''] = [sorted[0], sorted.at(-1)];
	const end = [...first].findIndex((letter, at) => letter !== last[at]);
	return end < 0 ? first : first.slice(0, end);
}
