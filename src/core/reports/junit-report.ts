import type {Finding} from '../finding.ts';
import {stripControl} from '../text/strip-control.ts';
import {aboutText, evidenceTexts, type Reported, remedyTexts} from './report.ts';

const named: {readonly [character: string]: string} = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '&#10;'};

/** Text as XML 1.0 takes it: control characters and halves of a pair it cannot hold. */
const xml = (text: string) =>
	stripControl(text.toWellFormed())
		.replace(/[\uFFFE\uFFFF]/g, '')
		.replace(/[&<>"\n]/g, character => named[character] ?? '');

const bodyOf = (finding: Finding) => [...evidenceTexts(finding), ...remedyTexts(finding).map(text => `Remedy: ${text}`)].join('\n');

function caseOf(finding: Finding): string {
	const {status, id, severity, cause, why} = finding;
	const open = `    <testcase classname="${xml(aboutText(finding))}" name="${xml(id)}"`;
	if (status === 'fail')
		return `${open}>\n      <failure type="${severity}" message="${xml(cause)}">${xml(bodyOf(finding))}</failure>\n    </testcase>`;
	if (status === 'pass') return `${open}/>`;
	return `${open}>\n      <skipped message="${xml(why ?? cause)}"/>\n    </testcase>`;
}

/** A look that found nothing is one case that passed: a file without cases reads as if nothing had run. */
const nothing = (command: string) => `    <testcase classname="${xml(command)}" name="nothing is found wrong"/>`;

/**
 * Findings for build servers: what failed, what could not be looked at, and that something ran at all.
 * @see https://github.com/testmoapp/junitxml
 */
export function junitReport({command, findings}: Reported): string {
	const failures = findings.filter(({status}) => status === 'fail').length;
	const skipped = findings.filter(({status}) => status === 'not-checked' || status === 'not-applicable').length;
	const cases = [...(failures === 0 ? [nothing(command)] : []), ...findings.map(caseOf)];
	const counts = `tests="${cases.length}" failures="${failures}" skipped="${skipped}"`;
	return [
		'<?xml version="1.0" encoding="UTF-8"?>',
		`<testsuites ${counts}>`,
		`  <testsuite name="${xml(command)}" ${counts}>`,
		...cases,
		'  </testsuite>',
		'</testsuites>',
	].join('\n');
}
