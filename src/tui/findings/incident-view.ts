import type {Finding} from '../../core/finding.ts';
import {age} from '../../core/text/age.ts';
import {hanging, type Line, span} from '../../core/text/styled.ts';
import {cutText, padText} from '../../core/text/text-width.ts';
import {listView} from '../view/list-view.ts';
import {findingLine, findingLines} from './finding-lines.ts';
import {type FindingAct, findingKeys} from './findings-view.ts';

/** Something that is wrong now, traced back to where it began. */
export type Incident = {
	readonly title: string;
	/** ISO 8601, UTC; missing where nobody saw it begin. */
	readonly since?: string | undefined;
	/** From what the person saw to the cause that explains it, one finding each. */
	readonly chain: readonly Finding[];
	/** Other findings around it. */
	readonly others: readonly Finding[];
};

type Link = {readonly finding: Finding; readonly section: string; readonly depth: number; readonly isRoot: boolean};

const linksOf = ({chain, others}: Incident): readonly Link[] => [
	...chain.map((finding, depth) => ({finding, section: 'Chain of causes', depth, isRoot: depth > 0 && depth === chain.length - 1})),
	...others.map(finding => ({finding, section: 'Around it', depth: 0, isRoot: false})),
];

/** Deeper links are not set further in: a narrow screen needs the room. */
const deepest = 4;

function linkLine({finding, depth, isRoot}: Link, width: number): Line {
	const lead = depth === 0 ? '' : `${'  '.repeat(Math.min(depth, deepest) - 1)}└ `;
	const mark = isRoot ? 'root: ' : depth === 0 ? '' : 'because ';
	const room = width - lead.length - mark.length;
	return room < 20
		? [span(lead, 'dim'), span(cutText(finding.cause, width - lead.length))]
		: [span(lead, 'dim'), span(mark, isRoot ? 'bad' : 'dim'), ...findingLine(finding, room)];
}

function headLines({title, since, chain}: Incident, width: number, now: number): readonly Line[] {
	const root = chain.at(-1);
	const fact = (label: string, text: string) => hanging([span(padText(label, 8), 'dim')], text, {width});
	return [
		...hanging([], title, {width, tone: 'strong'}),
		...(since === undefined ? [] : fact('Since', `${since}, ${age(now - Date.parse(since))} ago`)),
		...(root === undefined ? fact('Cause', 'not found: what was looked at stands below') : fact('Cause', root.cause)),
		...(root?.remedy === undefined ? [] : fact('Remedy', `${root.remedy.text} (select the root, then p)`)),
	];
}

/** An incident: what is wrong, the chain of causes with the evidence of each, and the remedy. */
export const incidentView = listView<Incident, Link, FindingAct>({
	title: () => 'Incident',
	head: headLines,
	rows: linksOf,
	sorts: ['cause'],
	section: ({section}) => section,
	line: linkLine,
	details: ({finding}, width) => findingLines(finding, width),
	empty: () => 'Nothing is found wrong; what could not be checked would stand here',
	keys: findingKeys.map(key => ({...key, disabled: (link: Link | undefined) => key.disabled(link?.finding)})),
	act: (action, link) =>
		link === undefined || (action !== 'remedy' && action !== 'ask') ? undefined : {kind: action, finding: link.finding},
});
