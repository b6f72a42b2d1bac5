import type {Finding, FoundRemedy} from '../../core/finding.ts';
import {refKey, refText} from '../../core/kube/kube-object.ts';
import {someOf} from '../../core/text/count.ts';
import {hanging, type Line, span, type Tone} from '../../core/text/styled.ts';
import {cutText, padText, textWidth} from '../../core/text/text-width.ts';

const severities = ['critical', 'high', 'medium', 'low'] as const;
const statuses = ['fail', 'not-checked', 'pass', 'not-applicable'] as const;

const statusMarks: {readonly [status in Finding['status']]: readonly [string, Tone]} = {
	fail: ['✗ ', 'bad'],
	'not-checked': ['! ', 'warn'],
	pass: ['✓ ', 'good'],
	'not-applicable': ['- ', 'dim'],
};

const severityTones: {readonly [severity in Finding['severity']]: Tone} = {critical: 'bad', high: 'bad', medium: 'warn', low: 'plain'};

/** Orders of a table of findings. */
export const findingSorts = ['severity', 'resource', 'kind', 'status'] as const;

const shortSeverities: {readonly [severity in Finding['severity']]: string} = {critical: 'crit', high: 'high', medium: 'med', low: 'low'};

/** Where there is no room for its kind, which the details tell. */
const nameOf = ({resource}: Finding) =>
	resource === undefined ? '' : `${resource.namespace === undefined ? '' : `${resource.namespace}/`}${resource.name}`;

const resourceOf = ({resource}: Finding) => (resource === undefined ? '' : refText(resource));

/** Names tell rows apart, and kinds do not. */
const placeIn = (finding: Finding, room: number) => (textWidth(resourceOf(finding)) <= room ? resourceOf(finding) : nameOf(finding));
const byText = (of: (finding: Finding) => string) => (one: Finding, other: Finding) => of(one).localeCompare(of(other), 'en');

/** What is wrong first, then what nobody looked at; the gravest first among them. */
const byGravity = (one: Finding, other: Finding) =>
	statuses.indexOf(one.status) - statuses.indexOf(other.status) || severities.indexOf(one.severity) - severities.indexOf(other.severity);

const orders = [byGravity, byText(resourceOf), byText(({id}) => id), byText(({status}) => status)];

/** The findings in one of `findingSorts`, by its index; equal ones by gravity and resource. */
export function sortedFindings(findings: readonly Finding[], sort: number): readonly Finding[] {
	const order = orders[sort] ?? byGravity;
	return [...findings].sort((one, other) => order(one, other) || byGravity(one, other) || byText(resourceOf)(one, other));
}

/** A finding as one row of the table: as many columns as fit. */
export function findingLine(finding: Finding, width: number): Line {
	const {status, severity, cause, why} = finding;
	const [mark, tone] = statusMarks[status];
	const text = status === 'not-checked' && why !== undefined ? `not checked: ${why}` : cause;
	const severityTone = status === 'fail' ? severityTones[severity] : 'dim';
	if (width < 70) {
		const name = nameOf(finding);
		const narrow = name === '' ? text : `${name}: ${text}`;
		return [span(mark, tone), span(padText(shortSeverities[severity], 5), severityTone), span(cutText(narrow, width - 7))];
	}
	const lead: Line = [span(mark, tone), span(padText(severity, 9), severityTone)];
	// What is about no one object has all the room.
	if (finding.resource === undefined) return [...lead, span(cutText(text, width - 11))];
	const column = Math.min(36, Math.floor(width / 3));
	const shown = padText(cutText(placeIn(finding, column), column), column);
	return [...lead, span(shown, 'strong'), span(`  ${cutText(text, width - 13 - textWidth(shown))}`)];
}

const labelled = (label: string, text: string, width: number, tone: Tone = 'plain') =>
	text === '' ? [] : hanging([span(padText(label, 10), 'dim')], text, {width, tone});

/** What a finding rests on: each source once, with its words below it. */
const evidenceOf = ({evidence}: Finding, width: number): readonly Line[] =>
	evidence.flatMap(({source, detail}, index) => [
		...(evidence[index - 1]?.source === source ? [] : hanging([span('- ', 'dim')], source, {width})),
		...hanging([span('  | ', 'dim')], detail, {width}),
	]);

/** A way out, and the command for the same plan: what is copied stays whole where there is room. */
const wayLines = (label: string, {text, command}: FoundRemedy, width: number): readonly Line[] => [
	...labelled(label, text, width, 'accent'),
	...labelled('', command ?? '', width, 'dim'),
];

/** One remedy, or the ways of which a person chooses one. */
function remedyLines({status, remedy, choices = [], noRemedy}: Finding, width: number): readonly Line[] {
	if (remedy !== undefined) return wayLines('Remedy', remedy, width);
	if (choices.length > 0) return choices.flatMap((way, index) => wayLines(index === 0 ? 'One of' : 'or', way, width));
	return status === 'fail'
		? labelled('Remedy', noRemedy === undefined ? 'none that mkcoa can plan' : `none: ${noRemedy}`, width, 'dim')
		: [];
}

/** More places than this in which one cause shows are counted. */
const mostSymptoms = 4;

/** Where it shows, and what it hits beside. */
function reachLines({symptoms = [], impact = []}: Finding, width: number): readonly Line[] {
	const more = symptoms.length - mostSymptoms;
	return [
		...symptoms.slice(0, mostSymptoms).flatMap(({text}, index) => labelled(index === 0 ? 'Shows in' : '', text, width)),
		...(more > 0 ? labelled('', `and ${more} more`, width) : []),
		...labelled('Hits', someOf(impact.map(refText), 6), width),
	];
}

/** What stays of a finding when it is looked for again. */
export const findingKey = ({id, resource, path = ''}: Finding) => `${id} ${resource === undefined ? '' : refKey(resource)} ${path}`;

/** All about a finding: what is wrong, on which evidence, and what can be done. A sign of something else is mended there: then `canMend` is false. */
export function findingLines(finding: Finding, width: number, {canMend = true}: {readonly canMend?: boolean} = {}): readonly Line[] {
	const {id, status, severity, cause, path = '', why = ''} = finding;
	const [mark, tone] = statusMarks[status];
	const evidence = evidenceOf(finding, width);
	return [
		...hanging([span(mark, tone)], `${severity}, ${status.replace('-', ' ')}: ${id}`, {width, tone: 'strong'}),
		...labelled('Resource', resourceOf(finding), width),
		...labelled('Cause', cause, width),
		...labelled('Why', why, width, 'warn'),
		...labelled('Field', path, width),
		...(canMend ? remedyLines(finding, width) : []),
		...reachLines(finding, width),
		...(evidence.length > 0
			? [[span('Evidence', 'dim')], ...evidence]
			: status === 'fail'
				? labelled('Evidence', 'none is kept', width, 'dim')
				: []),
	];
}
