import {badRequest} from '../errors.ts';

export type LabelTest = (labels: {readonly [key: string]: string} | undefined) => boolean;

const everything: LabelTest = () => true;

/**
 * The full grammar of label selectors: `a=b`, `a==b`, `a!=b`, `a`, `!a`, `a in (b,c)`, `a notin (b,c)`, `a>1`, `a<1`.
 * Throws 400 for anything else.
 */
export function labelSelector(text: string | null): LabelTest {
	if (text === null || text.trim() === '') return everything;
	const tests = splitRequirements(text).map(requirement => parseRequirement(requirement.trim()));
	return labels => tests.every(test => test(labels));
}

/** Commas inside parentheses belong to the value list. */
const splitRequirements = (text: string) => text.split(/,(?![^(]*\))/);

const name = '([A-Za-z0-9][-A-Za-z0-9_./]*)';
const inSet = new RegExp(String.raw`^${name}\s+(in|notin)\s*\(([^()]*)\)$`);
const equals = new RegExp(String.raw`^${name}\s*(==|=|!=)\s*([-A-Za-z0-9_.]*)$`);
const compares = new RegExp(String.raw`^${name}\s*([<>])\s*(-?\d+)$`);
const exists = new RegExp(String.raw`^(!?)\s*${name}$`);

function parseRequirement(text: string): LabelTest {
	const set = inSet.exec(text);
	if (set !== null) {
		const [, key = '', operator, list = ''] = set;
		const values = new Set(list.split(',').map(value => value.trim()));
		checkValues(key, [...values]);
		return labels => {
			const value = own(labels, key);
			return operator === 'in' ? value !== undefined && values.has(value) : value === undefined || !values.has(value);
		};
	}
	const equality = equals.exec(text);
	if (equality !== null) {
		const [, key = '', operator, value = ''] = equality;
		checkValues(key, [value]);
		return labels => (own(labels, key) === value) === (operator !== '!=');
	}
	const order = compares.exec(text);
	if (order !== null) {
		const [, key = '', operator, bound] = order;
		return labels => {
			const value = Number(own(labels, key) ?? Number.NaN);
			return operator === '>' ? value > Number(bound) : value < Number(bound);
		};
	}
	const presence = exists.exec(text);
	if (presence === null) throw badRequest(`unable to parse requirement: ${misplaced(text)}`);
	const [, not, key = ''] = presence;
	return labels => (own(labels, key) !== undefined) === (not === '');
}

/** Names the word where a key and an operator should stand. */
function misplaced(text: string): string {
	const found = /^!?\s*[A-Za-z0-9][-A-Za-z0-9_./]*\s+(\S+)/.exec(text)?.[1];
	return found === undefined
		? `found '${text}', expected: !, identifier, or 'end of string'`
		: `found '${found}', expected: in, notin, =, ==, !=, gt, lt`;
}

const labelValue = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;

function checkValues(key: string, values: readonly string[]): void {
	const index = values.findIndex(value => !labelValue.test(value));
	if (index < 0) return;
	throw badRequest(
		`unable to parse requirement: values[${index}][${key}]: Invalid value: ${JSON.stringify(values[index])}: a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')`,
	);
}

const own = (labels: {readonly [key: string]: string} | undefined, key: string) =>
	labels !== undefined && Object.hasOwn(labels, key) ? labels[key] : undefined;
