import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {fateOf, imageRules} from '../../../src/sandbox/life/kubelet/image-rules.ts';
import type {Pod} from '../../../src/sandbox/life/pod-shapes.ts';

const document = readFileSync(new URL('../../../docs/embedded-cluster.md', import.meta.url), 'utf8');
const fate = (image: string, annotations: Record<string, string> = {}) => {
	const container = {name: 'main', image};
	const pod: Pod = {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'one', annotations}, spec: {containers: [container]}};
	return fateOf(pod, container);
};

test('the document has a row for each word, and no other', () => {
	const table = document.slice(document.indexOf('| word |'), document.indexOf('A probe on a port'));
	expect([...table.matchAll(/^\| `(\w+)` \|/gm)].map(([, word]) => word).sort()).toEqual(Object.keys(imageRules).sort());
});

test.each([
	'registry.example/shop/web:1.4.2',
	'nginx',
	'nginx:1.29',
	'docker.io/library/redis:7',
	'team/badger:1.0',
	'registry.example/crash/web:2.0',
])('%s is ordinary', image => {
	expect(fate(image)).toEqual({startMs: 2000, errorRatio: 0.001, latencyMs: 40, leakBytesPerSecond: 0, backOffMs: 10_000});
});

test('words of a tag add up', () => {
	expect(fate('a:1.0-slow-bad.latency')).toMatchObject({startMs: 60_000, errorRatio: 0.12, latencyMs: 900});
});

test('an annotation wins over a word', () => {
	expect(fate('a:1.0-bad', {'sandbox.mkcoa.dev/error-ratio': '0.5'}).errorRatio).toBe(0.5);
});
