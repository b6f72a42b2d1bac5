import {describe, expect, test} from 'vitest';
import {missedNotes, missedServices} from '../../../../src/agents/deploy/traffic/missed-services.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {fakeCluster} from '../../../support/fake-cluster.ts';
import {deployment, object} from '../../../support/kube-objects.ts';
import {gateway, ref, service} from './routed.ts';

const labels = {app: 'tracker', tier: 'back', release: 'blue'};
const tracker = deployment({
	metadata: {name: 'tracker', uid: 'uid-tracker'},
	spec: {template: {metadata: {labels}, spec: {containers: [{name: 'main', image: 'tracker:1'}]}}},
});
const other = (name: string, more: {readonly [key: string]: string} = {}) =>
	deployment({
		metadata: {name, uid: `uid-${name}`},
		spec: {template: {metadata: {labels: {app: name, ...more}}, spec: {containers: [{name: 'main', image: 'x:1'}]}}},
	});
const pod = (name: string, labelled: {readonly [key: string]: string}) => object('v1', 'Pod', name, {metadata: {labels: labelled}});
const good = service('good', {app: 'tracker'});
const routeTo = (name: string, ...services: readonly string[]) => gateway([{backendRefs: services.map(each => ref(each, 1))}], {}, name);

/** What is found beside the workload, read by the cluster itself, as `name: difference`, with `!` where requests are expected by it. */
async function found(...objects: readonly KubeObject[]): Promise<readonly string[]> {
	const {cluster} = fakeCluster({objects: [tracker, ...objects]});
	const missed = await missedServices(cluster, tracker, objects);
	return missed.map(({name, differs, isExpected}) => `${isExpected ? '! ' : ''}${name}: ${differs}`);
}

describe('a Service that was meant for a workload and selects none of its pods', () => {
	test.each<readonly [string, readonly KubeObject[], readonly string[]]>([
		['one letter is missing', [service('public', {app: 'traker'})], ['! public: app=traker, where they carry app=tracker']],
		['beside another that leads there', [service('public', {app: 'traker'}), good], ['public: app=traker, where they carry app=tracker']],
		[
			'one of two labels is another',
			[service('public', {app: 'tracker', tier: 'front'}), good],
			['public: tier=front, where they carry tier=back'],
		],
		[
			'a label that the pods lack',
			[service('public', {app: 'tracker', track: 'stable'}), good],
			['public: track=stable, a label that they lack'],
		],
		['a key that is written wrong', [service('public', {ap: 'tracker'}), good], ['public: ap=tracker, a label that they lack']],
		['a shorter name', [service('public', {app: 'track'}), good], ['public: app=track, where they carry app=tracker']],
		[
			'of its name, whatever it selects',
			[service('tracker', {app: 'nobody'}), good],
			['! tracker: app=nobody, where they carry app=tracker'],
		],
		[
			'of its name, with several labels',
			[service('tracker', {app: 'nobody', zone: 'a'}), good],
			['! tracker: app=nobody, where they carry app=tracker, and for zone=a, a label that they lack'],
		],
		[
			'behind a route that leads to the workload too',
			[service('old', {job: 'gone'}), good, routeTo('edge', 'good', 'old')],
			['! old: job=gone, a label that they lack'],
		],
		[
			'behind a route of its name',
			[service('old', {job: 'gone'}), good, routeTo('tracker', 'old')],
			['! old: job=gone, a label that they lack'],
		],
	])('%s', async (_, objects, told) => expect(await found(...objects)).toEqual(told));

	test.each<readonly [string, readonly KubeObject[]]>([
		['leads there', [good]],
		['has no selector', [service('public', {})]],
		['asks for something else altogether', [service('billing', {app: 'billing'}), good]],
		['is two labels away', [service('public', {app: 'tracker', tier: 'front', release: 'green'}), good]],
		['finds other pods', [service('public', {app: 'tracke'}), pod('tracke-1', {app: 'tracke'}), good]],
		['is of another workload without pods', [service('front', {app: 'trackers', tier: 'front'}), other('trackers', {tier: 'front'}), good]],
		['is behind a route to something else', [service('old', {job: 'gone'}), good, routeTo('edge', 'old')]],
		['is of another namespace', [{...service('tracker', {app: 'nobody'}), metadata: {name: 'tracker', namespace: 'test'}}]],
	])('is none that %s', async (_, objects) => expect(await found(...objects)).toEqual([]));

	test('is read from the cluster where nobody has read the Services yet', async () => {
		const {cluster} = fakeCluster({objects: [tracker, service('public', {app: 'traker'})]});
		expect((await missedServices(cluster, tracker)).map(({name}) => name)).toEqual(['public']);
	});

	test('is a danger where requests are expected by it, a warning elsewhere, and says how to mend it', () => {
		const [expected, odd] = missedNotes(
			[
				{name: 'public', differs: 'app=traker, where they carry app=tracker', isExpected: true},
				{name: 'odd', differs: 'tier=x, a label that they lack', isExpected: false},
			],
			tracker,
			'danger',
		);
		expect(expected).toEqual({
			id: 'service-selects-nothing',
			severity: 'danger',
			text: 'Service public selects no pod of tracker: it asks for app=traker, where they carry app=tracker. No request reaches it so; mend it: mkcoa k8s patch service public -n shop',
		});
		expect(odd?.severity).toBe('warning');
	});
});
