import type {Spot} from './spots.ts';

/** What is written in the place of what stands there. */
export type Edit = {readonly from: number; readonly to: number; readonly write: string};

/** Values of one unit: a bare number takes the unit that is there. */
const withUnit = new Set(['percent', 'cpu', 'bytes', 'duration']);

/** Words by which one of several values of a kind is meant. */
const bounds: readonly (readonly [label: RegExp, side: 'from' | 'to'])[] = [
	[/\b(?:min(?:imum)?|at least|lower|floor)\b|최소|하한/i, 'from'],
	[/\b(?:max(?:imum)?|at most|upper|ceiling|cap)\b|최대|상한/i, 'to'],
];

/**
 * The place of a text where what is meant in the end belongs.
 * @param spots the values and names of the text, the last order's alone where it has one that fits
 * @param part where the new value stands: it may say which one of several is meant (`the minimum is 3`)
 * @returns undefined where nothing, or more than one thing, may be meant
 */
export function editOf(text: string, spots: readonly Spot[], meant: Spot, part: string): Edit | undefined {
	const same = spots.filter(spot => isSameKind(spot, meant));
	const labelled = bounds.find(([label]) => label.test(part));
	if (labelled !== undefined && meant.kind === 'number') {
		const bound = boundIn(text, spots, labelled);
		return bound === undefined ? undefined : inPlace(bound, /\d+/.exec(meant.said)?.[0] ?? meant.said);
	}
	const last = spots.at(-1);
	const [only] = same.length === 1 ? same : same.filter(spot => spot === last || isLabelled(text, spot, part, same));
	if (only !== undefined) return inPlace(only, meant.said);
	return same.length > 0 ? undefined : withinValue(spots, meant);
}

const inPlace = ({from, to}: Spot, write: string): Edit => ({from, to, write});

const keyOf = ({said}: Spot) => said.slice(0, said.indexOf('='));

const isSameKind = (spot: Spot, meant: Spot) =>
	spot.kind === meant.kind &&
	(meant.kinds === undefined || spot.kinds?.some(kind => meant.kinds?.includes(kind)) === true) &&
	(meant.kind !== 'pair' || keyOf(spot) === keyOf(meant));

/** Words before a value that stand in the new part as well: `cpu to 2, memory to 4Gi …, I mean the memory to 3Gi`. */
function isLabelled(text: string, spot: Spot, part: string, same: readonly Spot[]): boolean {
	const previous = same.filter(({to}) => to <= spot.from).at(-1)?.to ?? 0;
	const words = text
		.slice(previous, spot.from)
		.toLowerCase()
		.split(/[^\p{L}\p{N}-]+/u);
	return words.some(
		word =>
			word.length > 2 &&
			part
				.toLowerCase()
				.split(/[^\p{L}\p{N}-]+/u)
				.includes(word),
	);
}

/** `min 2, max 6`, `2~6`: the bound that is spoken of. */
function boundIn(text: string, spots: readonly Spot[], [label, side]: (typeof bounds)[number]): Spot | undefined {
	const ranges = spots.filter(({kind}) => kind === 'range');
	const [range] = ranges;
	if (range !== undefined && ranges.length === 1) {
		const numbers = [...range.said.matchAll(/\d+/g)];
		const one = side === 'from' ? numbers[0] : numbers.at(-1);
		return one === undefined
			? undefined
			: {kind: 'number', said: one[0], from: range.from + one.index, to: range.from + one.index + one[0].length};
	}
	const at = label.exec(text)?.index ?? -1;
	return at === -1 ? undefined : spots.find(({kind, from}) => kind === 'number' && from > at);
}

/** A part of a value: the tag of an image, the value of a pair or its key, a number that keeps its unit. */
function withinValue(spots: readonly Spot[], meant: Spot): Edit | undefined {
	const within = (holds: (spot: Spot) => boolean, write: (old: string) => string): Edit | undefined => {
		const [spot, ...others] = spots.filter(holds);
		return spot === undefined || others.length > 0 ? undefined : inPlace(spot, write(spot.said));
	};
	switch (meant.kind) {
		case 'version':
			return within(
				({kind, said}) => kind === 'image' && /:[^/]+$/.test(said),
				old => old.replace(/:[^/]+$/, `:${meant.said}`),
			);
		case 'pair':
			return within(
				({kind}) => kind === 'pair',
				() => meant.said,
			);
		case 'key':
			return within(
				({kind}) => kind === 'pair',
				old => old.replace(/^[^=]+/, meant.said),
			);
		case 'value':
			return within(
				({kind}) => kind === 'pair',
				old => old.replace(/=.*$/s, meant.said),
			);
		case 'number':
			return (
				within(
					({kind}) => withUnit.has(kind),
					old => old.replace(/^\d+(?:\.\d+)?/, meant.said),
				) ??
				within(
					({kind, said}) => kind === 'pair' && /=\d/.test(said),
					old => old.replace(/=.*$/s, `=${meant.said}`),
				)
			);
		default:
			return within(
				({kind, said}) => kind === 'pair' && /=\d/.test(said) && /^\d/.test(meant.said),
				old => old.replace(/=.*$/s, `=${meant.said}`),
			);
	}
}
