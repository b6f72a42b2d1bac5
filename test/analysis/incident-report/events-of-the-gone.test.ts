import {expect, test} from 'vitest';
import {surveyOf} from '../../../src/analysis/detection/survey.ts';
import {eventsOfTheGone} from '../../../src/analysis/incident-report/events-of-the-gone.ts';
import {object} from '../../support/kube-objects.ts';

const about = (kind: string) => ({apiVersion: 'apps/v1', kind, namespace: 'shop', name: 'web'});
const event = (name: string, type: string) =>
	object('v1', 'Event', `${name}.1`, {
		involvedObject: {kind: 'Pod', namespace: 'shop', name},
		...{type, reason: 'Unhealthy', message: 'Readiness probe failed', count: 3},
		firstTimestamp: '2026-05-01T11:00:00Z',
		lastTimestamp: '2026-05-01T11:05:00Z',
	});

test.each([
	['Deployment', 'web-7d9f8b6c5-x2x4z', 'Warning', 1],
	['Deployment', 'web-api-x2x4z', 'Warning', 0],
	['Deployment', 'web-7d9f8b6c5-x2x4z', 'Normal', 0],
	['Deployment', 'web-7d9f8b6c5-there', 'Warning', 0],
	['StatefulSet', 'web-0', 'Warning', 1],
	['StatefulSet', 'web-db-0', 'Warning', 0],
	['DaemonSet', 'web-x2x4z', 'Warning', 1],
	['Service', 'web-0', 'Warning', 0],
])('of a %s, %s with a %s is told: %d', (kind, name, type, times) => {
	const there = object('v1', 'Pod', 'web-7d9f8b6c5-there');
	const survey = surveyOf({takenAt: '2026-05-01T12:00:00Z', objects: [event(name, type), there], unread: []});
	const found = eventsOfTheGone(about(kind), survey);
	expect(found.length).toBe(times);
	if (times > 0)
		expect(found[0]).toMatchObject({
			at: '2026-05-01T11:00:00Z',
			count: 3,
			isBad: true,
			ref: {kind: 'Pod', name},
			text: 'Unhealthy: Readiness probe failed',
		});
});
