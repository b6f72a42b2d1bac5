/** The words that a name of the API is made of: `loadBalancerSourceRanges` → load, balancer, source, ranges. */
export const partsOf = (name: string): readonly string[] =>
	(name.match(/[A-Z]+s?(?=[A-Z][a-z]|$)|[A-Z]?[a-z0-9]+/g) ?? []).map(part => part.toLowerCase());

const longer: {readonly [part: string]: string} = {min: 'min(?:imum)?', max: 'max(?:imum)?', seconds: 'sec(?:ond)?s?'};

/** Says no more than the value does: `priority class gold`, `starting deadline 20s`. */
const droppable = /^(?:seconds|policy|limit|name)$/;

/**
 * A pattern for a name of the API, for text in lower case: as it is written (`minReadySeconds`), and its words (`min ready seconds`, `minimum-ready`).
 * @param names the last one is the field's own, those before it the fields around it: `scaleDown stabilizationWindowSeconds`, with dots or spaces
 */
export function ownWords(names: readonly string[]): string {
	const parts = names.flatMap(partsOf);
	const last = parts.at(-1) ?? '';
	const patterns = parts.map(part => longer[part] ?? part);
	const isLong = parts.length > 2 && droppable.test(last);
	const body = (isLong ? patterns.slice(0, -1) : patterns).join('[ ._-]?');
	const end = isLong ? `(?:[ ._-]?${patterns.at(-1)})?` : /[sy]$/.test(last) ? '' : 's?';
	return `(?<![\\w-])${body}${end}(?!\\.?[\\w-])`;
}
