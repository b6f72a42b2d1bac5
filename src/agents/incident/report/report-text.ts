import {markdownText} from '../../../core/text/markdown/markdown-text.ts';
import {textLines} from '../../../core/text/styled.ts';
import type {View} from '../../../core/tool.ts';
import {type ReportDocument, reportDocument, type Section} from './report-document.ts';
import {reportHtml} from './report-html.ts';
import type {Report, reportFormats} from './report-output.ts';

function markdownSection({title, rows, isTable}: Section): readonly string[] {
	const line = ([term, text]: Section['rows'][number]) =>
		term === '' ? `- ${markdownText(text)}` : `- ${markdownText(term)}: ${markdownText(text)}`;
	const cells = ([term, text]: Section['rows'][number]) => `| ${markdownText(term)} | ${markdownText(text)} |`;
	const isList = isTable !== true || rows.every(([term]) => term === '');
	return ['', `## ${title}`, '', ...(isList ? rows.map(line) : ['| when | what |', '| --- | --- |', ...rows.map(cells)])];
}

/** For tickets and post-mortems in a repository. */
const reportMarkdown = ({title, lead, sections, foot}: ReportDocument): string =>
	[`# ${markdownText(title)}`, '', markdownText(lead), ...sections.flatMap(markdownSection), '', `_${markdownText(foot)}_`].join('\n');

const plainSection = ({title, rows}: Section, view: View): readonly string[] => [
	'',
	title,
	...rows.flatMap(([term, text]) => textLines(term === '' ? '  ' : `  ${term}  `, text, view)),
];

/** The report in the format that was asked for. */
export function reportText(
	{format, report}: {readonly format: (typeof reportFormats)[number]; readonly report: Report},
	view: View,
): string {
	const document = reportDocument(report);
	if (format === 'html') return reportHtml(document);
	if (format === 'markdown') return reportMarkdown(document);
	const {title, lead, sections, foot} = document;
	return [
		...textLines('', title, view),
		...textLines('', lead, view),
		...sections.flatMap(each => plainSection(each, view)),
		'',
		...textLines('', foot, view),
	].join('\n');
}
