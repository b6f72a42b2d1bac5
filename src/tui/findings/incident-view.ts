import type {Finding} from '../../core/finding.ts';
import {age} from '../../core/text/age.ts';
import {hanging, type Line, span} from '../../core/text/styled.ts';
import {cutText, padText, textWidth} from '../../core/text/text-width.ts';
import {listLines} from '../view/list-lines.ts';
import {listView} from '../view/list-view.ts';
import {troubleLines} from '../view/trouble-lines.ts';
import {findingKey, findingLine, findingLines} from './finding-lines.ts';
import {findingKeys} from './findings-view.ts';

/** Something that is wrong now, traced back to where it began. */
export type Incident = {
	readonly title: string;
	/** ISO 8601, UTC; missing where nobody saw it begin. */
	readonly since?: string | undefined;
	/** From what the person saw to the cause that explains it, one finding each. */
	readonly chain: readonly Finding[];
	/** Other findings around it, and what was not looked at. */
	readonly others: readonly Finding[];
	/** How it is, in one line. */
	readonly state?: string | undefined;
	/** How it was before something was done about it here. */
	readonly before?: string | undefined;
	/** Milliseconds since 1970; missing until it was read once. */
	readonly readAt?: number | undefined;
	/** Why it could not be read the last time, and what to do. */
	readonly trouble?: string | undefined;
};

const chainSection = 'Chain of causes';
const waysSection = 'Ways to mend it';

type Link = {readonly finding: Finding; readonly section: string; readonly depth: number; readonly isRoot: boolean};

/** Where several remedies are possible, each is a row of its own, to be planned by itself. */
const ways = (root: Finding | undefined): readonly Finding[] =>
	root?.choices === undefined ? [] : root.choices.map(remedy => ({...root, cause: remedy.text, remedy, choices: undefined}));

const linksOf = ({chain, others}: Incident): readonly Link[] => [
	...chain.map((finding, depth) => ({finding, section: chainSection, depth, isRoot: depth === chain.length - 1})),
	...ways(chain.at(-1)).map(finding => ({finding, section: waysSection, depth: 0, isRoot: false})),
	...others.map(finding => ({finding, section: 'Around it', depth: 0, isRoot: false})),
];

const keyOf = ({finding, section}: Link) => `${section} ${findingKey(finding)} ${section === waysSection ? finding.cause : ''}`;

/** Ways differ at their end mostly: `… to 128Mi`. */
function bothEnds(text: string, width: number): string {
	if (textWidth(text) <= width) return text;
	const end = [...text].slice(-16).join('');
	return `${cutText(text, width - textWidth(end))}${end}`;
}

/** Deeper links are not set further in: a narrow screen needs the room. */
const deepest = 4;

function linkLine({finding, section, depth, isRoot}: Link, width: number): Line {
	if (section === waysSection) return [span('- ', 'accent'), span(bothEnds(finding.cause, width - 2))];
	const lead = depth === 0 ? '' : `${'  '.repeat(Math.min(depth, deepest) - 1)}└ `;
	const mark = depth === 0 ? '' : isRoot ? 'root: ' : 'because ';
	const room = width - lead.length - mark.length;
	// In a narrow terminal what happened is worth more than the name, which the details tell.
	return section === chainSection && room < 45
		? [span(lead, 'dim'), span(cutText(finding.cause, width - lead.length))]
		: [span(lead, 'dim'), span(mark, isRoot ? 'bad' : 'dim'), ...findingLine(finding, room)];
}

/** What the remedy is, or how to come to one. On a screen, a key plans it. */
function remedyText(root: Finding | undefined, isScreen: boolean): string | undefined {
	if (root?.remedy !== undefined) return `${root.remedy.text}${isScreen ? ' (p on the root plans it)' : ''}`;
	if (root?.choices === undefined) return undefined;
	return isScreen ? 'one of several: p on one of them below plans it' : 'one of several below';
}

const headLines =
	(isScreen: boolean) =>
	(data: Incident, width: number, now: number): readonly Line[] => {
		const {title, since, chain, state, before, readAt} = data;
		const root = chain.at(-1);
		const remedy = remedyText(root, isScreen);
		const fact = (label: string, text: string) => hanging([span(padText(label, 8), 'dim')], text, {width});
		if (readAt === undefined && data.trouble === undefined)
			return [
				...hanging([], title, {width, tone: 'strong'}),
				...hanging([], 'Looking at it and what stands around it…', {width, tone: 'dim'}),
			];
		return [
			...hanging([], title, {width, tone: 'strong'}),
			...troubleLines(data, width, now),
			...(before === undefined || state === undefined ? [] : [...fact('Before', before), ...fact('Now', state)]),
			...(since === undefined ? [] : fact('Since', `${since}, ${age(now - Date.parse(since))} ago`)),
			...(root === undefined ? [] : fact('Cause', root.cause)),
			...(remedy === undefined ? [] : fact('Remedy', remedy)),
		];
	};

const detailsOf = ({finding, section, isRoot}: Link, width: number) =>
	findingLines(finding, width, {canMend: section !== chainSection || isRoot});

const traced = {
	title: () => 'Incident',
	rows: linksOf,
	section: ({section}: Link) => section,
	empty: ({readAt}: Incident) => (readAt === undefined ? '' : 'Nothing is found wrong; what could not be checked would stand here'),
};

/** The same as lines, once. */
export const incidentTold = listLines<Incident, Link>({...traced, head: headLines(false), told: detailsOf});

/** A remedy is planned, and a person reviews it; `ask` is about the whole. */
export type IncidentAct = {readonly kind: 'remedy'; readonly finding: Finding} | {readonly kind: 'ask'};

/** An incident: what is wrong, the chain of causes with the evidence of each, and the remedy. */
export const incidentView = listView<Incident, Link, IncidentAct>({
	...traced,
	head: headLines(true),
	sorts: ['cause'],
	start: rows => rows.findIndex(({isRoot}) => isRoot),
	line: linkLine,
	details: detailsOf,
	key: keyOf,
	keys: [
		{...findingKeys[0], disabled: link => findingKeys[0].disabled(link?.finding)},
		{...findingKeys[1], disabled: () => undefined},
	],
	act: (action, link) =>
		action === 'remedy' && link !== undefined ? {kind: action, finding: link.finding} : action === 'ask' ? {kind: action} : undefined,
});
