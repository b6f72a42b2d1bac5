/** Which of two versions is the newer one: negative where `a` is older than `b`, 0 where they are equal, positive where it is newer. */
export type Order = (a: string, b: string) => number;

/** Order of UTF-16 code units, as all of these specifications say for ASCII. */
export const byText: Order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** Order of numbers of any length, written in digits; none at all is 0. */
export function byDigits(a: string, b: string): number {
	const left = a.replace(/^0+/, '');
	const right = b.replace(/^0+/, '');
	return left.length - right.length || byText(left, right);
}

export const isDigits = (text: string) => /^\d+$/.test(text);

/** The first difference of two lists. @param missing stands where one of them has ended */
export function byParts<Part>(a: readonly Part[], b: readonly Part[], order: (a: Part, b: Part) => number, missing: Part): number {
	const length = Math.max(a.length, b.length);
	for (let index = 0; index < length; index++) {
		const difference = order(a[index] ?? missing, b[index] ?? missing);
		if (difference !== 0) return difference;
	}
	return 0;
}

/** The first difference of two lists; where there is none, the longer one is the newer. */
export function byPartsThenLength<Part>(a: readonly Part[], b: readonly Part[], order: (a: Part, b: Part) => number): number {
	const length = Math.min(a.length, b.length);
	for (const [index, part] of a.slice(0, length).entries()) {
		const other = b[index];
		const difference = other === undefined ? 0 : order(part, other);
		if (difference !== 0) return difference;
	}
	return a.length - b.length;
}
