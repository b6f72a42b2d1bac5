import {createHash} from 'node:crypto';
import type {Finding} from '../finding.ts';
import {aboutText, type Reported, remedyTexts} from './report.ts';

/** What OSCAL calls how a finding came out; there is no word for what was not looked at, so that is a finding of none. */
const states = {fail: 'not-satisfied', pass: 'satisfied'} as const;

/** Whose words the properties are. */
const ns = 'urn:mkcoa';

/** A UUID of version 5 in kind: the same thing has the same one in every report, so that tools tell new findings from old. */
function idOf(text: string): string {
	const hex = createHash('sha256').update(`mkcoa ${text}`).digest('hex');
	const variant = ((Number.parseInt(hex.slice(16, 18), 16) % 64) + 128).toString(16);
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(18, 20)}-${hex.slice(20, 32)}`;
}

const nameOf = (finding: Finding) => `${finding.id} ${aboutText(finding)} ${finding.path ?? ''} ${finding.status}`;

/** Everything that was looked at, and that something was not. */
const observationOf = (finding: Finding, at: string) => ({
	uuid: idOf(`observation ${nameOf(finding)}`),
	title: finding.id,
	description: finding.why === undefined ? finding.cause : `${finding.cause} (${finding.status}: ${finding.why})`,
	props: [
		{name: 'status', ns, value: finding.status},
		{name: 'severity', ns, value: finding.severity},
		...(finding.path === undefined ? [] : [{name: 'field', ns, value: finding.path}]),
	],
	methods: ['TEST'],
	subjects: [{'subject-uuid': idOf(`subject ${aboutText(finding)}`), type: 'resource', title: aboutText(finding)}],
	...(finding.evidence.length === 0
		? {}
		: {'relevant-evidence': finding.evidence.map(({source, detail}) => ({description: `${source}: ${detail}`}))}),
	...(remedyTexts(finding).length === 0 ? {} : {remarks: remedyTexts(finding).join('\n')}),
	collected: at,
});

/** What each check came to: one objective each, which one failure leaves unsatisfied. */
function findingsOf(findings: readonly Finding[]) {
	const judged = findings.filter(({status}) => status === 'fail' || status === 'pass');
	return [...Map.groupBy(judged, ({id}) => id)].map(([id, some]) => {
		const state = states[some.some(({status}) => status === 'fail') ? 'fail' : 'pass'];
		return {
			uuid: idOf(`finding ${id}`),
			title: id,
			description: some[0]?.cause ?? id,
			target: {type: 'objective-id', 'target-id': id, status: {state}},
			'related-observations': some.map(each => ({'observation-uuid': idOf(`observation ${nameOf(each)}`)})),
		};
	});
}

/**
 * Findings as assessment results, for tools of compliance. What was not checked, or does not apply, is an observation without a finding: OSCAL knows
 * satisfied and not satisfied alone, and silence is neither.
 * @param at when it was looked at, ISO 8601
 * @see https://pages.nist.gov/OSCAL-Reference/models/v1.1.3/assessment-results/json-reference/
 */
export function oscalReport({command, version, findings}: Reported, at: string): string {
	const observations = [...new Map(findings.map(each => [nameOf(each), observationOf(each, at)])).values()];
	const about = `${command} ${at}`;
	const told = findingsOf(findings);
	const results = {
		uuid: idOf(`results ${about}`),
		metadata: {title: `Findings of ${command}`, 'last-modified': at, version, 'oscal-version': '1.1.3'},
		// Nobody wrote a plan of the assessment: the command is it.
		'import-ap': {href: `#${idOf(`plan ${command}`)}`},
		'back-matter': {resources: [{uuid: idOf(`plan ${command}`), title: command, description: 'The command whose checks are the plan'}]},
		results: [
			{
				uuid: idOf(`result ${about}`),
				title: command,
				description: `What ${command} of version ${version} found`,
				start: at,
				'reviewed-controls': {'control-selections': [{'include-all': {}}]},
				...(observations.length === 0 ? {} : {observations}),
				...(told.length === 0 ? {} : {findings: told}),
			},
		],
	};
	return JSON.stringify({'assessment-results': results}, null, 2);
}
