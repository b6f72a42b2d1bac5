import {badRequest} from '../errors.ts';
import {selectorWords, type Word} from './selector-words.ts';

type Operator = 'exists' | 'absent' | 'in' | 'notin' | '=' | '!=' | '<' | '>';
export type Requirement = {readonly key: string; readonly operator: Operator; readonly values: readonly string[]};

const operators: {readonly [word: string]: Operator} = {in: 'in', notin: 'notin', '=': '=', '==': '=', '!=': '!=', '>': '>', '<': '<'};

/** A requirement that cannot be read; the API server words these one way and the rest another. */
class Unreadable extends Error {}

/**
 * The requirements of a label selector, read in the steps of apimachinery's labels.Parser, whose words the refusals are.
 * Throws 400 for what is no selector.
 */
export function selectorRequirements(text: string): readonly Requirement[] {
	const words = wordReader(selectorWords(text));
	const requirements: Requirement[] = [];
	for (;;) {
		const {kind, text: found} = words.peek();
		if (kind === 'end') return requirements;
		if (kind !== 'name' && found !== '!') throw badRequest(`found '${found}', expected: !, identifier, or 'end of string'`);
		requirements.push(readRequirement(words));
		const after = words.take();
		if (after.kind === 'end') return requirements;
		if (after.text !== ',') throw badRequest(`found '${after.text}', expected: ',' or 'end of string'`);
		const next = words.peek();
		if (next.kind !== 'name' && next.text !== '!') throw badRequest(`found '${next.text}', expected: identifier after ','`);
	}
}

type Words = ReturnType<typeof wordReader>;

function wordReader(words: readonly Word[]) {
	let place = 0;
	const end: Word = {kind: 'end', text: ''};
	const peek = () => words[place] ?? end;
	return {
		peek,
		take(): Word {
			const word = peek();
			place += 1;
			return word;
		},
	};
}

function readRequirement(words: Words): Requirement {
	try {
		const requirement = keyAndOperator(words);
		checkRequirement(requirement);
		return requirement;
	} catch (error) {
		throw error instanceof Unreadable ? badRequest(`unable to parse requirement: ${error.message}`) : error;
	}
}

const closes = ({kind, text}: Word) => kind === 'end' || text === ',';

function keyAndOperator(words: Words): Requirement {
	const first = words.take();
	const isNot = first.kind === 'symbol' && first.text === '!';
	const {kind, text: key} = isNot ? words.take() : first;
	if (kind !== 'name') throw new Unreadable(`found '${key}', expected: identifier`);
	if (isNot) return {key, operator: 'absent', values: []};
	if (closes(words.peek())) return {key, operator: 'exists', values: []};
	const {text} = words.take();
	const operator = Object.hasOwn(operators, text) ? operators[text] : undefined;
	if (operator === undefined) throw new Unreadable(`found '${text}', expected: in, notin, =, ==, !=, gt, lt`);
	return {key, operator, values: operator === 'in' || operator === 'notin' ? valueSet(words) : [exactValue(words)]};
}

function exactValue(words: Words): string {
	if (closes(words.peek())) return '';
	const {kind, text} = words.take();
	if (kind !== 'name') throw new Unreadable(`found '${text}', expected: identifier`);
	return text;
}

/** Values in parentheses, each once and sorted; a place left empty between commas is the empty value. */
function valueSet(words: Words): readonly string[] {
	const open = words.take();
	if (open.text !== '(') throw new Unreadable(`found '${open.text}' expected: '('`);
	const values = new Set<string>();
	if (words.peek().text === ')') words.take();
	else while (readValue(words, values));
	return [...values].sort();
}

/** @returns whether another value follows */
function readValue(words: Words, values: Set<string>): boolean {
	const {kind, text} = words.peek();
	if (kind === 'name') words.take();
	else if (text !== ',' && text !== ')') throw new Unreadable(`found '${text}', expected: ',', ')' or identifier`);
	values.add(kind === 'name' ? text : '');
	const after = words.take();
	if (after.text === ')') return false;
	if (after.text === ',') return true;
	throw new Unreadable(`found '${after.text}', expected: ',' or ')'`);
}

const labelValue = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;

function checkRequirement({key, operator, values}: Requirement): void {
	if ((operator === '<' || operator === '>') && !/^[-+]?\d+$/.test(values[0] ?? ''))
		throw new Unreadable(`values[0]: Invalid value: ${JSON.stringify(values[0])}: for 'Gt', 'Lt' operators, the value must be an integer`);
	const index = values.findIndex(value => !labelValue.test(value));
	if (index < 0) return;
	throw new Unreadable(
		`values[${index}][${key}]: Invalid value: ${JSON.stringify(values[index])}: a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')`,
	);
}
