import {expect, test} from 'vitest';
import {makeLiveJudge} from '../../../../src/analysis/detection/live/live-judge.ts';
import type {Snapshot} from '../../../../src/analysis/detection/snapshot.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';

const takenAt = '2026-01-01T00:00:00.000Z';
const service = (namespace: string, app: string): KubeObject => ({
	apiVersion: 'v1',
	kind: 'Service',
	metadata: {name: 'web', namespace, creationTimestamp: '2025-01-01T00:00:00Z'},
	spec: {selector: {app}, ports: [{port: 80}]},
});
const pod = (namespace: string): KubeObject => ({
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {name: 'web', namespace, labels: {app: 'web'}, creationTimestamp: '2025-01-01T00:00:00Z'},
	spec: {containers: [{name: 'web', image: 'web:1'}]},
	status: {phase: 'Running', conditions: [{type: 'Ready', status: 'True'}]},
});
const snapshot = (...objects: readonly KubeObject[]): Snapshot => ({takenAt, objects, unread: []});
const keys = ({detection}: ReturnType<ReturnType<typeof makeLiveJudge>>) =>
	detection.incidents.map(({cause}) => `${cause.id} ${cause.resource.namespace}`);
const well = [service('one', 'web'), pod('one'), service('two', 'web'), pod('two')];
const broken = [service('one', 'web'), pod('one'), service('two', 'wbe'), pod('two')];

test('finds what is wrong in a namespace that changed, and that it is gone', () => {
	const judge = makeLiveJudge();
	expect(keys(judge(snapshot(...well), 'all'))).toEqual([]);
	expect(keys(judge(snapshot(...broken), new Set(['two'])))).toEqual(['selector-fits-no-pod two']);
	expect(keys(judge(snapshot(...well), new Set(['two'])))).toEqual([]);
});

test('does not judge the whole where the namespace that changed says what it said before', () => {
	const judge = makeLiveJudge();
	judge(snapshot(...well), 'all');
	const before = judge(snapshot(...well), new Set(['one'])).detection;
	expect(judge(snapshot(...well), new Set(['one'])).detection).toBe(before);
});
