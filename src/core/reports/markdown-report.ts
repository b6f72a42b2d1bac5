import type {Finding} from '../finding.ts';
import {count} from '../text/count.ts';
import {markdownText as plain} from '../text/markdown/markdown-text.ts';
import {aboutText, evidenceTexts, type Reported, remedyTexts} from './report.ts';

function section(finding: Finding): readonly string[] {
	const {severity, cause, id} = finding;
	const told = evidenceTexts(finding);
	return [
		'',
		`### ${severity}: ${plain(aboutText(finding))}`,
		'',
		`${plain(cause)} (\`${id}\`)`,
		...(told.length === 0 ? [] : ['', ...told.map(text => `- ${plain(text)}`)]),
		...remedyTexts(finding).flatMap(text => ['', `Remedy: ${plain(text)}`]),
	];
}

/** Findings for tickets and pull requests. */
export function markdownReport({command, findings}: Reported): string {
	const failed = findings.filter(({status}) => status === 'fail');
	const unseen = findings.filter(({status}) => status === 'not-checked');
	const passed = findings.filter(({status}) => status === 'pass');
	const none = findings.filter(({status}) => status === 'not-applicable');
	const head = failed.length === 0 ? 'Nothing is found wrong' : count(failed.length, 'finding');
	return [
		`## ${plain(command)}`,
		'',
		`${head}.`,
		...(failed.length === 0
			? []
			: [
					'',
					'| severity | object | what is wrong |',
					'| --- | --- | --- |',
					...failed.map(finding => `| ${finding.severity} | ${plain(aboutText(finding))} | ${plain(finding.cause)} |`),
				]),
		...failed.flatMap(section),
		...(passed.length === 0 ? [] : ['', '### Passed', '', ...passed.map(({cause}) => `- ${plain(cause)}`)]),
		...(none.length === 0
			? []
			: ['', '### Not applicable', '', ...none.map(each => `- ${plain(aboutText(each))}: ${plain(each.cause)}: ${plain(each.why ?? '')}`)]),
		...(unseen.length === 0 ? [] : ['', '### Not checked', '', ...unseen.map(({cause, why}) => `- ${plain(cause)}: ${plain(why ?? '')}`)]),
	].join('\n');
}
