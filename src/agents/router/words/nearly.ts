/**
 * Whether two words differ by one slip of a finger: one letter wrong, missing or too many, or two neighbours swapped. Equal words do not.
 * Another number names another thing: `node-3` is not `node-1`. Short words (under four letters) are never nearly another: `web` is not `wed`.
 */
export function isNearly(typed: string, meant: string): boolean {
	if (
		typed === meant ||
		numbersIn(typed) !== numbersIn(meant) ||
		Math.min(typed.length, meant.length) < 4 ||
		Math.abs(typed.length - meant.length) > 1
	)
		return false;
	let from = 0;
	while (typed[from] === meant[from]) from += 1;
	const rest = (text: string, skipped: number) => text.slice(from + skipped);
	return (
		rest(typed, 1) === rest(meant, 1) ||
		rest(typed, 1) === rest(meant, 0) ||
		rest(typed, 0) === rest(meant, 1) ||
		(typed[from] === meant[from + 1] && typed[from + 1] === meant[from] && rest(typed, 2) === rest(meant, 2))
	);
}

const numbersIn = (text: string) => text.replaceAll(/\D/g, '');
