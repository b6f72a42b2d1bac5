import {describe, expect, test} from 'vitest';
import {findEdits, imageParts} from '../../../../../src/agents/deploy/ownership/gitops/find-edits.ts';
import {joined, layersOf, sourcesOf} from '../../../../../src/agents/deploy/ownership/gitops/source-tree.ts';
import type {Change, FieldChange} from '../../../../../src/core/plan.ts';

const ref = {apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web'};
const change = (fields: readonly FieldChange[]): Change => ({ref, operation: 'update', fields, computed: 'server'});
const image = change([
	{
		path: ['spec', 'template', 'spec', 'containers', {name: 'web'}, 'image'],
		operation: 'replace',
		before: 'registry.example/shop/web:1.4.2',
		after: 'registry.example/shop/web:1.5.0',
	},
]);
const replicas = change([{path: ['spec', 'replicas'], operation: 'replace', before: 3, after: 5}]);
const memory = change([
	{path: ['spec', 'template', 'spec', 'containers', {name: 'web'}, 'resources'], operation: 'add', after: {limits: {memory: '1Gi'}}},
]);

const manifest = (name = 'web') => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  replicas: 3
  template:
    spec:
      containers:
      - name: web
        image: registry.example/shop/web:1.4.2
`;

/** `file path=value` of each edit. */
const found = (files: {readonly [path: string]: string}, changes: readonly Change[], folder = '') => {
	const sources = Object.entries(files).map(([path, text]) => ({path, text}));
	const {edits, missing} = findEdits(sourcesOf(sources, folder), changes);
	return [...edits.map(({file, path, after}) => `${file} ${JSON.stringify(path)} = ${JSON.stringify(after)}`), ...missing];
};
const containerImage = '["spec","template","spec","containers",{"name":"web"},"image"] = "registry.example/shop/web:1.5.0"';

describe('the place of a field is', () => {
	const rows: readonly (readonly [string, {readonly [path: string]: string}, readonly Change[], string, readonly string[]])[] = [
		['the manifest', {'apps/web.yaml': manifest()}, [image], 'apps', [`apps/web.yaml ${containerImage}`]],
		['the named file', {'a.yaml': manifest(), 'b.yaml': manifest()}, [image], 'b.yaml', [`b.yaml ${containerImage}`]],
		[
			'the images of the outermost kustomization',
			{
				'base/kustomization.yaml': 'resources: [web.yaml]\n',
				'base/web.yaml': manifest(),
				'prod/kustomization.yaml': 'resources: [../base]\nimages: [{name: registry.example/shop/web, newTag: 1.4.2}]\n',
			},
			[image],
			'prod',
			['prod/kustomization.yaml ["images",{"name":"registry.example/shop/web"},"newTag"] = "1.5.0"'],
		],
		[
			'the base, where the overlay says nothing of it',
			{
				'base/kustomization.yaml': 'resources: [web.yaml]\n',
				'base/web.yaml': manifest(),
				'prod/kustomization.yml': 'resources: [../base]\nnamespace: shop\n',
			},
			[image],
			'prod',
			[`base/web.yaml ${containerImage}`],
		],
		[
			'a patch before the manifest, under the name without prefix',
			{
				'kustomization.yaml': 'namePrefix: w\nresources: [web.yaml]\npatches: [{path: more.yaml}]\n',
				'web.yaml': manifest('eb'),
				'more.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: eb}\nspec: {replicas: 3}\n',
			},
			[replicas],
			'',
			['more.yaml ["spec","replicas"] = 5'],
		],
		[
			'the replicas of a kustomization',
			{'kustomization.yaml': 'resources: [web.yaml]\nreplicas: [{name: web, count: 3}]\n', 'web.yaml': manifest()},
			[replicas],
			'',
			['kustomization.yaml ["replicas",{"name":"web"},"count"] = 5'],
		],
		[
			'the values of a chart, in their three keys',
			{
				'chart/values.yaml': 'web:\n  image: {registry: registry.example, repository: shop/web, tag: 1.4.2}\n',
				'chart/templates/web.yaml': '{{ x }}\n',
			},
			[image],
			'chart',
			['chart/values.yaml ["web","image","tag"] = "1.5.0"'],
		],
		[
			'the values of a HelmRelease',
			{'release.yaml': 'kind: HelmRelease\nspec:\n  values:\n    image: {repository: registry.example/shop/web, tag: 1.4.2}\n'},
			[image],
			'',
			['release.yaml ["spec","values","image","tag"] = "1.5.0"'],
		],
		[
			'a field that nobody sets yet: the manifest',
			{'web.yaml': manifest()},
			[memory],
			'',
			['web.yaml ["spec","template","spec","containers",{"name":"web"},"resources"] = {"limits":{"memory":"1Gi"}}'],
		],
		[
			'open where two files set it alike',
			{'staging/web.yaml': manifest(), 'prod/web.yaml': manifest()},
			[image],
			'',
			[
				'spec.template.spec.containers[name=web].image of Deployment shop/web: staging/web.yaml and prod/web.yaml set it alike; name one of them',
			],
		],
		[
			'nowhere for another namespace',
			{'web.yaml': manifest().replace('name: web', 'name: web, namespace: other')},
			[replicas],
			'',
			['spec.replicas of Deployment shop/web: no file sets it'],
		],
		[
			'the overlay that makes it, where the folder holds base and overlays',
			{
				'base/kustomization.yaml': 'resources: [web.yaml]\n',
				'base/web.yaml': manifest(),
				'overlays/prod/kustomization.yaml':
					'namespace: shop\nresources: [../../base]\nimages:\n- {name: registry.example/shop/web, newTag: 1.4.2}\n',
				'overlays/dev/kustomization.yaml': 'namespace: dev\nresources: [../../base]\n',
				'overlays/job/kustomization.yaml': 'resources: [job.yaml]\nimages:\n- {name: registry.example/shop/web, newTag: 1.4.2}\n',
				'overlays/job/job.yaml': 'apiVersion: batch/v1\nkind: Job\nmetadata: {name: web}\n',
			},
			[image],
			'',
			['overlays/prod/kustomization.yaml ["images",{"name":"registry.example/shop/web"},"newTag"] = "1.5.0"'],
		],
		[
			'no overlay where two make it and set it',
			{
				'base/web.yaml': manifest(),
				'base/kustomization.yaml': 'resources: [web.yaml]\n',
				'one/kustomization.yaml': 'resources: [../base]\nimages:\n- {name: registry.example/shop/web, newTag: 1.4.2}\n',
				'two/kustomization.yaml': 'resources: [../base]\n',
			},
			[image],
			'',
			[
				'spec.template.spec.containers[name=web].image of Deployment shop/web: one/kustomization.yaml and base/web.yaml set it alike; name one of them',
			],
		],
		[
			'the one manifest that two overlays share',
			{
				'base/web.yaml': manifest(),
				'base/kustomization.yaml': 'resources: [web.yaml]\n',
				'one/kustomization.yaml': 'resources: [../base]\n',
				'two/kustomization.yaml': 'resources: [../base]\n',
			},
			[image],
			'',
			[`base/web.yaml ${containerImage}`],
		],
		[
			'nowhere for another value',
			{'web.yaml': manifest().replace('replicas: 3', 'replicas: 4')},
			[replicas],
			'',
			['spec.replicas of Deployment shop/web: no file sets it'],
		],
	];
	test.each(rows)('%s', (_, files, changes, folder, edits) => {
		expect(found(files, changes, folder)).toEqual(edits);
	});
});

test('a secret value and a new object have no place in files', () => {
	const secret = change([{path: ['data', 'password'], operation: 'replace', secret: true}]);
	expect(found({'web.yaml': manifest()}, [secret, {...replicas, operation: 'create'}])).toEqual([
		'data.password of Deployment shop/web: a secret value is not written into files',
		'create Deployment shop/web: only fields of objects that are there can be edited',
	]);
});

test('a kustomization that lists itself is read once', () => {
	expect(layersOf([{path: 'kustomization.yaml', text: 'resources: [., ./, ../]\n'}], '')).toHaveLength(1);
});

test.each([
	['nginx', {name: 'nginx'}],
	['localhost:5000/a/b:1.2', {name: 'localhost:5000/a/b', tag: '1.2'}],
	['a/b:1@sha256:00', {name: 'a/b', tag: '1', digest: 'sha256:00'}],
])('the parts of image %s', (text, parts) => {
	expect(imageParts(text)).toEqual(parts);
});

test.each([
	['a/b', '../c', 'a/c'],
	['', './x//y', 'x/y'],
	['a', '../../../..', ''],
])('%s with %s is %s', (folder, path, whole) => {
	expect(joined(folder, path)).toBe(whole);
});
