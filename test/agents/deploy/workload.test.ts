import {describe, expect, test} from 'vitest';
import {durationMs, durationText} from '../../../src/agents/deploy/duration.ts';
import {imageChange, imagePatch} from '../../../src/agents/deploy/workload.ts';
import {webDeployment} from '../../support/web-deployment.ts';

describe('imageChange', () => {
	test('takes the only container when none is named', () => {
		expect(imageChange(webDeployment(), 'registry.example/shop/web:1.5.0')).toEqual({
			container: 'web',
			index: 0,
			image: 'registry.example/shop/web:1.5.0',
			before: 'registry.example/shop/web:1.4.2',
		});
	});

	test('finds a named container and its place', () => {
		expect(imageChange(webDeployment({containers: ['web', 'proxy']}), 'proxy=envoy:1.30')).toMatchObject({
			container: 'proxy',
			index: 1,
			image: 'envoy:1.30',
		});
	});

	test.each([
		['', 'bad-image'],
		['web=', 'bad-image'],
		['--server=attacker.example', 'which-container'],
		['--server=https://attacker.example', 'bad-image'],
		['a b', 'bad-image'],
		['-rm', 'bad-image'],
		['http://registry.example/web:1', 'bad-image'],
		['registry.example/Shop/web:1', 'bad-image'],
		['web@sha256:abc', 'bad-image'],
		['other=x:1', 'which-container'],
	])('refuses %j', (text, code) => {
		expect(() => imageChange(webDeployment(), text)).toThrowError(
			expect.objectContaining({trouble: expect.objectContaining({kind: 'usage', code})}),
		);
	});

	test('asks which container where there are several', () => {
		expect(() => imageChange(webDeployment({containers: ['web', 'proxy']}), 'web:2')).toThrowError(
			/web has 2 containers: its containers are web, proxy/,
		);
	});

	test('the patch names the container that it was made for', () => {
		expect(imagePatch({container: 'web', index: 1, image: 'web:2', before: 'web:1'})).toEqual([
			{op: 'test', path: '/spec/template/spec/containers/1/name', value: 'web'},
			{op: 'replace', path: '/spec/template/spec/containers/1/image', value: 'web:2'},
		]);
	});
});

describe('durations', () => {
	test.each([
		['30s', 30_000],
		['5m', 300_000],
		['1h', 3_600_000],
	])('%s is %i ms', (text, ms) => expect(durationMs(durationText.parse(text))).toBe(ms));

	test.each(['', '0s', '5', 'm5', '-3s', '1.5h', '3 s'])('%j is none', text => expect(durationText.safeParse(text).success).toBe(false));
});
