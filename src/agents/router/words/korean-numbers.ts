const native: {readonly [word: string]: number} = {
	한: 1,
	하나: 1,
	두: 2,
	둘: 2,
	세: 3,
	셋: 3,
	네: 4,
	넷: 4,
	다섯: 5,
	여섯: 6,
	일곱: 7,
	여덟: 8,
	아홉: 9,
};
const nativeTens: {readonly [word: string]: number} = {열: 10, 스물: 20, 스무: 20, 서른: 30, 마흔: 40, 쉰: 50};
const sino: {readonly [word: string]: number} = {일: 1, 이: 2, 삼: 3, 사: 4, 오: 5, 육: 6, 칠: 7, 팔: 8, 구: 9};
const powers: {readonly [word: string]: number} = {십: 10, 백: 100, 천: 1000};

/** A Korean number in words as part of a pattern, native or Sino-Korean: `열두`, `스물네`, `칠십오`, `오백`. */
export const koreanNumberPattern = `(?:(?:열|스물|서른|마흔|쉰)?(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉)|열|스무|서른|마흔|쉰|(?:[일이삼사오육칠팔구]?[십백천])+[일이삼사오육칠팔구]?|[일이삼사오육칠팔구])`;

/** The number that Korean words say; undefined where they say none. */
export function koreanNumber(text: string): number | undefined {
	const tens = Object.keys(nativeTens).find(word => text.startsWith(word));
	if (tens !== undefined) {
		const rest = text.slice(tens.length);
		const more = rest === '' ? 0 : native[rest];
		return more === undefined ? undefined : (nativeTens[tens] ?? 0) + more;
	}
	return native[text] ?? sinoNumber(text);
}

function sinoNumber(text: string): number | undefined {
	let [sum, digit] = [0, 0];
	for (const letter of text) {
		const power = powers[letter];
		if (power === undefined) {
			const value = sino[letter];
			if (value === undefined) return undefined;
			digit = value;
		} else {
			sum += (digit === 0 ? 1 : digit) * power;
			digit = 0;
		}
	}
	return text === '' ? undefined : sum + digit;
}
