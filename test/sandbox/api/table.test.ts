import {expect, test} from 'vitest';
import {humanDuration} from '../../../src/sandbox/api/encode/age.ts';
import {deployment, deployments, pod, startApi} from './support/api-client.ts';

const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';

test.each([
	[5, '5s'],
	[119, '119s'],
	[200, '3m20s'],
	[599, '9m59s'],
	[45 * 60, '45m'],
	[5 * 3600 + 12 * 60, '5h12m'],
	[30 * 3600, '30h'],
	[76 * 3600, '3d4h'],
	[45 * 86_400, '45d'],
	[800 * 86_400, '2y70d'],
])('%i seconds read %s', (seconds, text) => {
	expect(humanDuration(seconds * 1000)).toBe(text);
});

test.each([
	['that waits for a node', {phase: 'Pending'}, 'Pending', '0/1', '0'],
	['that runs', {phase: 'Running', containerStatuses: [{ready: true, restartCount: 0, state: {running: {}}}]}, 'Running', '1/1', '0'],
	[
		'that crashes',
		{
			phase: 'Running',
			containerStatuses: [
				{
					ready: false,
					restartCount: 4,
					state: {waiting: {reason: 'CrashLoopBackOff'}},
					lastState: {terminated: {exitCode: 1, finishedAt: '2025-12-31T23:59:00Z'}},
				},
			],
		},
		'CrashLoopBackOff',
		'0/1',
		'4 (60s ago)',
	],
	['that failed', {phase: 'Failed', containerStatuses: [{restartCount: 0, state: {terminated: {exitCode: 3}}}]}, 'ExitCode:3', '0/1', '0'],
	['that was evicted', {phase: 'Failed', reason: 'Evicted'}, 'Evicted', '0/1', '0'],
	['that starts', {phase: 'Pending', initContainerStatuses: [{name: 'i', state: {running: {}}}]}, 'Init:0/0', '0/1', '0'],
])('the row of a pod %s', async (_what, status, word, ready, restarts) => {
	const {api, call} = await startApi();
	api.machine.update({...api.machine.create(pod('a')), status}, 'kubelet', 'status');
	const {body} = await call('GET', '/api/v1/namespaces/default/pods', {headers: {accept}});
	expect(body).toMatchObject({
		kind: 'Table',
		columnDefinitions: [{name: 'Name'}, {name: 'Ready'}, {name: 'Status'}, {name: 'Restarts'}, {name: 'Age'}, {priority: 1}, {}, {}, {}],
		rows: [{cells: ['a', ready, word, restarts, '0s', '<none>', '<none>', '<none>', '<none>'], object: {kind: 'PartialObjectMetadata'}}],
	});
});

test('includeObject says how much of each object comes along', async () => {
	const {call} = await startApi();
	await call('POST', deployments, {body: deployment('web')});
	const whole = await call('GET', `${deployments}?includeObject=Object`, {headers: {accept}});
	expect(whole.body).toMatchObject({
		rows: [{cells: ['web', '0/1', 0, 0, '0s', 'main', 'registry.example/web:1', 'app=web'], object: {kind: 'Deployment'}}],
	});
	const none = await call('GET', `${deployments}?includeObject=None`, {headers: {accept}});
	expect(none.body).toMatchObject({rows: [{object: null}]});
});

test('metadata alone comes when it is asked for', async () => {
	const {call} = await startApi();
	await call('POST', deployments, {body: deployment('web')});
	const {body} = await call('GET', deployments, {headers: {accept: 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io'}});
	expect(body).toMatchObject({kind: 'PartialObjectMetadataList', items: [{kind: 'PartialObjectMetadata', metadata: {name: 'web'}}]});
	expect(JSON.stringify(body)).not.toContain('"spec"');
});

test('a form that nobody writes is not acceptable', async () => {
	const {call} = await startApi();
	expect((await call('GET', deployments, {headers: {accept: 'text/html'}})).status).toBe(406);
});
