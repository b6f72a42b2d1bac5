import {expect, test} from 'vitest';
import {timelineText} from '../../../src/agents/incident/timeline-text.ts';

const target = {apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web'};
const pod = {apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'web-a'};
const happening = {ref: target, source: 'event', count: 1, others: 0, bad: false, around: false} as const;
const timeline = {
	target,
	since: '2026-11-27T06:00:00.000Z',
	happenings: [
		{
			...happening,
			at: '2026-11-27T11:00:00Z',
			source: 'write',
			text: 'eve wrote data.URL',
			around: true,
			ref: {apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'settings'},
		} as const,
		{
			...happening,
			at: '2026-11-27T11:30:00Z',
			until: '2026-11-27T11:50:00Z',
			count: 9,
			others: 2,
			ref: pod,
			text: 'BackOff: restarting failed container',
			bad: true,
		},
	],
	leftOut: 3,
	notChecked: [{what: 'Event', why: 'may not be listed'}],
};
const nowMs = Date.parse('2026-11-27T12:00:00Z');

test('a pipe gets moments as they are', () => {
	expect(timelineText(timeline, {width: 80, terminal: false, nowMs}).split('\n')).toEqual([
		'What happened to Deployment shop/web and around it (·) since 2026-11-27T06:00:00.000Z',
		'3 earlier things left out: look further back with --since',
		'',
		'2026-11-27T11:00:00Z · ConfigMap settings: eve wrote data.URL',
		'2026-11-27T11:30:00Z ! Pod web-a and 2 more: 9 times within 20m, BackOff: restarting failed container',
		'',
		'Not checked',
		'  Event: may not be listed',
	]);
});

test('a narrow terminal gets ages, and lines set under their text', () => {
	expect(timelineText(timeline, {width: 40, terminal: true, nowMs}).split('\n').slice(4, 10)).toEqual([
		'',
		'60m  · ConfigMap settings: eve wrote',
		'       data.URL',
		'30m  ! Pod web-a and 2 more: 9 times',
		'       within 20m, BackOff: restarting',
		'       failed container',
	]);
});
