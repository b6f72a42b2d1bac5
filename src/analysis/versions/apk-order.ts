import {byDigits, byText, type Order} from './order.ts';

/** The kinds of part, in the order in which a version may have them. `end` and what is no version come last. */
const kinds = ['first', 'number', 'letter', 'suffix', 'suffix-number', 'hash', 'revision', 'end', 'invalid'] as const;
type Kind = (typeof kinds)[number];
type Part = {readonly kind: Kind; readonly value: string};

const before = ['alpha', 'beta', 'pre', 'rc'];
const suffixes = [...before, '', 'cvs', 'svn', 'git', 'hg', 'p'];

/** What may follow, by its first characters, and the last kind of part that it may come after. */
const grammar: readonly {readonly kind: Kind; readonly text: RegExp; readonly after: Kind; readonly only?: true}[] = [
	{kind: 'number', text: /^\.(\d*)/, after: 'number'},
	{kind: 'letter', text: /^([a-z])/, after: 'number'},
	{kind: 'number', text: /^(\d+)/, after: 'letter', only: true},
	{kind: 'suffix', text: /^_([a-z]+)/, after: 'suffix-number'},
	{kind: 'suffix-number', text: /^(\d+)/, after: 'suffix', only: true},
	{kind: 'hash', text: /^~([0-9a-f]+)/, after: 'suffix-number'},
	{kind: 'revision', text: /^-r(\d+)/, after: 'hash'},
];

const rank = (kind: Kind) => kinds.indexOf(kind);
const invalid: Part = {kind: 'invalid', value: ''};

/** Parts up to the end, or up to where it is no version any more. */
function partsOf(version: string): readonly Part[] {
	const first = /^\d*/.exec(version)?.[0] ?? '';
	const parts: Part[] = [{kind: 'first', value: first}];
	let rest = version.slice(first.length);
	let last: Kind = 'first';
	while (rest !== '') {
		const rule = grammar.find(({text, after, only}) => text.test(rest) && (only === true ? last === after : rank(last) <= rank(after)));
		const [all = '', value = ''] = rule?.text.exec(rest) ?? [];
		if (rule === undefined || (rule.kind === 'suffix' && !suffixes.includes(value))) return [...parts, invalid];
		parts.push({kind: rule.kind, value});
		last = rule.kind;
		rest = rest.slice(all.length);
	}
	return [...parts, {kind: 'end', value: ''}];
}

function byValue(a: Part, b: Part): number {
	switch (a.kind) {
		case 'number':
			// A zero in front makes it a fraction: 1.05 is older than 1.1.
			return a.value.startsWith('0') || b.value.startsWith('0') ? byText(a.value, b.value) : byDigits(a.value, b.value);
		case 'first':
		case 'suffix-number':
		case 'revision':
			return byDigits(a.value, b.value);
		case 'suffix':
			return suffixes.indexOf(a.value) - suffixes.indexOf(b.value);
		default:
			return byText(a.value, b.value);
	}
}

const isBefore = ({kind, value}: Part) => kind === 'suffix' && before.includes(value);

/**
 * Alpine and all who use apk, as apk-tools 3 orders versions.
 * @see https://man.archlinux.org/man/extra/apk-tools/apk-package.5.en
 */
export const byApk: Order = (a, b) => {
	const [left, right] = [partsOf(a.trim()), partsOf(b.trim())];
	for (const [index, one] of left.entries()) {
		const other = right[index] ?? invalid;
		if (one.kind !== other.kind) {
			if (isBefore(one)) return -1;
			if (isBefore(other)) return 1;
			// What goes on is the newer one.
			return rank(other.kind) - rank(one.kind);
		}
		const difference = byValue(one, other);
		if (difference !== 0) return difference;
	}
	return 0;
};
