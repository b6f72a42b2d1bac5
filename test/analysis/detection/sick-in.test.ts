import {expect, test} from 'vitest';
import {detect} from '../../../src/analysis/detection/detect.ts';
import {surveyOf} from '../../../src/analysis/detection/survey.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import {thing} from '../../support/router-world.ts';

const nowMs = Date.parse('2026-01-01T12:00:00Z');
const minutesAgo = (minutes: number) => new Date(nowMs - minutes * 60_000).toISOString();

const look = (objects: readonly KubeObject[]) => detect(surveyOf({takenAt: new Date(nowMs).toISOString(), objects, unread: []}));
const found = (...objects: readonly KubeObject[]) => look(objects).incidents;
const told = (...objects: readonly KubeObject[]) => {
	const {incidents, onTheirWay} = look(objects);
	return [...incidents.map(({cause, severity}) => `${cause.id} fail ${severity}`), ...onTheirWay.map(() => 'on-its-way not-checked low')];
};

const web = (replicas: number, ready: number) =>
	thing('Deployment', 'shop/web', {
		spec: {
			replicas,
			selector: {matchLabels: {app: 'web'}},
			template: {metadata: {labels: {app: 'web'}}, spec: {containers: [{name: 'web', image: 'web:1'}]}},
		},
		status: {replicas, updatedReplicas: replicas, availableReplicas: ready},
	});

const container = (more: object, isReady: boolean) => [{name: 'web', ready: isReady, restartCount: 0, ...more}];

const pod = (name: string, isReady: boolean, {age = 60, more = {}}: {age?: number; more?: object} = {}): KubeObject => {
	const made = thing('Pod', `shop/${name}`, {
		labels: {app: 'web'},
		spec: {nodeName: 'n1', containers: [{name: 'web', image: 'web:1'}]},
		status: {
			phase: 'Running',
			conditions: [{type: 'Ready', status: isReady ? 'True' : 'False'}],
			containerStatuses: container(more, isReady),
		},
	});
	const owner = {apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-1', uid: 'u', controller: true};
	return {...made, metadata: {...made.metadata, creationTimestamp: minutesAgo(age), ownerReferences: [owner]}};
};

const ended = (agoMinutes: number, reason = 'Error') => ({
	restartCount: 4,
	lastState: {terminated: {reason, exitCode: 1, finishedAt: minutesAgo(agoMinutes)}},
});

const unready = (message: string) => ({
	...thing('Event', 'shop/e', {}),
	involvedObject: {kind: 'Pod', name: 'web-a'},
	type: 'Warning',
	reason: 'Unhealthy',
	message: `Readiness probe failed: ${message}`,
});

test.each([
	['all pods are ready', [web(1, 1), pod('web-a', true)], []],
	['no pod is ready, and nothing says why', [web(2, 0), pod('web-a', false), pod('web-b', false)], ['cause-not-found fail critical']],
	['some pods are ready', [web(2, 1), pod('web-a', true), pod('web-b', false)], ['cause-not-found fail high']],
	['its pods are being started', [web(1, 0), pod('web-a', false, {age: 1})], ['on-its-way not-checked low']],
	[
		'its pods are being started and do not answer yet',
		[web(1, 0), pod('web-a', false, {age: 1}), unready('dial tcp 10.0.0.1:8080: connect: connection refused')],
		['on-its-way not-checked low'],
	],
	[
		'its pods are being started and know no such path',
		[web(1, 0), pod('web-a', false, {age: 1}), unready('HTTP probe failed with statuscode: 404')],
		['probe-fails fail critical'],
	],
	['it ends again and again, and runs just now', [web(1, 1), pod('web-a', true, {more: ended(10)})], ['crashes fail medium']],
	['it ended often, long ago', [web(1, 1), pod('web-a', true, {more: ended(120)})], []],
	['it was killed for memory', [web(1, 1), pod('web-a', true, {more: ended(5, 'OOMKilled')})], ['out-of-memory fail medium']],
] as [string, KubeObject[], string[]][])('%s', (_, objects, expected) => {
	expect(told(...objects)).toEqual(expected);
});

test('a node that fell silent is one finding with the workloads that it takes down', () => {
	const node = thing('Node', 'n1', {status: {conditions: [{type: 'Ready', status: 'Unknown'}]}});
	const labelled = (object: KubeObject) =>
		JSON.parse(JSON.stringify(object).replaceAll('"web"', '"db"').replaceAll('web-', 'db-')) as KubeObject; // the same with other names
	const [finding, ...others] = found(web(1, 0), labelled(web(1, 0)), pod('web-a', false), labelled(pod('web-a', false)), node);
	expect(others).toEqual([]);
	expect(finding).toMatchObject({severity: 'critical', cause: {id: 'node-not-ready', resource: {kind: 'Node', name: 'n1'}}});
	expect(finding?.cause.evidence.map(({source}) => source)).toEqual([
		'Node n1',
		'Pod shop/web-a',
		'Deployment shop/web',
		'Pod shop/db-a',
		'Deployment shop/db',
	]);
});

test('workloads that lack the same thing are one finding, as grave as the gravest of them', () => {
	const needing = (name: string, replicas: number, ready: number) => {
		const made = web(replicas, ready);
		const container = {name: 'web', envFrom: [{configMapRef: {name: 'shared'}}]};
		const template = {metadata: {labels: {app: name}}, spec: {containers: [container]}};
		const spec = {replicas, selector: {matchLabels: {app: name}}, template};
		return {...made, metadata: {name, namespace: 'shop'}, spec} as KubeObject; // fields of a test are JSON
	};
	const [finding, ...others] = found(needing('cart', 1, 0), needing('pay', 1, 0), needing('till', 1, 0));
	expect(others).toEqual([]);
	expect(finding).toMatchObject({
		severity: 'critical',
		cause: {
			cause: {en: 'ConfigMap shop/shared is not there, and Deployment shop/cart, Deployment shop/pay and Deployment shop/till need it'},
		},
	});
	expect(found(needing('cart', 1, 0))[0]?.cause.cause.en).toMatch(/^Its pods need ConfigMap shared/);
});

test('what the cluster says cannot leave its line', () => {
	const evil = pod('web-a', false, {more: {state: {waiting: {reason: 'ErrImagePull', message: 'no\n\u001B[2Jimage'}}}});
	expect(JSON.stringify(found(web(1, 0), evil))).not.toMatch(/\\u001b|\\n/i);
});
