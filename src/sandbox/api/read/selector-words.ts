/** A word of a label selector. `end` stands after the last one. */
export type Word = {readonly kind: 'name' | 'symbol' | 'end'; readonly text: string};

const space = /\s/;
const special = /[=!(),<>]/;
const symbols = new Set(['=', '==', '!=', '!', '(', ')', ',', '<', '>']);
const end: Word = {kind: 'end', text: ''};

/** Takes a selector apart as the API server does: names up to a space or a symbol, and the longest symbols that there are. */
export function selectorWords(text: string): readonly Word[] {
	const words: Word[] = [];
	for (let start = 0; start < text.length; ) {
		const sign = text[start] ?? '';
		if (space.test(sign)) {
			start += 1;
			continue;
		}
		const word = special.test(sign) ? symbolAt(text, start) : nameAt(text, start);
		words.push(word);
		start += word.text.length;
	}
	return [...words, end];
}

function symbolAt(text: string, start: number): Word {
	const two = text.slice(start, start + 2);
	return {kind: 'symbol', text: symbols.has(two) ? two : text.slice(start, start + 1)};
}

function nameAt(text: string, start: number): Word {
	let stop = start;
	while (stop < text.length && !space.test(text[stop] ?? '') && !special.test(text[stop] ?? '')) stop += 1;
	return {kind: 'name', text: text.slice(start, stop)};
}
