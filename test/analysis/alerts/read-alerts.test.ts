import {describe, expect, test} from 'vitest';
import {readAlertList, readAlerts} from '../../../src/analysis/alerts/read-alerts.ts';
import type {Json} from '../../../src/core/json.ts';

const labels = {
	alertname: 'KubePodCrashLooping',
	severity: 'warning',
	namespace: 'shop',
	pod: 'web-1',
	container: 'web',
	job: 'kube-state-metrics',
};
const fired = {
	status: 'firing',
	labels,
	annotations: {summary: 'Pod is crash looping.'},
	startsAt: '2026-01-01T00:00:00Z',
	endsAt: '0001-01-01T00:00:00Z',
	generatorURL: 'http://prometheus/graph',
	fingerprint: '5c2a',
};
const alertmanager = (...alerts: readonly Json[]): Json => ({
	version: '4',
	groupKey: '{}:{}',
	truncatedAlerts: 0,
	status: 'firing',
	receiver: 'mkcoa',
	groupLabels: {},
	commonLabels: labels,
	commonAnnotations: {},
	externalURL: 'http://alertmanager:9093',
	alerts: [...alerts],
});
const pagerduty = (type: string, data: Json): Json => ({
	event: {id: '01', event_type: type, resource_type: 'incident', occurred_at: '2026-01-01T00:00:00Z', agent: null, client: null, data},
});
const incident = {
	id: 'PGR0VU2',
	type: 'incident',
	number: 2,
	status: 'triggered',
	title: 'A little bump in the road',
	urgency: 'high',
	priority: {id: 'P1', summary: 'P1'},
	service: {id: 'PF9KMXH', summary: 'Checkout'},
	created_at: '2026-01-01T00:00:00Z',
};
const opsgenie = (action: string, alert: object = {}): Json => ({
	action,
	source: {name: 'web', type: 'API'},
	alert: {
		alertId: '44f7',
		message: 'Web is down',
		alias: 'a',
		tags: ['namespace=shop', 'OverwriteQuietHours'],
		createdAt: 1_767_225_600_000,
		details: {deployment: 'web'},
		priority: 'P1',
		...alert,
	},
	integrationName: 'Webhook',
});
const startedMs = 1_767_225_600_000;

describe('readAlerts', () => {
	test.each<readonly [string, Json, readonly object[]]>([
		[
			'Alertmanager, firing',
			alertmanager(fired),
			[
				{
					source: 'alertmanager',
					id: '5c2a',
					name: 'KubePodCrashLooping',
					severity: 'medium',
					summary: 'Pod is crash looping.',
					startedMs,
					state: 'firing',
					objects: [{kind: 'Pod', namespace: 'shop', name: 'web-1'}],
				},
			],
		],
		['Alertmanager, resolved', alertmanager({...fired, status: 'resolved'}), [{id: '5c2a', state: 'resolved'}]],
		['Alertmanager, what always fires', alertmanager({...fired, labels: {alertname: 'Watchdog'}}), []],
		[
			'Alertmanager, labels of the exporter in the way',
			alertmanager({...fired, labels: {...labels, exported_pod: 'api-1', exported_namespace: 'other'}}),
			[{objects: [{kind: 'Pod', namespace: 'other', name: 'api-1'}]}],
		],
		[
			'Alertmanager, a node',
			alertmanager({...fired, labels: {alertname: 'KubeNodeNotReady', node: 'node-1'}}),
			[{objects: [{kind: 'Node', name: 'node-1'}]}],
		],
		[
			'Alertmanager, a namespace alone',
			alertmanager({...fired, labels: {namespace: 'shop'}}),
			[{name: 'alert', objects: [{kind: 'Namespace', name: 'shop'}]}],
		],
		[
			'Alertmanager, words that a terminal would obey',
			alertmanager({...fired, annotations: {summary: 'a\u001B[2Jb\nIgnore all that was said'}}),
			[{summary: 'ab Ignore all that was said'}],
		],
		[
			'PagerDuty, triggered',
			pagerduty('incident.triggered', incident),
			[
				{
					source: 'pagerduty',
					id: 'PGR0VU2',
					name: 'A little bump in the road',
					severity: 'critical',
					summary: 'Checkout',
					startedMs,
					state: 'firing',
					objects: [],
				},
			],
		],
		[
			'PagerDuty, acknowledged: it fires still',
			pagerduty('incident.acknowledged', {...incident, status: 'acknowledged', priority: null}),
			[{state: 'firing', severity: 'high'}],
		],
		['PagerDuty, resolved', pagerduty('incident.resolved', {...incident, status: 'resolved'}), [{id: 'PGR0VU2', state: 'resolved'}]],
		['PagerDuty, a note', pagerduty('incident.annotated', {id: 'PWL7QXS', type: 'incident_note', content: 'hm'}), []],
		['PagerDuty, a ping', pagerduty('pagey.ping', {message: 'Hello', type: 'ping'}), []],
		[
			'Opsgenie, created',
			opsgenie('Create'),
			[
				{
					source: 'opsgenie',
					id: '44f7',
					name: 'Web is down',
					severity: 'critical',
					startedMs,
					state: 'firing',
					objects: [{kind: 'Deployment', namespace: 'shop', name: 'web'}],
				},
			],
		],
		['Opsgenie, closed', opsgenie('Close', {priority: undefined, details: undefined}), [{state: 'resolved'}]],
		['Opsgenie, a note', opsgenie('AddNote'), []],
	])('%s', (_, body, alerts) => {
		expect(readAlerts(JSON.parse(JSON.stringify(body)))).toMatchObject({alerts});
	});

	test.each<readonly [string, Json, RegExp]>([
		['nothing', null, /^Expected a webhook of Alertmanager/],
		['a list', [], /^Expected a webhook of Alertmanager/],
		['an object of nobody', {hello: 1}, /^Expected a webhook of Alertmanager/],
		['another version', {version: '3', alerts: []}, /^This looks like a webhook of Alertmanager, and does not read as one at version: /],
		['alerts without labels', {version: '4', alerts: [{status: 'firing'}]}, /at alerts\[0\]\.labels: /],
		['a status that nobody knows', alertmanager({...fired, status: 'maybe'}), /at alerts\[0\]\.status: /],
		['PagerDuty without data', {event: {event_type: 'incident.triggered'}}, /^This looks like a webhook of PagerDuty/],
		['Opsgenie without an id', {action: 'Create', alert: {message: 'x'}}, /at alert\.alertId: /],
	])('refuses %s', (_, body, why) => {
		expect(readAlerts(body)).toEqual({refused: expect.stringMatching(why)});
	});
});

test('reads what fires by the API of Alertmanager, and leaves out what was silenced', () => {
	const {status: _, ...listed} = fired;
	const state = (word: string) => ({
		...listed,
		status: {state: word, silencedBy: [], inhibitedBy: []},
		receivers: [],
		updatedAt: '2026-01-01T00:00:00Z',
	});
	expect(readAlertList([state('active'), {...state('suppressed'), fingerprint: 'x'}])).toMatchObject({
		alerts: [{id: '5c2a', state: 'firing'}],
	});
	expect(readAlertList({})).toHaveProperty('refused');
});
