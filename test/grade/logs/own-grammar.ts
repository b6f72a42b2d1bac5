import {type Values, valuesOf} from './own-values.ts';

/** Writes one text, other values each time. */
type Text = (values: Values) => string;

/**
 * Reads how a statement writes: text with `{name}` or `{name:number}` for a value, `{one|other}` for a choice (either may be empty, and
 * hold values), `{text*1-4/, }` for a list of so many with what stands between; `\{`, `\|`, `\}`, `\n`, `\t` and `\\` stand for themselves.
 * @throws Error where a brace is open, or a value unknown
 */
export function textOf(written: string): Text {
	const parts: Text[] = [];
	let plain = '';
	const endPlain = () => {
		const text = plain;
		if (text !== '') parts.push(() => text);
		plain = '';
	};
	for (let at = 0; at < written.length; at++) {
		const character = written[at] ?? '';
		if (character === '\\' && /[{|}nt\\]/.test(written[at + 1] ?? '')) {
			at += 1;
			plain += {n: '\n', t: '\t'}[written[at] ?? ''] ?? written[at];
		} else if (character === '{') {
			endPlain();
			const end = closing(written, at);
			parts.push(variable(written.slice(at + 1, end)));
			at = end;
		} else plain += character;
	}
	endPlain();
	return values => parts.map(part => part(values)).join('');
}

function closing(written: string, open: number): number {
	let depth = 0;
	for (let at = open; at < written.length; at++) {
		if (written[at] === '\\') at += 1;
		else if (written[at] === '{') depth += 1;
		else if (written[at] === '}') depth -= 1;
		if (depth === 0) return at;
	}
	throw new Error(`a brace is open in ${written}`);
}

function variable(body: string): Text {
	const choices = alternatives(body);
	if (choices.length > 1) {
		const texts = choices.map(textOf);
		return values => values.pick(texts)(values);
	}
	const list = /^(.*)\*(\d+)-(\d+)\/(.*)$/.exec(body);
	if (list === null) return value(body) ?? fail(body);
	const [, each = '', least, most, between = ''] = list;
	const text = value(each) ?? textOf(each);
	return values => Array.from({length: Number(least) + values.below(Number(most) - Number(least) + 1)}, () => text(values)).join(between);
}

const fail = (body: string): never => {
	throw new Error(`no value is named ${body}`);
};

/** The parts of a choice, by the bars that stand in no inner brace. */
function alternatives(body: string): readonly string[] {
	const found: string[] = [];
	let [from, depth] = [0, 0];
	for (let at = 0; at < body.length; at++) {
		if (body[at] === '\\') at += 1;
		else if (body[at] === '{') depth += 1;
		else if (body[at] === '}') depth -= 1;
		else if (body[at] === '|' && depth === 0) {
			found.push(body.slice(from, at));
			from = at + 1;
		}
	}
	return [...found, body.slice(from)];
}

function value(body: string): Text | undefined {
	const [, name = '', size] = /^([a-z0-9]+)(?::(\d+))?$/.exec(body) ?? [];
	const known = (valuesOf as {readonly [name: string]: ((values: Values, size?: number) => string) | undefined})[name];
	return known && (values => known(values, size === undefined ? undefined : Number(size)));
}
