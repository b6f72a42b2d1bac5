import {randomBytes} from 'node:crypto';
import {describe, expect, test} from 'vitest';
import type {Bundle} from '../../../../src/agents/deploy/bundle/bundle.ts';
import {bundleLabel, bundleName} from '../../../../src/agents/deploy/bundle/bundle-name.ts';
import {bundleSecret, mostBytes, tooLarge} from '../../../../src/agents/deploy/bundle/bundle-secret.ts';
import {keepBundle} from '../../../../src/agents/deploy/bundle/kept-bundles.ts';
import {openBundle} from '../../../../src/agents/deploy/bundle/open-bundle.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {deployment, object} from '../../../support/kube-objects.ts';

const web = deployment({metadata: {uid: 'uid-web'}});
const config = (name: string, data: {readonly [key: string]: string}) => object('v1', 'ConfigMap', name, {data});
const secret = object('v1', 'Secret', 'db', {type: 'Opaque', data: {password: 'aHVudGVyMg=='}});
const scaler = object('autoscaling/v2', 'HorizontalPodAutoscaler', 'web', {spec: {minReplicas: 2, maxReplicas: 9}});

const bundle = (change: Partial<Bundle> = {}): Bundle => ({
	workload: web,
	revision: 4,
	configs: [config('a', {A: '1'}), config('b', {B: '2'})],
	secrets: [secret],
	scalers: [scaler],
	budgets: [],
	services: [object('v1', 'Service', 'web', {spec: {selector: {app: 'web'}}})],
	routes: [object('gateway.networking.k8s.io/v1', 'HTTPRoute', 'web', {spec: {rules: []}})],
	leftOut: ['Secret shop/other: reading it is not allowed'],
	...change,
});

const dataOf = ({data}: KubeObject): {readonly [key: string]: unknown} => Object(data);
const bytesOf = (made: KubeObject) =>
	Object.values(dataOf(made)).reduce<number>((sum, text) => sum + Buffer.from(String(text), 'base64').length, 0);

describe('a bundle as a Secret', () => {
	test('comes out as it went in, and twice the same text', () => {
		const made = bundleSecret(bundle());
		expect(openBundle(made)).toEqual(bundle());
		expect(bundleSecret(bundle())).toEqual(made);
		expect(made).toMatchObject({
			kind: 'Secret',
			type: 'mkcoa.dev/bundle',
			metadata: {
				name: 'mkcoa-bundle-web-4',
				namespace: 'shop',
				labels: {'app.kubernetes.io/managed-by': 'mkcoa', 'mkcoa.dev/bundle-of': 'web'},
				annotations: {'mkcoa.dev/workload': 'Deployment/web', 'mkcoa.dev/revision': '4'},
				ownerReferences: [{apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: 'uid-web'}],
			},
		});
		expect(Object.keys(dataOf(made)).toSorted()).toEqual([
			'configs.ConfigMap.a',
			'configs.ConfigMap.b',
			'left-out',
			'routes.HTTPRoute.web',
			'scalers.HorizontalPodAutoscaler.web',
			'secrets.Secret.db',
			'services.Service.web',
			'workload.Deployment.web',
		]);
	});

	test('leaves the largest objects out where a Secret cannot hold all, and says so inside', () => {
		const noise = (bytes: number) => randomBytes(bytes).toString('base64');
		const large = bundle({
			configs: [config('small', {A: '1'}), config('largest', {A: noise(800_000)}), config('large', {A: noise(600_000)})],
		});
		const made = bundleSecret(large);
		expect(bytesOf(made)).toBeLessThan(1_048_576);
		expect(mostBytes).toBeLessThan(1_048_576);
		const opened = openBundle(made);
		expect(opened.configs.map(({metadata}) => metadata.name)).toEqual(['large', 'small']);
		expect(opened.leftOut).toEqual([...large.leftOut, ...tooLarge(large)]);
		expect(tooLarge(large)).toEqual([expect.stringMatching(/^ConfigMap shop\/largest: \d+ KiB, too large to be kept with the others$/)]);
	});

	test('names that are too long end in a hash, and two long ones differ', () => {
		const long = (end: string) => deployment({}, `${'a'.repeat(250)}${end}`);
		const [one, other] = [bundleName(long('x'), 12), bundleName(long('y'), 12)];
		expect(one.length).toBeLessThanOrEqual(253);
		expect(one).toMatch(/-12$/);
		expect(one).not.toBe(other);
		expect(bundleLabel(long('x')).length).toBeLessThanOrEqual(63);
		expect(bundleName({kind: 'StatefulSet', metadata: {name: 'db'}}, 2)).toBe('mkcoa-bundle-statefulset.db-2');
	});
});

describe('what somebody else wrote into it', () => {
	const made = bundleSecret(bundle());
	const other = bundleSecret(bundle({configs: [object('v1', 'ConfigMap', 'a', {metadata: {namespace: 'kube-system'}, data: {}})]}));
	test.each([
		['text that is not packed', {'configs.ConfigMap.a': 'bm90IHppcHBlZA=='}, /cannot be read/],
		['a key of no list', {'roles.ClusterRole.a': dataOf(made)['configs.ConfigMap.a']}, /none of a bundle/],
		['a kind that a list never holds', {'configs.Secret.db': dataOf(made)['secrets.Secret.db']}, /none of a bundle/],
		['an object of another namespace', {'configs.ConfigMap.a': dataOf(other)['configs.ConfigMap.a']}, /no object of its namespace/],
	])('%s is refused', (_, data, why) => {
		const changed = {...made, data: {...dataOf(made), ...data}} as KubeObject;
		expect(() => openBundle(changed)).toThrow(
			expect.objectContaining({trouble: expect.objectContaining({code: 'bad-bundle', why: expect.stringMatching(why)})}),
		);
	});

	test('a Secret without a workload is no bundle', () => {
		expect(() => openBundle(object('v1', 'Secret', 'x', {data: {}}))).toThrow(/holds no workload/);
	});
});

test('the newest ten are kept, and one of the same revision is set anew', () => {
	const ops = (revisions: readonly number[]) => keepBundle(bundle({revision: 14}), {revisions}).map(({op, ref}) => `${op} ${ref.name}`);
	expect(ops([])).toEqual(['create mkcoa-bundle-web-14']);
	expect(ops([3, 5, 6, 7, 8, 9, 10, 11, 12, 13])).toEqual(['create mkcoa-bundle-web-14', 'delete mkcoa-bundle-web-3']);
	expect(ops([1, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14])).toEqual([
		'replace mkcoa-bundle-web-14',
		'delete mkcoa-bundle-web-1',
		'delete mkcoa-bundle-web-3',
	]);
});
