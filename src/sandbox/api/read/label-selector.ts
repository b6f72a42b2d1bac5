import {badRequest} from '../errors.ts';

export type LabelTest = (labels: {readonly [key: string]: string} | undefined) => boolean;

const everything: LabelTest = () => true;

/**
 * The full grammar of label selectors: `a=b`, `a==b`, `a!=b`, `a`, `!a`, `a in (b,c)`, `a notin (b,c)`, `a>1`, `a<1`.
 * Throws 400 for anything else.
 */
export function labelSelector(text: string | null): LabelTest {
	if (text === null || text.trim() === '') return everything;
	const tests = splitRequirements(text).map(requirement => parseRequirement(requirement.trim(), text));
	return labels => tests.every(test => test(labels));
}

/** Commas inside parentheses belong to the value list. */
const splitRequirements = (text: string) => text.split(/,(?![^(]*\))/);

const name = '([A-Za-z0-9][-A-Za-z0-9_./]*)';
const inSet = new RegExp(String.raw`^${name}\s+(in|notin)\s*\(([^()]*)\)$`);
const equals = new RegExp(String.raw`^${name}\s*(==|=|!=)\s*([-A-Za-z0-9_.]*)$`);
const compares = new RegExp(String.raw`^${name}\s*([<>])\s*(-?\d+)$`);
const exists = new RegExp(String.raw`^(!?)\s*${name}$`);

function parseRequirement(text: string, whole: string): LabelTest {
	const set = inSet.exec(text);
	if (set !== null) {
		const [, key = '', operator, list = ''] = set;
		const values = new Set(list.split(',').map(value => value.trim()));
		return labels => {
			const value = own(labels, key);
			return operator === 'in' ? value !== undefined && values.has(value) : value === undefined || !values.has(value);
		};
	}
	const equality = equals.exec(text);
	if (equality !== null) {
		const [, key = '', operator, value] = equality;
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
	if (presence === null) throw badRequest(`unable to parse requirement: found '${text}' in "${whole}"`);
	const [, not, key = ''] = presence;
	return labels => (own(labels, key) !== undefined) === (not === '');
}

const own = (labels: {readonly [key: string]: string} | undefined, key: string) =>
	labels !== undefined && Object.hasOwn(labels, key) ? labels[key] : undefined;
