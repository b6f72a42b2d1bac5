import {createHash} from 'node:crypto';
import type {Finding} from '../finding.ts';
import {aboutText, evidenceTexts, type Reported, remedyTexts} from './report.ts';

const levels = {critical: 'error', high: 'error', medium: 'warning', low: 'note'} as const;

/** `open` is what SARIF calls a result that could not be told. */
const kinds = {fail: 'fail', pass: 'pass', 'not-applicable': 'notApplicable', 'not-checked': 'open'} as const;

/** As security dashboards sort them, from 0 to 10. */
const scores = {critical: '9.5', high: '8.0', medium: '5.5', low: '3.0'} as const;

/** An object of the cluster as a place: dashboards show nothing without one, and no file stands behind it. */
function placeOf(finding: Finding) {
	const {resource} = finding;
	const path =
		resource === undefined
			? ['cluster']
			: [...(resource.namespace === undefined ? [] : ['namespaces', resource.namespace]), resource.kind, resource.name];
	return {
		physicalLocation: {artifactLocation: {uri: path.map(encodeURIComponent).join('/')}, region: {startLine: 1}},
		logicalLocations: [
			{fullyQualifiedName: aboutText(finding), kind: 'resource'},
			...(finding.path === undefined ? [] : [{fullyQualifiedName: `${aboutText(finding)} ${finding.path}`, kind: 'member'}]),
		],
	};
}

/** The same for one fault of one object in every run, so that dashboards tell new ones from old. */
const fingerprint = (finding: Finding) =>
	createHash('sha256')
		.update(`${finding.id} ${aboutText(finding)}`)
		.digest('hex')
		.slice(0, 32);

const resultOf = (finding: Finding) => ({
	ruleId: finding.id,
	kind: kinds[finding.status],
	level: finding.status === 'fail' ? levels[finding.severity] : 'none',
	message: {
		text: [
			finding.cause,
			...(finding.why === undefined ? [] : [`Not checked: ${finding.why}`]),
			...evidenceTexts(finding),
			...remedyTexts(finding).map(text => `Remedy: ${text}`),
		].join('\n'),
	},
	locations: [placeOf(finding)],
	partialFingerprints: {'mkcoa/v1': fingerprint(finding)},
});

const ruleOf = ({id, severity}: Finding) => ({
	id,
	shortDescription: {text: id.replaceAll('-', ' ')},
	properties: {'security-severity': scores[severity]},
});

/**
 * Findings for dashboards of code and security.
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifReport({command, version, findings}: Reported): string {
	const rules = [...new Map(findings.map(finding => [finding.id, ruleOf(finding)])).values()];
	const log = {
		$schema: 'https://json.schemastore.org/sarif-2.1.0.json',
		version: '2.1.0',
		runs: [
			{
				tool: {driver: {name: 'mkcoa', version, rules}},
				automationDetails: {id: `${command}/`},
				results: findings.map(resultOf),
			},
		],
	};
	return JSON.stringify(log, null, 2);
}
