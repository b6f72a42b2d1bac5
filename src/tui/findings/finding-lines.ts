import type {Finding} from '../../core/finding.ts';
import {refKey, refText} from '../../core/kube/kube-object.ts';
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
	resource === undefined ? '' : `${resource.namespace === undefined ? '' : `${resource.namespace}/`}${resource.name}: `;

const resourceOf = ({resource}: Finding) => (resource === undefined ? '' : refText(resource));
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
		const narrow = `${nameOf(finding)}${text}`;
		return [span(mark, tone), span(padText(shortSeverities[severity], 5), severityTone), span(cutText(narrow, width - 7))];
	}
	const lead: Line = [span(mark, tone), span(padText(severity, 9), severityTone)];
	const resource = resourceOf(finding);
	const column = Math.min(36, Math.floor(width / 3));
	const shown = padText(cutText(resource, column), column);
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

/** One remedy in a line, or the ways of which a person chooses one. */
function remedyLines({status, remedy, choices = []}: Finding, width: number): readonly Line[] {
	if (remedy !== undefined) return labelled('Remedy', remedy.text, width, 'accent');
	if (choices.length > 0) return choices.flatMap(({text}, index) => labelled(index === 0 ? 'One of' : '', text, width, 'accent'));
	return status === 'fail' ? labelled('Remedy', 'none that mkcoa can plan', width, 'dim') : [];
}

/** What stays of a finding when it is looked for again. */
export const findingKey = ({id, resource}: Finding) => `${id} ${resource === undefined ? '' : refKey(resource)}`;

/** All about a finding: what is wrong, on which evidence, and what can be done. A sign of something else is mended there: then `canMend` is false. */
export function findingLines(finding: Finding, width: number, {canMend = true}: {readonly canMend?: boolean} = {}): readonly Line[] {
	const {id, status, severity, cause, why} = finding;
	const [mark, tone] = statusMarks[status];
	const evidence = evidenceOf(finding, width);
	return [
		...hanging([span(mark, tone)], `${severity}, ${status.replace('-', ' ')}: ${id}`, {width, tone: 'strong'}),
		...labelled('Resource', resourceOf(finding), width),
		...labelled('Cause', cause, width),
		...labelled('Why', why ?? '', width, 'warn'),
		...(canMend ? remedyLines(finding, width) : []),
		...(evidence.length > 0
			? [[span('Evidence', 'dim')], ...evidence]
			: status === 'fail'
				? labelled('Evidence', 'none is kept', width, 'dim')
				: []),
	];
}
