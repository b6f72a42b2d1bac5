import {expect, test} from 'vitest';
import {configFaults} from '../../../src/analysis/detection/analyzers/config/config-faults.ts';
import {faultLines, surePatches} from './faults-in.ts';

type Shape = {told?: string; volume?: string; root?: string; more?: string};
const template = ({
	told = "args: ['--config=/etc/gauge/gauge.yaml']",
	volume = 'configMap: {name: conf}',
	root = '/etc/gauge',
	more = '',
}: Shape) =>
	`{metadata: {labels: {app: gauge}}, spec: {containers: [{name: gauge, image: 'r.example/gauge:1', ${told}, volumeMounts: [{name: conf, mountPath: ${root}${more}}]}], volumes: [{name: conf, ${volume}}]}}`;
const owner = (kind: string, name: string) =>
	`ownerReferences: [{apiVersion: apps/v1, kind: ${kind}, name: ${name}, uid: u, controller: true}]`;
const revision = (number: number, shape: Shape) => `
kind: ReplicaSet
apiVersion: apps/v1
metadata: {name: gauge-${number}, annotations: {deployment.kubernetes.io/revision: '${number}'}, ${owner('Deployment', 'gauge')}}
spec: {template: ${template(shape)}}
---`;
const gauge = (now: Shape, before: Shape = now, ready = 'False') => `
kind: Deployment
apiVersion: apps/v1
metadata: {name: gauge}
spec: {replicas: 1, selector: {matchLabels: {app: gauge}}, template: ${template(now)}}
---${revision(1, before)}${revision(2, now)}
kind: Pod
apiVersion: v1
metadata: {name: gauge-2-x, labels: {app: gauge}, ${owner('ReplicaSet', 'gauge-2')}}
spec: {containers: [{name: gauge}]}
status: {phase: Running, conditions: [{type: Ready, status: '${ready}'}]}
---`;
const map = (key = 'gauge.yaml', name = 'conf', changed = '') =>
	`\n{kind: ConfigMap, apiVersion: v1, ${changed}metadata: {name: ${name}}, data: {${key}: x}}\n---`;
const keys = (key: string) => `\n{kind: Secret, apiVersion: v1, metadata: {name: keys}, data: {${key}: eA==}}\n---`;
const at = (field: string, way: string, severity = 'critical') => [
	`${severity} told-file-not-there Deployment/gauge spec.template.spec.${field} ${way}`,
];
const arg = (way: string, severity?: string) => at('containers[gauge].args[0]', way, severity);
const misspelt = {told: "args: ['--config=/etc/gauge/gauge.yml']"};
const tls = {told: 'command: [gauge, --key, /etc/gauge/tls.key]', volume: 'secret: {secretName: keys}'};
const env = {told: 'env: [{name: CONFIG, value: file:///etc/gauge/gauge.toml}]'};

test.each([
	['that is there', gauge({}) + map(), []],
	['that is misspelt', gauge(misspelt) + map(), arg('remedy')],
	['whose key has another name now', gauge({}) + map('settings.json'), arg('none')],
	['that a Secret lacks', gauge(tls) + keys('ca.crt'), at('containers[gauge].command[2]', 'none')],
	['that a Secret has', gauge(tls) + keys('tls.key'), []],
	['by a variable', gauge(env) + map(), at('containers[gauge].env[0].value', 'remedy').map(line => line.replace('env[0]', 'env[CONFIG]'))],
	[
		'in another volume since a release',
		gauge({volume: 'configMap: {name: other}'}, {}) + map() + map('x.ini', 'other'),
		at('volumes[conf].configMap.name', 'remedy'),
	],
	[
		'above which the volume is mounted since a release',
		gauge({root: '/etc'}, {}) + map(),
		at('containers[gauge].volumeMounts[conf].mountPath', 'remedy'),
	],
	['where pods that run well have come to read another', gauge(misspelt, {}, 'True') + map(), arg('remedy', 'medium')],
	[
		'where the ConfigMap has changed below pods that run',
		gauge({}, {}, 'True') + map('settings.json', 'conf', 'changed: 5, '),
		arg('none', 'medium'),
	],
	['that pods have done without for long', gauge(misspelt, misspelt, 'True') + map(), []],
	['of the image', gauge({told: "args: ['--config=/opt/gauge/gauge.yml']"}) + map(), []],
	['that may be left out', gauge({...misspelt, volume: 'configMap: {name: conf, optional: true}'}) + map(), []],
	['that the program makes', gauge({...misspelt, volume: 'emptyDir: {}'}), []],
	['of one file that is mounted alone', gauge({...misspelt, root: '/etc/gauge/gauge.yml', more: ', subPath: gauge.yaml'}) + map(), []],
	['that is a directory', gauge({told: "args: ['--config=/etc/gauge/conf.d']"}) + map(), []],
	['in a sentence', gauge({told: "args: ['cat /etc/gauge/gauge.yml || true']"}) + map(), []],
])('a program is told of a file %s', (_, yaml, expected) => {
	expect(faultLines(configFaults, yaml).filter(line => line.includes('told-file'))).toEqual(expected);
});

test('it is told of what it was told before, or of the file of a near name', () => {
	const patch = (from: string, to: string) => [
		JSON.stringify([
			{op: 'test', path: '/spec/template/spec/containers/0/args/0', value: from},
			{op: 'replace', path: '/spec/template/spec/containers/0/args/0', value: to},
		]),
	];
	const [wrong, right] = ['--config=/etc/gauge/gauge.yml', '--config=/etc/gauge/gauge.yaml'];
	expect(surePatches(configFaults, gauge(misspelt) + map())).toEqual(patch(wrong, right));
	expect(surePatches(configFaults, gauge({told: "args: ['--config=/etc/gauge/prod.yaml']"}, {}) + map())).toEqual(
		patch('--config=/etc/gauge/prod.yaml', right),
	);
});
