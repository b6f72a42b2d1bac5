import {expect, test} from 'vitest';
import type {ManagedAlert, Silence} from '../../../../src/mcp/monitoring/alertmanager/port.ts';
import {parseMatcher} from '../../../../src/mcp/monitoring/model/matchers.ts';
import {fitsEverything, fitsNothingness, silenceConsequences} from '../../../../src/mcp/monitoring/model/silence-consequences.ts';

const hourMs = 3_600_000;

const alert = (alertname: string, severity: string, more: Partial<ManagedAlert> = {}): ManagedAlert => ({
	fingerprint: alertname,
	labels: {alertname, severity},
	annotations: {},
	...{startsAtMs: 0, endsAtMs: 0, updatedAtMs: 0, state: 'active', silencedBy: [], inhibitedBy: [], receivers: [], generatorUrl: ''},
	...more,
});
const [slow, full, down] = [alert('Slow', 'warning'), alert('Full', 'warning'), alert('Down', 'critical')];
const other: Silence = {
	...{id: 's1', matchers: [], startsAtMs: 0, endsAtMs: hourMs, createdBy: 'bob', comment: '', updatedAt: '', state: 'active'},
};

const told = (texts: readonly string[], around: Partial<Parameters<typeof silenceConsequences>[0]>) =>
	silenceConsequences({matchers: texts.map(parseMatcher), lastsMs: hourMs, alerts: [], fitting: [], silences: [], ...around}).map(
		({severity, id}) => `${severity} ${id}`,
	);

test.each([
	['one alert of several', ['alertname="Slow"'], {alerts: [slow, full], fitting: [slow]}, ['info silences-now']],
	['none yet', ['alertname="Slow"'], {alerts: [full]}, ['info silences-none-yet']],
	['the only one there is', ['alertname="Slow"'], {alerts: [slow], fitting: [slow]}, ['info silences-now']],
	[
		'all there are',
		['namespace="shop"'],
		{alerts: [slow, full], fitting: [slow, full]},
		['warning silences-all-firing', 'info silences-now'],
	],
	[
		'one that wakes somebody',
		['alertname="Down"'],
		{alerts: [slow, down], fitting: [down]},
		['info silences-now', 'warning silences-grave'],
	],
	['such as wake somebody', ['severity=~"critical|page"'], {}, ['info silences-none-yet', 'warning silences-grave']],
	['all others', ['severity!="critical"'], {}, ['info silences-none-yet']],
	['everything', ['alertname=~".+"'], {alerts: [slow], fitting: [slow]}, ['danger silences-everything', 'info silences-now']],
	['for two days', ['alertname="Slow"'], {lastsMs: 48 * hourMs}, ['info silences-none-yet', 'warning silences-long']],
	['for a day', ['alertname="Slow"'], {lastsMs: 24 * hourMs}, ['info silences-none-yet']],
	[
		'one that is silent already',
		['alertname="Slow"'],
		{alerts: [slow], fitting: [alert('Slow', 'warning', {state: 'suppressed', silencedBy: ['s1']})], silences: [other]},
		['info silenced-already', 'info silences-overlap'],
	],
	[
		'one whose silence is over',
		['alertname="Slow"'],
		{fitting: [alert('Slow', 'warning', {silencedBy: ['s1']})], silences: [{...other, state: 'expired' as const}]},
		['info silences-now'],
	],
])('a silence of %s', (_, texts, around, consequences) => {
	expect(told(texts, around)).toEqual(consequences);
});

test.each([
	['alertname=~".*"', true],
	['alertname=~"^(.+)$"', true],
	['alertname!=""', true],
	['alertname=~"Kube.*"', false],
	['alertname!="Watchdog"', false],
	['alertname!~".*"', false],
	['alertname=".*"', false],
])('%s tells alerts apart: not %s', (text, isAll) => {
	expect(fitsEverything([parseMatcher(text)])).toBe(isAll);
	expect(fitsEverything([parseMatcher(text), parseMatcher('severity="info"')])).toBe(false);
});

test.each([
	['alertname=~".*"', true],
	['alertname!="Down"', true],
	['alertname=""', true],
	['alertname!~"Down|Slow"', true],
	['alertname=~"(?P<x>Go)"', false],
	['alertname=~".+"', false],
	['alertname="Down"', false],
])('%s fits what has no label: %s', (text, isNothing) => {
	expect(fitsNothingness([parseMatcher(text)])).toBe(isNothing);
});
