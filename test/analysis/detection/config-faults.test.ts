import {expect, test} from 'vitest';
import {configFaults} from '../../../src/analysis/detection/analyzers/config/config-faults.ts';
import {remedies, told} from './told-in.ts';

/** Deployment web with a pod that is ready. */
const web = (pod: string, more = '') => `
apiVersion: apps/v1
kind: Deployment
${more}
metadata: {name: web}
spec: {replicas: 1, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: ${pod}}}
---
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: web-2, annotations: {deployment.kubernetes.io/revision: "2"}, ownerReferences: [{kind: Deployment, name: web, controller: true}]}
spec: {template: {metadata: {labels: {app: web}}, spec: ${pod}}}
---
apiVersion: v1
kind: Pod
metadata: {name: web-2-x, labels: {app: web}, creationTimestamp: "2026-11-27T09:30:00Z", ownerReferences: [{kind: ReplicaSet, name: web-2, controller: true}]}
status: {phase: Running, conditions: [{type: Ready, status: "True"}]}
---`;
/** The revision before. */
const before = (pod: string) => `
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: web-1, annotations: {deployment.kubernetes.io/revision: "1"}, ownerReferences: [{kind: Deployment, name: web, controller: true}]}
spec: {template: {metadata: {labels: {app: web}}, spec: ${pod}}}
---`;
const settings = (data: string, more = '', name = 'web-config') => `
apiVersion: v1
kind: ConfigMap
${more}
metadata: {name: ${name}}
data: ${data}
---`;
const takes = (key: string, config = 'web-config', more = '') =>
	`{containers: [{name: web, image: "web:1"${more}, env: [{name: RATE, valueFrom: {configMapKeyRef: {name: ${config}, key: ${key}}}}]}]}`;
const env = (variables: string, more = '') => `{containers: [{name: web, image: "web:1", env: ${variables}${more}}]}`;
const secret = (keys: string) => `
apiVersion: v1
kind: Secret
metadata: {name: web-secret}
data: ${keys}
---`;
const container = 'spec.template.spec.containers[web]';
const keyPath = `${container}.env[RATE].valueFrom.configMapKeyRef`;

const rows: readonly (readonly [string, string, readonly string[]])[] = [
	['a key that is there', web(takes('RATE')) + settings('{RATE: "5"}'), []],
	[
		'a key renamed in the ConfigMap after the Deployment was written',
		web(takes('RATE')) + settings('{RATE_LIMIT: "5"}', 'changed: "09:40"'),
		['key-not-there ConfigMap/web-config data.RATE (medium)'],
	],
	[
		'a wrong key that came with the last release',
		web(takes('RATES'), 'changed: "09:50"') + before(takes('RATE')) + settings('{RATE: "5"}', 'changed: "09:40"'),
		[`key-not-there Deployment/web ${keyPath}.key (medium)`],
	],
	[
		'a key gone that the revision before took too, though the Deployment was written since',
		web(takes('RATE', 'web-config', ', args: [x]'), 'changed: "09:50"') +
			before(takes('RATE')) +
			settings('{LIMIT: "5"}', 'changed: "09:40"'),
		['key-not-there ConfigMap/web-config data.RATE (medium)'],
	],
	['a ConfigMap that is gone while pods live that took it', web(takes('RATE')), ['reference-not-there ConfigMap/web-config (medium)']],
	[
		'a wrong name that came with the last release',
		web(takes('RATE', 'web-confg'), 'changed: "09:50"') + before(takes('RATE')) + settings('{RATE: "5"}'),
		[`reference-not-there Deployment/web ${keyPath}.name (medium)`],
	],
	[
		'an optional key',
		web(`{containers: [{name: web, env: [{name: A, valueFrom: {configMapKeyRef: {name: x, key: y, optional: true}}}]}]}`),
		[],
	],
	['ConfigMaps that may not be read', web(takes('RATE')), []],
	[
		'a file of a volume that its ConfigMap does not have',
		web(`{containers: [{name: web}], volumes: [{name: files, configMap: {name: web-config, items: [{key: app.yml, path: a}]}}]}`) +
			settings('{app.yaml: x}', 'changed: "09:40"'),
		['key-not-there ConfigMap/web-config data[app.yml] (medium)'],
	],
	[
		'a file mounted by subPath that its ConfigMap does not have',
		web(
			'{containers: [{name: web, volumeMounts: [{name: files, mountPath: /etc/a.yml, subPath: a.yml}]}], volumes: [{name: files, configMap: {name: web-config}}]}',
		) + settings('{b.yml: x}'),
		[`key-not-there Deployment/web ${container}.volumeMounts[files].subPath (medium)`],
	],
	[
		'a Secret key that is spelled otherwise',
		web('{containers: [{name: web, env: [{name: P, valueFrom: {secretKeyRef: {name: web-secret, key: pass-word}}}]}]}') +
			secret('{password: ""}'),
		[`key-not-there Deployment/web ${container}.env[P].valueFrom.secretKeyRef.key (medium)`],
	],
	['nobody starts what is scaled to nothing', web(takes('RATE')).replace('replicas: 1', 'replicas: 0'), []],
	['a variable given twice alike', web(env('[{name: A, value: x}, {name: A, value: x}]')), []],
	[
		'a variable given twice',
		web(env('[{name: A, value: x}, {name: A, value: y}]')),
		[`variable-given-twice Deployment/web ${container}.env[A] (low)`],
	],
	[
		'a variable given twice since the last release',
		web(env('[{name: A, value: x}, {name: A, value: y}]')) + before(env('[{name: A, value: x}]')),
		[`variable-given-twice Deployment/web ${container}.env[A] (medium)`],
	],
	['a variable that refers to one before it', web(env('[{name: A, value: x}, {name: B, value: "$(A)/y"}]')), []],
	[
		'a variable that refers to one after it',
		web(env('[{name: B, value: "$(A)/y"}, {name: A, value: x}]')),
		[`variable-not-defined Deployment/web ${container}.env[B].value`],
	],
	[
		'an argument that refers to nothing',
		web(env('[{name: DB_HOST, value: x}]', ', args: ["--db=$(DB_HOSTS)"]')),
		[`variable-not-defined Deployment/web ${container}.args[0]`],
	],
	['a shell that runs a program', web(env('[]', ', command: [sh, -c], args: ["echo $(date)"]')), []],
	['letters that are meant', web(env('[]', ', args: ["$$(A)"]')), []],
	['a variable of a Service', web(env('[]', ', args: ["$(DB_SERVICE_HOST)"]')), []],
	[
		'a number that became a word with the last release',
		web(env('[{name: POOL, value: many}]')) + before(env('[{name: POOL, value: "20"}]')),
		[`value-changed-shape Deployment/web ${container}.env[POOL].value`],
	],
	['a number that became another', web(env('[{name: POOL, value: "30"}]')) + before(env('[{name: POOL, value: "20"}]')), []],
	['a number that became a span of time', web(env('[{name: T, value: 30s}]')) + before(env('[{name: T, value: "30"}]')), []],
	['a port that is a word', web(takes('RATE')) + settings('{RATE: "5", PORT: eighty}'), ['value-malformed ConfigMap/web-config data.PORT']],
	['a port as Services write it', web(takes('RATE')) + settings('{RATE: "5", DB_PORT: "tcp://10.0.0.1:5432"}'), []],
	[
		'JSON that ends early',
		web(takes('RATE')) + settings(`{RATE: "5", a.json: '{"a": [1, 2'}`),
		['value-malformed ConfigMap/web-config data[a.json]'],
	],
	['JSON that is filled in later', web(takes('RATE')) + settings(`{RATE: "5", a.json: '{"a": {{ x }}}'}`), []],
	[
		'an address with one stroke',
		web(takes('RATE')) + settings('{RATE: "5", API_URL: "http:/api"}'),
		['value-malformed ConfigMap/web-config data.API_URL'],
	],
	['addresses of any kind', web(takes('RATE')) + settings('{RATE: "5", A_URL: "http://api", B_URL: api, C_URI: "amqp://x"}'), []],
	['settings that nobody takes', settings('{PORT: eighty}'), []],
	[
		'settings that changed after the pods had started',
		web(takes('RATE')) + settings('{RATE: "5"}', 'changed: "09:45"'),
		[`settings-not-taken-up Deployment/web ${keyPath}.name`],
	],
];

test.each(rows)('%s', (title, text, expected) => {
	const unread = title.includes('may not be read') ? [{kind: 'ConfigMap', why: 'may not be listed'}] : [];
	// That the pods read the settings before they changed comes with most of these, and is a row of its own.
	const own = told(configFaults, text, unread).filter(
		line => expected.length === 0 || expected.some(each => each.split(' ')[0] === line.split(' ')[0]),
	);
	expect(own).toEqual(expected);
});

test('a key that was renamed comes back with its value, or is taken by its new name', () => {
	expect(remedies(configFaults, web(takes('RATE')) + settings('{RATE_LIMIT: "5"}', 'changed: "09:20"'))).toEqual([
		'sure {"data":{"RATE":"5"}}',
		'choice [{"op":"test","path":"/spec/template/spec/containers/0/env/0/valueFrom/configMapKeyRef/key","value":"RATE"},{"op":"replace","path":"/spec/template/spec/containers/0/env/0/valueFrom/configMapKeyRef/key","value":"RATE_LIMIT"}]',
	]);
});

test('a pull Secret that is not there may be the only one that is', () => {
	const pod = '{imagePullSecrets: [{name: partner}], containers: [{name: web, image: "web:1"}]}';
	const pullSecret = (name: string) => `
apiVersion: v1
kind: Secret
type: kubernetes.io/dockerconfigjson
metadata: {name: ${name}}
---`;
	expect(remedies(configFaults, web(pod) + pullSecret('company'))).toEqual([expect.stringMatching(/^choice .*"value":"company"/)]);
	expect(remedies(configFaults, web(pod) + pullSecret('company') + pullSecret('suppliers'))).toEqual([]);
	expect(remedies(configFaults, web(pod) + secret('{}'))).toEqual([]);
});

const volume = (key: string) =>
	`{containers: [{name: web}], volumes: [{name: files, configMap: {name: web-config, items: [{key: ${key}, path: a}]}}]}`;

test.each([
	['the only file of its kind', volume('site.conf'), '{main.conf: x, types.map: y}', 'choice {"data":{"site.conf":"x"}}'],
	['no file of another kind', volume('tls.crt'), '{tls.key: x}', undefined],
	['none of several files', volume('site.conf'), '{upstreams.conf: x, cachezones.conf: y}', undefined],
	['a variable that shares a word', takes('DB_URL'), '{DATABASE_URL: x}', 'choice {"data":{"DB_URL":"x"}}'],
	['no variable of another word', takes('RATE'), '{COLOUR: red}', undefined],
])('a key that is gone may be %s', (_, pod, data, first) => {
	const offered = remedies(configFaults, web(pod) + settings(data, 'changed: "09:40"'));
	// Pods that have not read the change may be restarted in any case.
	expect(offered.find(line => !line.includes('"workload"'))).toBe(first);
});

test('a key that came when another went is what it is called now', () => {
	const fields = (key: string, at: string) =>
		`{manager: ${key}, operation: Update, time: "2026-11-27T${at}:00Z", fieldsV1: {"f:data": {"f:${key}": {}}}}`;
	const moved = (key: string) =>
		settings(`{${key}: "5", COLOUR: red}`).replace(
			'{name: web-config}',
			`{name: web-config, managedFields: [${fields('COLOUR', '09:00')}, ${fields(key, '09:40')}]}`,
		);
	expect(remedies(configFaults, web(takes('RATE')) + moved('RATE_LIMIT'))[0]).toBe('sure {"data":{"RATE":"5"}}');
	expect(remedies(configFaults, web(takes('RATE')) + moved('LIMIT'))[0]).toBe('choice {"data":{"RATE":"5"}}');
});

test('what cannot change is made anew by hand only', () => {
	const [first] = remedies(configFaults, web(takes('RATE')) + settings('{RATE_LIMIT: "5"}', 'immutable: true\nchanged: "09:20"'));
	expect(first).toMatch(/^choice delete ConfigMap\/web-config; create ConfigMap\/web-config .*"data":\{"RATE_LIMIT":"5","RATE":"5"\}/);
});

test('the name that the revision before used is the right one', () => {
	const text =
		web(takes('RATE', 'web-v2'), 'changed: "09:50"') + before(takes('RATE', 'settings')) + settings('{RATE: "5"}', '', 'settings');
	expect(remedies(configFaults, text)).toEqual([expect.stringMatching(/^sure .*"value":"settings"/)]);
});

test('an account without rights is made anew, and nothing that is secret', () => {
	const pod = '{serviceAccountName: web, containers: [{name: web, env: [{name: P, valueFrom: {secretKeyRef: {name: s, key: k}}}]}]}';
	expect(remedies(configFaults, web(pod))).toEqual([
		'sure {"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"web","namespace":"shop"}}',
	]);
});
