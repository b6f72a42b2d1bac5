import {expect, test} from 'vitest';
import {newVersion} from '../../../../../src/agents/deploy/strategies/rolling/new-version.ts';
import {deployment} from '../../../../support/kube-objects.ts';

const web = deployment();
const text = (kind: string, name: string, at: string) =>
	`apiVersion: apps/v1\nkind: ${kind}\nmetadata: {name: ${name}}\n${at}: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: 'x:2'}]}}\n`;
const whole = text('Deployment', 'web', 'spec: {replicas: 9, template').replace(/\n$/, '}\n');

test('an image is one field, forward and back', () => {
	expect(newVersion(web, {image: 'x:2'})).toMatchObject({
		words: 'registry.example.com/shop/web:1.0 → x:2',
		image: 'x:2',
		imageInput: 'web=x:2',
		template: {spec: {containers: [{name: 'web', image: 'x:2'}]}},
		back: [{op: 'test'}, {op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'registry.example.com/shop/web:1.0'}],
	});
});

test.each([
	['the workload itself', whole],
	['a PodTemplate of any name', text('PodTemplate', 'any', 'template')],
])('a manifest brings a whole template: %s', (_, manifest) => {
	const version = newVersion(web, {manifest});
	expect(version).toMatchObject({
		image: 'x:2',
		words: 'the pod template of the manifest',
		forward: [{op: 'replace', path: '/spec/template', value: version.template}],
	});
	expect(version.back).toEqual([{op: 'replace', path: '/spec/template', value: Object(web.spec).template}]);
});

test.each([
	[{}, 'what-version', /^Nothing says/],
	[{image: 'x:2', manifest: whole}, 'what-version', /two new versions/],
	[{manifest: text('Deployment', 'other', 'spec')}, 'not-its-template', /Deployment other/],
	[{manifest: `${whole}---\n${text('ConfigMap', 'c', 'data')}`}, 'not-its-template', /it holds 2 objects/],
	[{manifest: 'kind: Deployment\nmetadata: {name: web}\nspec: {replicas: 2}'}, 'not-its-template', /Deployment web/],
	[{manifest: 'a: [}'}, 'bad-yaml', /manifest/],
])('%j is refused: %s', (given, code, message) => {
	expect(() => newVersion(web, given)).toThrow(
		expect.objectContaining({message: expect.stringMatching(message), trouble: expect.objectContaining({code})}),
	);
});
