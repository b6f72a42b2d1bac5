import {expect, test} from 'vitest';
import {type Changed, makeLiveJudge} from '../../../../src/analysis/detection/live/live-judge.ts';
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
const only = (namespace: string, isFarReaching = false): Changed => ({namespaces: new Set([namespace]), isFarReaching});
const well = [service('one', 'web'), pod('one'), service('two', 'web'), pod('two')];
const broken = [service('one', 'web'), pod('one'), service('two', 'wbe'), pod('two')];

test('tells at once what is new in a namespace that changed, and what healed once the whole was judged', () => {
	const judge = makeLiveJudge();
	expect(keys(judge(snapshot(...well), 'all'))).toEqual([]);
	const raised = judge(snapshot(...broken), only('two'));
	expect([keys(raised), raised.isSettled]).toEqual([['selector-fits-no-pod two'], false]);
	expect(keys(judge(snapshot(...broken), 'all'))).toEqual(['selector-fits-no-pod two']);
	const healing = judge(snapshot(...well), only('two'));
	expect([keys(healing), healing.isSettled]).toEqual([['selector-fits-no-pod two'], false]);
	const healed = judge(snapshot(...well), 'all');
	expect([keys(healed), healed.isSettled]).toEqual([[], true]);
});

test('does not judge the whole where the namespace that changed says what it said before', () => {
	const judge = makeLiveJudge();
	judge(snapshot(...well), 'all');
	const {detection: before} = judge(snapshot(...well), only('one'));
	expect(judge(snapshot(...well), only('one'))).toMatchObject({detection: before, isSettled: true});
});

const whole = (...namespaces: readonly string[]): Changed => ({namespaces: new Set(namespaces), isFarReaching: false, isWhole: true});

test('keeps what a namespace said over a look at everything that another change asked for', () => {
	const judge = makeLiveJudge();
	judge(snapshot(...well), 'all');
	expect(judge(snapshot(...well), only('one')).isSettled).toBe(false);
	judge(snapshot(...well), whole());
	expect(judge(snapshot(...well), only('one')).isSettled).toBe(true);
});

test('forgets what a namespace said that changed before everything was looked at', () => {
	const judge = makeLiveJudge();
	judge(snapshot(...well), 'all');
	judge(snapshot(...well), only('two'));
	expect(keys(judge(snapshot(...broken), whole('two')))).toEqual(['selector-fits-no-pod two']);
	expect(judge(snapshot(...well), only('two')).isSettled).toBe(false);
});

test('wants the whole where the change may tell on other namespaces', () => {
	const judge = makeLiveJudge();
	judge(snapshot(...well), 'all');
	judge(snapshot(...well), only('one'));
	expect(judge(snapshot(...well), only('one', true)).isSettled).toBe(false);
});

test('tells of a symptom once the whole was judged: its reason may lie elsewhere', () => {
	const unready = {...pod('two'), status: {phase: 'Running', conditions: [{type: 'Ready', status: 'False'}]}};
	const [, , service] = well;
	const judge = makeLiveJudge();
	judge(snapshot(...well), 'all');
	const objects = [...well.slice(0, 2), ...(service === undefined ? [] : [service]), unready];
	const part = judge(snapshot(...objects), only('two'));
	expect([keys(part), part.isSettled]).toEqual([[], false]);
	expect(keys(judge(snapshot(...objects), 'all'))).toEqual(['cause-not-found two']);
});

test('believes no namespace to say what it said before once something far-reaching changed elsewhere', () => {
	const judge = makeLiveJudge();
	judge(snapshot(...well), 'all');
	judge(snapshot(...well), only('one'));
	expect(judge(snapshot(...well), only('one')).isSettled).toBe(true);
	judge(snapshot(...well), only('two', true));
	judge(snapshot(...well), {namespaces: new Set(), isFarReaching: false, isWhole: true});
	expect(judge(snapshot(...well), only('one')).isSettled).toBe(false);
});
