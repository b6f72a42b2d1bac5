const english: {readonly [word: string]: number} = {
	zero: 0,
	no: 0,
	one: 1,
	single: 1,
	two: 2,
	couple: 2,
	three: 3,
	four: 4,
	five: 5,
	six: 6,
	seven: 7,
	eight: 8,
	nine: 9,
	ten: 10,
	eleven: 11,
	twelve: 12,
	dozen: 12,
	thirteen: 13,
	fourteen: 14,
	fifteen: 15,
	sixteen: 16,
	seventeen: 17,
	eighteen: 18,
	nineteen: 19,
	twenty: 20,
	thirty: 30,
	forty: 40,
	fifty: 50,
	sixty: 60,
	seventy: 70,
	eighty: 80,
	ninety: 90,
	hundred: 100,
};

const korean: {readonly [word: string]: number} = {
	하나: 1,
	한: 1,
	둘: 2,
	두: 2,
	셋: 3,
	세: 3,
	넷: 4,
	네: 4,
	다섯: 5,
	여섯: 6,
	일곱: 7,
	여덟: 8,
	아홉: 9,
	열: 10,
	열한: 11,
	열두: 12,
	스무: 20,
	서른: 30,
};

const fractions: {readonly [word: string]: number} = {
	half: 1 / 2,
	third: 1 / 3,
	quarter: 1 / 4,
	fourth: 1 / 4,
	fifth: 1 / 5,
	sixth: 1 / 6,
	ninth: 1 / 9,
	seventh: 1 / 7,
	eighth: 1 / 8,
	tenth: 1 / 10,
	twentieth: 1 / 20,
	절반: 1 / 2,
	반: 1 / 2,
};

const digits = /^\d+(?:\.\d+)?$/;

/** A whole or decimal number in digits or words: `3`, `three`, `세`, `thirty-two`. `no` is left to those who ask what is not wanted. */
export function numberOf(text: string): number | undefined {
	if (digits.test(text)) return Number(text);
	if (text === 'no') return undefined;
	const [tens, ones] = text.split('-');
	const whole = english[tens ?? ''] ?? korean[text];
	if (whole === undefined || ones === undefined) return whole;
	return whole >= 20 ? whole + (english[ones] ?? Number.NaN) : undefined;
}

/** `half`, `a fifth`, `thirds`, `절반`. */
export const fractionOf = (text: string) => fractions[text] ?? fractions[text.replace(/s$/, '')];
