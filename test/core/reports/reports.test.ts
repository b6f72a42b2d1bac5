import {expect, test} from 'vitest';
import type {Finding} from '../../../src/core/finding.ts';
import {junitReport} from '../../../src/core/reports/junit-report.ts';
import {markdownReport} from '../../../src/core/reports/markdown-report.ts';
import {reaches} from '../../../src/core/reports/report.ts';
import {sarifReport} from '../../../src/core/reports/sarif-report.ts';

const finding = (more: Partial<Finding> = {}): Finding => ({
	id: 'selector-fits-no-pod',
	status: 'fail',
	severity: 'high',
	resource: {apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'web'},
	cause: 'Service shop/web selects app=wbe',
	evidence: [{source: 'Service shop/web', detail: 'spec.selector app=wbe'}],
	remedy: {tool: 'resource_patch', input: {}, text: 'Make Service shop/web select app=web'},
	...more,
});
const unseen = finding({
	id: 'not-looked-at',
	status: 'not-checked',
	cause: 'Secret',
	why: 'may not be listed',
	remedy: undefined,
	resource: undefined,
});
const report = (findings: readonly Finding[]) => ({command: 'mkcoa incident detect', version: '0.1.0', findings});
const hostile = finding({cause: 'x ]]> <script>&"\u0007 | [a](b) `c` @team\n# d \uD800'});

test('SARIF tells the place, the rule, the level, and what could not be told', () => {
	const {runs} = JSON.parse(sarifReport(report([finding(), unseen])));
	expect(runs[0].results).toMatchObject([
		{
			ruleId: 'selector-fits-no-pod',
			kind: 'fail',
			level: 'error',
			locations: [
				{
					physicalLocation: {artifactLocation: {uri: 'namespaces/shop/Service/web'}},
					logicalLocations: [{fullyQualifiedName: 'Service shop/web'}],
				},
			],
		},
		{ruleId: 'not-looked-at', kind: 'open', level: 'none'},
	]);
	expect(runs[0].results[0].message.text).toContain('Remedy: Make Service shop/web select app=web');
	expect(runs[0].tool.driver.rules.map(({id}: {id: string}) => id)).toEqual(['selector-fits-no-pod', 'not-looked-at']);
});

test('one fault of one object has one fingerprint, whatever its words are today', () => {
	const printOf = (each: Finding) => JSON.parse(sarifReport(report([each]))).runs[0].results[0].partialFingerprints['mkcoa/v1'];
	expect(printOf(finding({cause: 'other words', evidence: []}))).toBe(printOf(finding()));
	expect(printOf(finding({id: 'target-port-not-there'}))).not.toBe(printOf(finding()));
});

test('JUnit fails what failed, skips what was not looked at, and says that a clean look ran', () => {
	expect(junitReport(report([finding(), unseen]))).toMatchInlineSnapshot(`
		"<?xml version="1.0" encoding="UTF-8"?>
		<testsuites tests="2" failures="1" skipped="1">
		  <testsuite name="mkcoa incident detect" tests="2" failures="1" skipped="1">
		    <testcase classname="Service shop/web" name="selector-fits-no-pod">
		      <failure type="high" message="Service shop/web selects app=wbe">Service shop/web: spec.selector app=wbe&#10;Remedy: Make Service shop/web select app=web</failure>
		    </testcase>
		    <testcase classname="the cluster" name="not-looked-at">
		      <skipped message="may not be listed"/>
		    </testcase>
		  </testsuite>
		</testsuites>"
	`);
	expect(junitReport(report([]))).toContain('<testcase classname="mkcoa incident detect" name="nothing is found wrong"/>');
});

test('words of others break no report', () => {
	const xml = junitReport(report([hostile]));
	expect(xml).toContain('message="x ]]&gt; &lt;script&gt;&amp;&quot; | [a](b) `c` @team&#10;# d \uFFFD"');
	const markdown = markdownReport(report([hostile]));
	expect(markdown).toContain('\\<script\\>');
	expect(markdown).toContain('\\[a\\](b)');
	expect(markdown).not.toContain('@team');
	expect(markdown.split('\n').filter(line => line.startsWith('|'))).toHaveLength(3);
	expect(() => JSON.parse(sarifReport(report([hostile])))).not.toThrow();
});

test('what passed, and what was not looked at, reaches no severity', () => {
	expect(reaches([finding()], 'high')).toBe(true);
	expect(reaches([finding()], 'critical')).toBe(false);
	expect(reaches([finding({status: 'pass', severity: 'critical'}), unseen], 'low')).toBe(false);
});
