import {describe, expect, test} from 'vitest';
import {reportHtml} from '../../../src/agents/incident/report/report-html.ts';
import {type Report, reportSchema} from '../../../src/agents/incident/report/report-output.ts';
import {reportText} from '../../../src/agents/incident/report/report-text.ts';
import {autoRecovery} from '../../../src/agents/incident/tools/auto-recovery.ts';
import {incidentReport} from '../../../src/agents/incident/tools/incident-report.ts';
import {faultClasses} from '../../../src/analysis/diagnosis/classes/fault-classes.ts';
import {preventionsOf} from '../../../src/analysis/incident-report/preventions.ts';
import type {JournalReader} from '../../../src/core/journal.ts';
import {valueAt} from '../../../src/core/kube/json-at.ts';
import type {AnyOutcome} from '../../../src/core/outcome.ts';
import {readerOf} from '../../support/change-run.ts';
import {shopRoad} from '../../support/shop-road.ts';

const {run, ports, clock} = await shopRoad({scenario: 'broken'});
const view = {width: 80, terminal: false, nowMs: 0};

async function reported(input: object, journal: JournalReader = ports.journal) {
	const {outcome} = await run(incidentReport, {namespace: 'broken', ...input}, {ports: {...ports, journal}});
	return outcome;
}

const reportIn = (outcome: AnyOutcome): Report =>
	reportSchema.parse(outcome.kind === 'done' ? valueAt(outcome.output, 'report') : undefined);

describe('the report of an incident', () => {
	test('that is open: cause, evidence, what would mend and what would prevent it, and what is not known', async () => {
		const report = reportIn(await reported({incident: 'selector-fits-no-pod'}));
		expect(report).toMatchObject({
			state: 'open',
			severity: 'high',
			title: 'A Service selects no pod',
			resource: {kind: 'Service', name: 'service-selector-wrong'},
			remedies: ['Make Service broken/service-selector-wrong select app=service-selector-wrong'],
			actions: [],
		});
		expect(report.evidence.length).toBeGreaterThan(0);
		expect(report.preventions).toEqual(preventionsOf('service'));
		expect(report.times.notKnown.map(({what}) => what)).toEqual(['time to detect', 'time to act', 'time to recover']);
	});

	test('that is over: who approved what, how it ended, and how long it took', async () => {
		const startedAt = new Date(clock.now()).toISOString();
		const {outcome: mended, trail} = await run(autoRecovery, {incident: 'Deployment/probe-port-wrong', namespace: 'broken'});
		expect(mended.kind).toBe('done');
		const endedAt = new Date(clock.now()).toISOString();
		const [entry] = trail.entries;
		if (entry === undefined) throw new Error('nothing was journaled');
		const journal: JournalReader = {
			...readerOf({...trail, entries: [{...entry, startedAt, endedAt}]}),
			outcome: async () => mended,
		};
		const byRun = reportIn(await reported({incident: entry.id}, journal));
		expect(byRun).toMatchObject({
			state: 'gone',
			fault: 'probe-port-not-there',
			resource: {kind: 'Deployment', name: 'probe-port-wrong'},
			times: {actedAt: startedAt, recoveredAt: endedAt},
			actions: [{journal: entry.id, tool: 'auto_recovery', approvedBy: 'alice', outcome: 'done'}],
			remedies: [],
		});
		expect(byRun.times.toRecoverSeconds).toBeGreaterThanOrEqual(byRun.times.toActSeconds ?? Number.POSITIVE_INFINITY);
		for (const incident of [byRun.incident, 'Deployment/probe-port-wrong', 'deploy/probe-port-wrong', 'probe-port-wrong'])
			expect(reportIn(await reported({incident}, journal)).actions).toEqual(byRun.actions);
	});

	test('of nothing, where nothing is wrong and none is named, is refused with that', async () => {
		const shop = await shopRoad();
		const {outcome} = await shop.run(incidentReport, {namespace: 'shop'}, {ports: {...shop.ports, journal: ports.journal}});
		expect(outcome).toMatchObject({
			kind: 'failed',
			error: {
				code: 'nothing-to-report',
				what: 'There is no incident in namespace shop to report',
				why: 'nothing is found wrong there, and mkcoa has mended nothing of it',
				next: 'See what was looked at with: mkcoa incident detect',
			},
		});
	});

	test('refuses what is no incident, with what there is', async () => {
		expect(await reported({incident: 'Deployment/nobody'})).toMatchObject({kind: 'failed', error: {code: 'no-such-incident'}});
	});
});

describe('the formats of a report', () => {
	const hostile = '<script>alert(1)</script> | [x](javascript:y) "&\'';
	const report: Report = {
		context: hostile,
		madeAt: '2026-05-01T12:00:00Z',
		incident: hostile,
		fault: 'selector-fits-no-pod',
		title: hostile,
		severity: 'high',
		state: 'open',
		resource: {apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'web'},
		cause: hostile,
		evidence: [{source: hostile, detail: hostile}],
		symptoms: [hostile],
		impact: [],
		times: {toActSeconds: 600, notKnown: [{what: 'time to recover', why: hostile}]},
		timeline: [{at: '2026-05-01T11:00:00Z', what: hostile, text: hostile, bad: true, around: false}],
		leftOut: 3,
		actions: [],
		remedies: [hostile],
		preventions: [hostile],
		notChecked: [{what: hostile, why: hostile}],
	};

	test('HTML is one file without a script, and names of others are text', () => {
		const html = reportText({format: 'html', report}, view);
		expect(html).toMatch(/^<!doctype html>/);
		expect(html).not.toMatch(/<script|src=|href=|url\(/);
		expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; | [x](javascript:y) &quot;&amp;&#39;');
		const names = [...html.matchAll(/<\/?([a-z0-9]+)/g)].map(([, name]) => name);
		expect(new Set(names)).toEqual(
			new Set([
				'html',
				'head',
				'meta',
				'title',
				'style',
				'body',
				'main',
				'h1',
				'p',
				'section',
				'h2',
				'table',
				'tr',
				'td',
				'th',
				'ul',
				'li',
				'footer',
			]),
		);
	});

	test('Markdown escapes what would be a tag, a link or a column', () => {
		const markdown = reportText({format: 'markdown', report}, view);
		expect(markdown).not.toMatch(/(?<!\\)<script|(?<!\\)\[x\]/);
		expect(markdown).toContain('| 2026-05-01T11:00:00Z | \\! ');
		expect(markdown).toContain('- Time to act: 10m (from the first sign to the first change by mkcoa)');
	});

	test('text tells the same sections', () => {
		const titles = [
			'Impact',
			'Cause',
			'Evidence',
			'Times',
			'Timeline',
			'What was done',
			'What would mend it',
			'What would prevent it',
			'Not checked',
		];
		const lines = reportText({format: 'text', report}, view).split('\n');
		expect(lines.filter(line => titles.includes(line))).toEqual(titles);
	});

	test('a page of nothing is whole', () => {
		expect(reportHtml({title: '', lead: '', sections: [], foot: ''})).toMatch(/<\/html>$/);
	});
});

test('every family of faults has something that prevents it', () => {
	for (const {family} of faultClasses.values()) expect(preventionsOf(family).length, family).toBeGreaterThan(0);
});
