import {describe, expect, test} from 'vitest';
import {both, sampling} from './sampling.ts';

describe('latency', () => {
	const buckets = 'http_request_duration_seconds_bucket';
	const running = () =>
		sampling(['latency-p50,latency-p99'], ({set}) => {
			for (const le of ['0.1', '0.5', '+Inf']) set(buckets, {pod: 'web-1', le}, 100);
			for (const le of ['0.1', '0.5', '+Inf']) set(buckets, {pod: 'web-canary-1', le}, 0);
		});

	test('cumulative buckets become requests per bucket, read once for all quantiles', async () => {
		const {set, look, sample, queries} = await running();
		await look();
		for (const [le, value] of Object.entries({'0.1': 150, '0.5': 180, '+Inf': 181})) set(buckets, {pod: 'web-1', le}, value);
		for (const [le, value] of Object.entries({'0.1': 1, '0.5': 4, '+Inf': 9})) set(buckets, {pod: 'web-canary-1', le}, value);
		const asked = queries.length;
		const upperBounds = [0.1, 0.5, Number.POSITIVE_INFINITY];
		const interval = {kind: 'latency', spanMs: 0, upperBounds, canary: [1, 3, 5], stable: [50, 30, 1]};
		expect(await sample(both)).toEqual([
			{metric: 'latency-p50', interval},
			{metric: 'latency-p99', interval},
		]);
		expect(queries).toHaveLength(asked + 1);
	});

	test('a version with other buckets is compared by the bounds that both have', async () => {
		const {set, look, forget} = await running();
		forget('web-canary-1');
		for (const le of ['0.1', '0.25', '+Inf']) set(buckets, {pod: 'web-canary-1', le}, 0);
		await look();
		for (const [le, value] of Object.entries({'0.1': 3, '0.25': 5, '+Inf': 6})) set(buckets, {pod: 'web-canary-1', le}, value);
		expect(await look()).toMatchObject({interval: {upperBounds: [0.1, Number.POSITIVE_INFINITY], canary: [3, 3], stable: [0, 0]}});
	});

	test('nothing in common is no data', async () => {
		const {set, look, forget} = await running();
		forget('web-canary-1');
		for (const le of ['0.2', '+Inf']) set(buckets, {pod: 'web-canary-1', le}, 0);
		expect(await look()).toMatchObject({missing: 'the buckets of http_request_duration_seconds_bucket have no bounds that all pods share'});
	});

	test('milliseconds become seconds', async () => {
		const name = 'istio_request_duration_milliseconds_bucket';
		const labels = {pod: 'web-1', reporter: 'destination'};
		const {set, look} = await sampling(['latency-p99'], server => {
			for (const le of ['50', '+Inf']) server.set(name, {...labels, le}, 1);
		});
		for (const le of ['50', '+Inf']) set(name, {...labels, pod: 'web-canary-1', le}, 1);
		expect(await look()).toMatchObject({interval: {upperBounds: [0.05, Number.POSITIVE_INFINITY]}});
	});
});
