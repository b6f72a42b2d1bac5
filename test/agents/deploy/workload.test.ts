import {describe, expect, test} from 'vitest';
import {durationMs, durationUpTo} from '../../../src/agents/deploy/duration.ts';
import {imageChange, imagePatch} from '../../../src/agents/deploy/workload.ts';
import {objectAt} from '../../../src/core/kube/json-at.ts';
import {webDeployment} from '../../support/web-deployment.ts';

describe('imageChange', () => {
	test('takes the only container when none is named', () => {
		expect(imageChange(webDeployment(), 'registry.example/shop/web:1.5.0')).toEqual({
			container: 'web',
			path: '/spec/template/spec/containers/0',
			image: 'registry.example/shop/web:1.5.0',
			before: 'registry.example/shop/web:1.4.2',
		});
	});

	test('finds a named container and its place', () => {
		expect(imageChange(webDeployment({containers: ['web', 'proxy']}), 'proxy=envoy:1.30')).toMatchObject({
			container: 'proxy',
			path: '/spec/template/spec/containers/1',
			image: 'envoy:1.30',
		});
	});

	test('finds a container that runs before the others, if it is named', () => {
		const web = webDeployment();
		const pod = {containers: [{name: 'web', image: 'web:1'}], initContainers: [{name: 'migrate', image: 'migrate:1'}]};
		const deployment = {...web, spec: {...objectAt(web, 'spec'), template: {spec: pod}}};
		expect(imageChange(deployment, 'migrate=migrate:2')).toMatchObject({path: '/spec/template/spec/initContainers/0', before: 'migrate:1'});
		expect(imageChange(deployment, 'web:2')).toMatchObject({container: 'web'});
		expect(() => imageChange(deployment, 'other=x:1')).toThrowError(/its containers are web, migrate/);
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
		expect(imagePatch({container: 'web', path: '/spec/template/spec/containers/1', image: 'web:2', before: 'web:1'})).toEqual([
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
	])('%s is %i ms', (text, ms) => expect(durationMs(durationUpTo('24h').parse(text))).toBe(ms));

	test.each(['', '0s', '5', 'm5', '-3s', '1.5h', '3 s'])('%j is none', text =>
		expect(durationUpTo('24h').safeParse(text).success).toBe(false),
	);

	test.each(['86401s', '1441m', '25h', '10000h', '99999h'])('%s is longer than a day', text => {
		expect(
			durationUpTo('24h', 'with --pause-at it stays')
				.safeParse(text)
				.error?.issues.map(({message}) => message),
		).toEqual(['it is 24h at most: with --pause-at it stays']);
	});

	test('a day is not', () => expect(durationUpTo('24h').safeParse('24h').success).toBe(true));
});
