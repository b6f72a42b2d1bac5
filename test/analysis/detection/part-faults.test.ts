import {expect, test} from 'vitest';
import {configFaults} from '../../../src/analysis/detection/analyzers/config/config-faults.ts';
import {faultLines, surePatches} from './faults-in.ts';

const template = (part: string, source: string, at = '/etc/gauge/gauge.yaml') =>
	`{metadata: {labels: {app: gauge}}, spec: {containers: [{name: gauge, image: 'r.example/gauge:1', volumeMounts: [{name: conf, mountPath: ${at}, subPath: ${part}}]}], volumes: [{name: conf, ${source}}]}}`;
const gauge = (part: string, source: string, at?: string) => `
kind: Deployment
apiVersion: apps/v1
metadata: {name: gauge}
spec: {replicas: 1, selector: {matchLabels: {app: gauge}}, template: ${template(part, source, at)}}
---
{kind: ConfigMap, apiVersion: v1, metadata: {name: conf}, data: {all: x, rules: y}}
---
{kind: Secret, apiVersion: v1, metadata: {name: keys}, data: {token: eA==}}
---`;
const revision = (number: number, part: string, source: string) => `
kind: ReplicaSet
apiVersion: apps/v1
metadata: {name: gauge-${number}, annotations: {deployment.kubernetes.io/revision: '${number}'}, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: gauge, uid: u, controller: true}]}
spec: {template: ${template(part, source)}}
---`;
const items = 'configMap: {name: conf, items: [{key: all, path: gauge.yaml}, {key: rules, path: more/rules.yaml}]}';
const labels = 'downwardAPI: {items: [{path: labels, fieldRef: {fieldPath: metadata.labels}}]}';
const several =
	'projected: {sources: [{configMap: {name: conf}}, {secret: {name: keys}}, {serviceAccountToken: {path: account}}, {downwardAPI: {items: [{path: labels, fieldRef: {fieldPath: metadata.labels}}]}}]}';
const line = (way: string) => [
	`critical file-not-in-volume Deployment/gauge spec.template.spec.containers[gauge].volumeMounts[conf].subPath ${way}`,
];

test.each([
	['of an item', gauge('gauge.yaml', items), []],
	['that is the directory of an item', gauge('more', items), []],
	['named by its key, where the item has another name', gauge('all', items), line('remedy')],
	['that is misspelt', gauge('more/rulez.yaml', items, '/etc/rules'), line('remedy')],
	['that nobody can tell', gauge('limits', items, '/etc/limits'), line('none')],
	['of a field', gauge('annotations', labels, '/etc/a'), line('remedy')],
	['of several sources', gauge('token', several, '/etc/t'), []],
	['of a token', gauge('account', several, '/etc/t'), []],
	['that no source has', gauge('tokn', several, '/etc/t'), line('remedy')],
	[
		'that a source may have which is not there',
		gauge('tokn', several.replace('name: keys', 'name: other'), '/etc/t'),
		['high reference-not-there Deployment/gauge spec.template.spec.volumes[conf].projected.sources[1].secret.name none'],
	],
	['that may be left out', gauge('all', items.replace('name: conf', 'name: conf, optional: true')), []],
	['of a directory that is made', gauge('run', 'emptyDir: {}', '/run/x'), []],
	// Of a whole ConfigMap its own class tells.
	['that is a key of a whole ConfigMap', gauge('all', 'configMap: {name: conf}'), []],
])('a file %s', (_, yaml, expected) => {
	expect(faultLines(configFaults, yaml)).toEqual(expected);
});

test('the file comes back by the release before, and else by the name of the place where it is mounted', () => {
	const patch = (from: string, to: string) => [
		JSON.stringify([
			{op: 'test', path: '/spec/template/spec/containers/0/volumeMounts/0/subPath', value: from},
			{op: 'replace', path: '/spec/template/spec/containers/0/volumeMounts/0/subPath', value: to},
		]),
	];
	const released = gauge('rulez', items) + revision(1, 'more/rules.yaml', items) + revision(2, 'rulez', items);
	expect(surePatches(configFaults, released)).toEqual(patch('rulez', 'more/rules.yaml'));
	expect(surePatches(configFaults, gauge('all', items))).toEqual(patch('all', 'gauge.yaml'));
	expect(surePatches(configFaults, gauge('annotations', labels, '/etc/a'))).toEqual([]);
});
