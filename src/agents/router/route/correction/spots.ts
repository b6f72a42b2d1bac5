import type {Clause} from '../../clause.ts';
import {mentionsIn} from '../../names/mentions-in.ts';
import {amountsIn} from '../../words/amounts.ts';
import {clauseOf} from '../../words/clauses-of.ts';
import {imagesIn, isPath, isVersion, pairsIn} from '../../words/values.ts';
import type {World} from '../../world.ts';
import {namedKinds} from '../ordered.ts';

/** A value or a name in a text. `kind` parts what can stand in the place of another: 300m is no 4. */
export type Spot = {
	readonly kind: string;
	/** What stands in its place elsewhere: a name as the cluster writes it, else as it is said. */
	readonly said: string;
	readonly from: number;
	readonly to: number;
	/** Of a name: the kinds of its objects, and where they live. */
	readonly kinds?: readonly string[];
	readonly namespaces?: readonly string[];
};

const time = /(?<![\w.:])(?:\d{1,2}:\d{2}(?:\s?[ap]m)?|\d{1,2}\s?[ap]m|noon|midnight|\d{1,2}시(?:\s?\d{1,2}분|\s?반)?)(?![\w:])/gi;
const day = /\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|[월화수목금토일]요일/gi;
const reference = /@sha256:[a-f0-9]+/;

/**
 * The values and names of a text, in order.
 * @param before what is said before it: `green` alone is `dispatch-green` behind `dispatch-blue`
 */
export async function spotsIn(text: string, world: World, before = ''): Promise<readonly Spot[]> {
	const clause = clauseOf(text);
	const places = placesOf(clause);
	const talk = {clauses: [clauseOf(before), clause], index: 1, earlier: [], nowMs: 0};
	const {mentions} = await mentionsIn(clause, world, namedKinds, before === '' ? undefined : talk);
	const namespaces = await world.namespaces();
	const at = (kind: string, first: number, last = first): readonly Spot[] => {
		const [from, to] = [places[first]?.from, places[last]?.to];
		return from === undefined || to === undefined ? [] : [{kind, said: text.slice(from, to), from, to}];
	};
	const spots: readonly Spot[] = [
		...[...text.matchAll(time)].map(({0: said, index}) => ({kind: 'time', said, from: index, to: index + said.length})),
		...[...text.matchAll(day)].map(({0: said, index}) => ({kind: 'day', said, from: index, to: index + said.length})),
		...imagesIn(clause).flatMap(({at: first}) => at('image', first)),
		...pairsIn(clause).flatMap(({at: first}) => at('pair', first)),
		...mentions.flatMap(({first, last, name, objects}) =>
			isSaid(clause, first, last, name)
				? at('name', first, last).map(spot => ({
						...spot,
						said: name,
						kinds: objects.map(({kind}) => kind),
						namespaces: objects.flatMap(({metadata}) => metadata.namespace ?? []),
					}))
				: [],
		),
		...clause.words.flatMap((word, index) => {
			if (namespaces.includes(word.text)) return at('namespace', index);
			if (isVersion(word) && !reference.test(word.raw)) return at('version', index);
			if (isPath(word)) return at('path', index);
			if (/^=\S/.test(word.raw)) return at('value', index);
			if (/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(word.raw)) return at('key', index);
			return /^[a-z0-9]+(?:-[a-z0-9]+)+$/.test(word.raw) ? at('new', index) : [];
		}),
		...[...text.matchAll(bareValue)].map(({1: english, 2: korean, index, 0: said}) => ({
			kind: 'value',
			said: `=${english ?? korean ?? ''}`,
			from: index,
			to: index + said.length,
		})),
		...[...text.matchAll(newName)].flatMap(({1: english, 2: korean, index, 0: said}) => {
			const name = english ?? korean ?? '';
			const to = index + said.length;
			return grammar.test(name) ? [] : [{kind: 'new', said: name, from: to - name.length, to}];
		}),
		...amountsIn(clause)
			.filter(({first}) => !isOne(clause, first))
			.flatMap(amount => at(amount.kind === 'quantity' ? amount.measures : amount.kind, amount.first, amount.last)),
	];
	// What is understood first has its place: a name with a number in it is no number.
	return spots
		.filter((spot, index) => !spots.slice(0, index).some(({from, to}) => spot.from < to && from < spot.to))
		.toSorted((one, other) => one.from - other.from);
}

/** `make it warn`, `info로` */
const bareValue = /^(?:please |so |just )*(?:make|set|use|take)(?: (?:it|that))?(?: to)? ([a-z]+)$|^([a-z]+)(?=로(?:\s?[가-힣]+)?$)/gi;

/** `namespace bench`, `call it bench`, `이름은 bench로` */
const newName =
	/\b(?:namespace|config ?map|secret|called|named|call it|name it|name is|name should be)\s+([a-z][a-z0-9-]*)(?![\w-]|\.\w)|(?:네임스페이스|컨피그맵|시크릿|이름[은을]?)\s+([a-z][a-z0-9-]*)(?![\w-]|\.\w)/gi;
const grammar = /^(?:in|for|with|to|of|from|on|and|called|named|that|is|it|by|has)$/;

/** `the one in shop` counts nothing. */
const isOne = ({words}: Clause, at: number) =>
	words[at]?.text === 'one' && /^(?:the|that|this|other|which)$/.test(words[at - 1]?.text ?? '');

/** A slip of the finger is no other name. */
const isSaid = ({words}: Clause, first: number, last: number, name: string) => {
	const said = words.slice(first, last + 1).map(({text}) => text);
	const joined = said.join('-');
	return (
		joined === name || said.toReversed().join('-') === name || name.endsWith(`-${joined}`) || /^(?:블루|그린|카나리|스테이블)$/.test(joined)
	);
};

/** Where each word stands; a word that was rewritten stands nowhere. */
function placesOf({text, words}: Clause): readonly ({readonly from: number; readonly to: number} | undefined)[] {
	let cursor = 0;
	return words.map(({raw}) => {
		const from = text.indexOf(raw, cursor);
		if (from === -1) return undefined;
		cursor = from + raw.length;
		return {from, to: cursor};
	});
}
