import {expect, test} from 'vitest';
import type {Finding} from '../../../src/core/finding.ts';
import {junitReport} from '../../../src/core/reports/junit-report.ts';
import {markdownReport} from '../../../src/core/reports/markdown-report.ts';
import {oscalReport} from '../../../src/core/reports/oscal-report.ts';
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

const withField = finding({path: 'spec.selector', evidence: []});
const passed = finding({id: 'other-check', status: 'pass', cause: 'Others: 3 objects pass', resource: undefined, evidence: []});
const none = finding({
	id: 'no-such-thing',
	status: 'not-applicable',
	cause: 'Things',
	why: 'there are none',
	resource: undefined,
	evidence: [],
});

test('every report names the field at fault, once', () => {
	const fields = (text: string) => text.split('spec.selector').length - 1;
	expect(fields(junitReport(report([withField])))).toBe(1);
	expect(fields(markdownReport(report([withField])))).toBe(1);
	expect(JSON.parse(sarifReport(report([withField]))).runs[0].results[0].locations[0].logicalLocations).toContainEqual({
		fullyQualifiedName: 'Service shop/web spec.selector',
		kind: 'member',
	});
});

test('Markdown tells the four states apart', () => {
	const text = markdownReport(report([finding(), passed, none, unseen]));
	expect(text.match(/^### .*$/gm)).toEqual(['### high: Service shop/web', '### Passed', '### Not applicable', '### Not checked']);
});

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[45][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const at = '2026-01-02T03:04:05.000Z';

test('OSCAL has what its schema requires, and calls nothing satisfied that was not looked at', () => {
	const {'assessment-results': told} = JSON.parse(oscalReport(report([finding(), finding({severity: 'low'}), passed, none, unseen]), at));
	expect(told).toMatchObject({
		uuid: expect.stringMatching(uuid),
		metadata: {title: expect.any(String), 'last-modified': at, version: '0.1.0', 'oscal-version': expect.stringMatching(/^1\.\d+\.\d+$/)},
		'import-ap': {href: expect.stringMatching(/^#/)},
	});
	const [result] = told.results;
	expect(result).toMatchObject({
		uuid: expect.stringMatching(uuid),
		title: expect.any(String),
		description: expect.any(String),
		start: at,
		'reviewed-controls': {'control-selections': [{'include-all': {}}]},
	});
	for (const observation of result.observations)
		expect(observation).toMatchObject({
			uuid: expect.stringMatching(uuid),
			description: expect.stringMatching(/\S/),
			methods: ['TEST'],
			collected: at,
			subjects: [{'subject-uuid': expect.stringMatching(uuid), type: 'resource'}],
		});
	expect(result.findings).toMatchObject([
		{title: 'selector-fits-no-pod', target: {type: 'objective-id', 'target-id': 'selector-fits-no-pod', status: {state: 'not-satisfied'}}},
		{title: 'other-check', target: {type: 'objective-id', 'target-id': 'other-check', status: {state: 'satisfied'}}},
	]);
	const seen = result.observations.map((each: {uuid: string}) => each.uuid);
	expect(new Set(seen).size).toBe(4);
	for (const each of result.findings.flatMap(
		(one: {'related-observations': {'observation-uuid': string}[]}) => one['related-observations'],
	))
		expect(seen).toContain(each['observation-uuid']);
});
