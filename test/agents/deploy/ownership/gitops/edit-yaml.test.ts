import {describe, expect, test} from 'vitest';
import {editYaml, UneditableError} from '../../../../../src/agents/deploy/ownership/gitops/edit-yaml.ts';

const file = `# the shop's front
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web   # do not rename
spec:
  replicas: 3
  template:
    spec:
      containers:
      - name: sidecar
        image: 'proxy:1'
      # the shop itself
      - name: web
        image: "registry.example/shop/web:1.4.2" # bumped by release
        args: [--port, "80"]
        resources:
          requests: {cpu: 100m}

---
kind: Service
`;

const web = ['spec', 'template', 'spec', 'containers', {name: 'web'}] as const;
const lineOf = (text: string) => text.split('\n');

describe('only the lines of the field change:', () => {
	const rows: readonly (readonly [string, Parameters<typeof editYaml>[1], readonly string[], readonly string[]])[] = [
		[
			'a text keeps its quotes and its remark',
			{document: 0, path: [...web, 'image'], value: 'registry.example/shop/web:1.5.0'},
			['        image: "registry.example/shop/web:1.4.2" # bumped by release'],
			['        image: "registry.example/shop/web:1.5.0" # bumped by release'],
		],
		['a number', {document: 0, path: ['spec', 'replicas'], value: 5}, ['  replicas: 3'], ['  replicas: 5']],
		[
			'a list in one line',
			{document: 0, path: [...web, 'args'], value: ['--port', '8080']},
			['        args: [--port, "80"]'],
			['        args: [ --port, "8080" ]'],
		],
		['a new field', {document: 0, path: ['metadata', 'labels'], value: {team: 'shop'}}, [], ['  labels:', '    team: shop']],
		['a new field of a list item', {document: 0, path: [...web, 'tty'], value: true}, [], ['        tty: true']],
		[
			'a field goes',
			{document: 0, path: [...web, 'resources'], value: undefined},
			['        resources:', '          requests: {cpu: 100m}'],
			[],
		],
		[
			'the first field of an item goes',
			{document: 0, path: ['spec', 'template', 'spec', 'containers', 0, 'name'], value: undefined},
			['      - name: sidecar', "        image: 'proxy:1'"],
			["      - image: 'proxy:1'"],
		],
		[
			'a new item',
			{document: 0, path: ['spec', 'template', 'spec', 'containers', {name: 'log'}, 'image'], value: 'log:1'},
			[],
			['      - name: log', '        image: log:1'],
		],
		['another document', {document: 1, path: ['spec', 'type'], value: 'NodePort'}, [], ['  type: NodePort']],
	];
	test.each(rows)('%s', (_, edit, gone, come) => {
		const edited = editYaml(file, edit);
		const [before, after] = [lineOf(file), lineOf(edited)];
		expect(before.filter(line => !after.includes(line))).toEqual(gone);
		expect(after.filter(line => !before.includes(line))).toEqual(come);
	});
});

test('a value behind an alias is refused, because others would change with it', () => {
	expect(() => editYaml('a: &x {image: web:1}\nb: *x\n', {document: 0, path: ['b', 'image'], value: 'web:2'})).toThrow(UneditableError);
});

test('a value that others share by an anchor is refused', () => {
	expect(() => editYaml('a: &x {image: web:1}\nb: *x\n', {document: 0, path: ['a', 'image'], value: 'web:2'})).toThrow(UneditableError);
});

test('a file that is no YAML is refused', () => {
	expect(() => editYaml('{{- if .Values.x }}\na: b\n{{ end }}\n', {document: 0, path: ['a'], value: 'c'})).toThrow(UneditableError);
});
