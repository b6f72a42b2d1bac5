import {refText} from '../../../core/kube/kube-object.ts';
import {markdownText as plain} from '../../../core/text/markdown/markdown-text.ts';
import type {ToldCompliance, ToldControl} from './compliance-output.ts';

const words = {pass: 'pass', fail: 'FAIL', 'not-applicable': 'not applicable', 'not-checked': 'not checked'} as const;

function controlParagraph({id, title, status, why, evidence, seen = [], more, automated, needs}: ToldControl): readonly string[] {
	return [
		'',
		`### ${plain(id)} ${plain(title)}: ${words[status]}`,
		'',
		`${automated ? 'Automated' : 'For review by a person'}; needs ${needs}.${why === undefined ? '' : ` Not checked: ${plain(why)}.`}`,
		...(evidence.length === 0 ? [] : ['', '| source | object | field | value |', '| --- | --- | --- | --- |']),
		...evidence.map(({from, check, resource, path, detail, platform}) => {
			const object = resource === undefined ? '' : refText(resource);
			const value = platform === undefined ? detail : `${detail} (${platform})`;
			return `| ${plain(check ?? from)} | ${plain(object)} | ${plain(path ?? '')} | ${plain(value)} |`;
		}),
		...(seen.length === 0 ? [] : ['', `Passed: ${seen.map(ref => plain(refText(ref))).join(', ')}`]),
		...(more === 0 ? [] : ['', `${more} more are not listed here.`]),
	];
}

/** What an auditor files: each control with the objects, fields and values that it rests on, when they were read, and by whom. Markdown. */
export function evidencePack({
	title,
	where,
	readBy,
	takenAt,
	kubernetes,
	kubeBench,
	summary,
	controls,
	notChecked,
}: ToldCompliance): string {
	const sections = [...Map.groupBy(controls, ({section}) => section)];
	const {pass, fail, notApplicable, notChecked: open} = summary;
	return [
		`# ${plain(title)}`,
		'',
		'| | |',
		'| --- | --- |',
		`| read from | ${plain(where)}${kubernetes === undefined ? '' : `, Kubernetes ${plain(kubernetes)}`} |`,
		`| read by | ${plain(readBy)} |`,
		`| read at | ${takenAt} |`,
		`| results of kube-bench | ${kubeBench} |`,
		`| controls | ${summary.controls}: ${pass} pass, ${fail} fail, ${notApplicable} not applicable, ${open} not checked |`,
		`| automatable | ${summary.automatable}, of which ${summary.checked} checked |`,
		...(notChecked.length === 0
			? []
			: ['', 'Could not be read:', '', ...notChecked.map(({what, why}) => `- ${plain(what)}: ${plain(why)}`)]),
		...sections.flatMap(([section, some]) => ['', `## ${plain(section)}`, ...some.flatMap(controlParagraph)]),
	].join('\n');
}
