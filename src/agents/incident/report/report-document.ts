import {refText} from '../../../core/kube/kube-object.ts';
import {age} from '../../../core/text/age.ts';
import {count} from '../../../core/text/count.ts';
import type {Report} from './report-output.ts';

/** A report as sections that every format lays out in its own way. */
export type Section = {
	readonly title: string;
	/** Term and text; a term may be empty. */
	readonly rows: readonly (readonly [string, string])[];
	/** Rows are of one series, such as a timeline, and their terms are short. */
	readonly isTable?: true;
};
export type ReportDocument = {readonly title: string; readonly lead: string; readonly sections: readonly Section[]; readonly foot: string};

/** Objects beyond these are counted. */
const mostImpact = 20;

const hows: {readonly [how: string]: string} = {
	review: 'after review',
	'yes-flag': 'with --yes',
	client: 'through an MCP client',
	grant: 'by a grant',
	rule: 'by a rule of the policy',
};

function timeRows({times}: Report): Section['rows'] {
	const span = (seconds: number | undefined) => (seconds === undefined ? undefined : age(seconds * 1000));
	const known = [
		['Time to detect', span(times.toDetectAtMostSeconds), 'at most: by then a plan against it was carried out'],
		['Time to act', span(times.toActSeconds), 'from the first sign to the first change by mkcoa'],
		['Time to recover', span(times.toRecoverSeconds), 'from the first sign to the look that found it gone'],
	] as const;
	return [
		...(
			[
				['First sign', times.firstSignAt],
				['First act', times.actedAt],
				['Recovered', times.recoveredAt],
			] as const
		).flatMap(([term, at]) => (at === undefined ? [] : [[term, at] as const])),
		...known.flatMap(([term, text, how]) => (text === undefined ? [] : [[term, `${text} (${how})`] as const])),
		...times.notKnown.map(({what, why}) => [`${what.charAt(0).toUpperCase()}${what.slice(1)}`, `not known: ${why}`] as const),
	];
}

const actionText = ({tool, summary, approvedBy, approvedHow, outcome, undoneBy, undoes, journal}: Report['actions'][number]) =>
	[
		`${summary} (${tool}, ${journal})`,
		`approved by ${approvedBy} ${hows[approvedHow] ?? approvedHow}`,
		outcome === undefined ? 'not ended' : `ended: ${outcome}`,
		...(undoes === undefined ? [] : [`takes ${undoes} back`]),
		...(undoneBy === undefined ? [] : [`taken back by ${undoneBy}`]),
	].join('; ');

/** Lays a report out. */
export function reportDocument(report: Report): ReportDocument {
	const {title, severity, state, resource, path, cause, evidence, symptoms, impact, timeline, leftOut, actions, remedies} = report;
	const plain = (texts: readonly string[]): Section['rows'] => texts.map(text => ['', text]);
	const more = impact.length - mostImpact;
	const sections: readonly Section[] = [
		{
			title: 'Impact',
			rows: plain([
				...symptoms,
				...(impact.length === 0
					? []
					: [`Leans on it: ${impact.slice(0, mostImpact).map(refText).join(', ')}${more > 0 ? ` and ${more} more` : ''}`]),
				...(symptoms.length + impact.length === 0 ? ['Nothing else is known to have suffered'] : []),
			]),
		},
		{
			title: 'Cause',
			rows: [
				['', cause],
				...(resource === undefined ? [] : [['Object', refText(resource)] as const]),
				...(path === undefined ? [] : [['Field', path] as const]),
			],
		},
		{title: 'Evidence', rows: evidence.map(({source, detail}) => [source, detail])},
		{title: 'Times', rows: timeRows(report)},
		{
			title: 'Timeline',
			isTable: true,
			rows: [
				...(leftOut === 0 ? [] : [['', `${count(leftOut, 'earlier thing')} left out`] as const]),
				...timeline.map(({at, what, text, bad, around}) => [at, `${bad ? '!' : around ? '·' : '-'} ${what}: ${text}`] as const),
				...(timeline.length === 0 ? [['', 'The cluster no longer knows anything of that time'] as const] : []),
			],
		},
		{
			title: 'What was done',
			isTable: true,
			rows:
				actions.length === 0
					? plain(['Nothing, by mkcoa; what others did it does not know'])
					: actions.map(each => [each.at, actionText(each)]),
		},
		{title: 'What would mend it', rows: plain(remedies)},
		{title: 'What would prevent it', rows: plain(report.preventions)},
		{title: 'Not checked', rows: report.notChecked.map(({what, why}) => [what, why])},
	];
	return {
		title: resource === undefined ? title : `${title}: ${refText(resource)}`,
		lead: `${state === 'open' ? 'Open' : 'Gone'}${severity === undefined ? '' : `, ${severity}`} (${report.fault}), in ${report.context}`,
		sections: sections.filter(({rows}) => rows.length > 0),
		foot: `Made by mkcoa at ${report.madeAt}. Key: ${report.incident}`,
	};
}
