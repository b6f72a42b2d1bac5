import {QueryError} from './syntax.ts';

export type Token = {
	readonly kind: 'word' | 'number' | 'duration' | 'string' | 'symbol' | 'end';
	readonly text: string;
	/** Where it starts, from 0. */
	readonly at: number;
};

const units: Readonly<Record<string, number>> = {
	ms: 1,
	s: 1000,
	m: 60_000,
	h: 3_600_000,
	d: 86_400_000,
	w: 604_800_000,
	y: 31_536_000_000,
};

const patterns: readonly (readonly [Token['kind'] | 'space', RegExp])[] = [
	['space', /(?:\s+|#[^\n]*)/y],
	['duration', /(?:\d+(?:ms|[smhdwy]))+(?![\w.])/y],
	['number', /(?:0x[0-9a-f]+|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|(?:inf|nan)(?![\w:]))/iy],
	['word', /[a-z_:][\w:]*/iy],
	['string', /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`/y],
	['symbol', /=~|!~|==|!=|<=|>=|[-+*/%^(){}[\],=<>@]/y],
];

/** Cuts a query into tokens, the last one of kind `end`. Throws QueryError at the first character that begins none. */
export function tokensOf(query: string): readonly Token[] {
	const tokens: Token[] = [];
	let at = 0;
	while (at < query.length) {
		const found = tokenAt(query, at);
		if (found === undefined) throw new QueryError(`1:${at + 1}: parse error: unexpected character: '${query[at]}'`);
		if (found.kind !== 'space') tokens.push({kind: found.kind, text: found.text, at});
		at += found.text.length;
	}
	return [...tokens, {kind: 'end', text: '', at}];
}

function tokenAt(query: string, at: number) {
	for (const [kind, pattern] of patterns) {
		pattern.lastIndex = at;
		const text = pattern.exec(query)?.[0];
		if (text !== undefined) return {kind, text};
	}
	return undefined;
}

/** `1h30m` in milliseconds. */
export function durationMs(text: string): number {
	let total = 0;
	for (const [, count, unit] of text.matchAll(/(\d+)(ms|[smhdwy])/g)) total += Number(count) * (units[unit ?? ''] ?? 0);
	return total;
}

/** The characters that a quoted token stands for. */
export function unquoted(text: string): string {
	const inner = text.slice(1, -1);
	if (text.startsWith('`')) return inner;
	const escapes: Readonly<Record<string, string>> = {n: '\n', t: '\t', r: '\r'};
	return inner.replace(/\\(.)/g, (_, character: string) => escapes[character] ?? character);
}
