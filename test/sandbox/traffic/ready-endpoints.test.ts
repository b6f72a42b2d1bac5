import {expect, test} from 'vitest';
import type {EndpointSlice} from '../../../src/sandbox/life/shapes.ts';
import {readyEndpoints, serviceOfSlice} from '../../../src/sandbox/traffic/ready-endpoints.ts';

const slice = (name: string, endpoints: unknown): EndpointSlice =>
	({
		apiVersion: 'discovery.k8s.io/v1',
		kind: 'EndpointSlice',
		metadata: {name, namespace: 'app', labels: {'kubernetes.io/service-name': 'web'}},
		endpoints,
	}) as EndpointSlice;
const endpoint = (uid: string | undefined, ready = true) => ({
	addresses: ['10.0.0.1'],
	conditions: {ready},
	...(uid === undefined ? {} : {targetRef: {kind: 'Pod', name: uid, uid}}),
});

test('a Service has the ready endpoints of all its slices', () => {
	const ready = readyEndpoints();
	ready.notice(slice('web-a', [endpoint('1'), endpoint('2', false)]), false);
	ready.notice(slice('web-b', [endpoint('3'), endpoint(undefined)]), false);
	expect(serviceOfSlice(slice('web-a', []))).toBe('app/web');
	expect([...ready.of('app/web')]).toEqual(['1', '3', '']);
	ready.notice(slice('web-b', []), true);
	expect([...ready.of('app/web')]).toEqual(['1']);
	expect([...ready.of('app/other')]).toEqual([]);
});

test('a list that is empty may be null, as a real API server writes it', () => {
	const ready = readyEndpoints();
	ready.notice(slice('web-a', [endpoint('1')]), false);
	ready.notice(slice('web-a', null), false);
	expect([...ready.of('app/web')]).toEqual([]);
});
