import {describe, expect, test} from 'vitest';
import {configFaults} from '../../../src/analysis/detection/analyzers/config/config-faults.ts';
import {remedies, told} from './told-in.ts';

const owner = '{apiVersion: apps/v1, kind: Deployment, name: web, uid: u, controller: true}';
const revision = (number: number, container: string) => `
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: web-${number}, annotations: {deployment.kubernetes.io/revision: "${number}"}, ownerReferences: [${owner}]}
spec: {template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: "web:${number}", ${container}}]}}}
---`;
/** Deployment web as it is, and as it was before where that is said. */
const web = (now: string, former?: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec: {replicas: 1, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: "web:2", ${now}}]}}}
---${revision(2, now)}${former === undefined ? '' : revision(1, former)}
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {MODE: auto, HOST: db, PORT: "5432"}
---
apiVersion: v1
kind: Secret
metadata: {name: keys}
data: {DB_TOKEN: ""}
---`;
const at = 'Deployment/web spec.template.spec.containers[web]';
const from = (prefix: string) => `envFrom: [{prefix: ${prefix}, configMapRef: {name: settings}}, {secretRef: {name: keys}}]`;
const pod = 'env: [{name: POD_NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]';
const plain = 'env: [{name: MODE, value: auto}]';

describe('variables that nothing defines', () => {
	test.each([
		['under the prefix of their source', web(`args: ["--mode=$(DB_MODE)"], ${from('DB_')}`), []],
		[
			'under another prefix than their source has since the release',
			web(
				`args: ["--mode=$(DB_MODE)", "--host=$(DB_HOST)"], ${from('SQL_')}`,
				`args: ["--mode=$(DB_MODE)", "--host=$(DB_HOST)"], ${from('DB_')}`,
			),
			[`variable-not-defined ${at}.envFrom[0].prefix`],
		],
		[
			'under a prefix that a source without one should have',
			web(`args: ["--mode=$(DB_MODE)", "--host=$(DB_HOST)"], envFrom: [{configMapRef: {name: settings}}]`),
			[`variable-not-defined ${at}.envFrom[0].prefix`],
		],
		[
			'under the prefix that the references alone have got',
			web(`args: ["--mode=$(APP_MODE)"], ${from('DB_')}`, `args: ["--mode=$(DB_MODE)"], ${from('DB_')}`),
			[`variable-not-defined ${at}.args[0]`],
		],
		[
			'that went with the release',
			web('args: ["--a=$(REGION)"]', `args: ["--a=$(REGION)"], env: [{name: REGION, value: eu}]`),
			[`variable-not-defined ${at}.args[0]`],
		],
	])('%s', (_, yaml, found) => {
		expect(told(configFaults, yaml)).toEqual(found);
	});

	test('get the prefix back, or the references the prefix of now', () => {
		const args = 'args: ["--mode=$(DB_MODE)", "--host=$(DB_HOST):$(DB_PORT)"]';
		expect(remedies(configFaults, web(`${args}, ${from('SQL_')}`, `${args}, ${from('DB_')}`))).toEqual([
			'sure [{"op":"test","path":"/spec/template/spec/containers/0/envFrom/0/prefix","value":"SQL_"},{"op":"replace","path":"/spec/template/spec/containers/0/envFrom/0/prefix","value":"DB_"}]',
			'choice [{"op":"test","path":"/spec/template/spec/containers/0/args/0","value":"--mode=$(DB_MODE)"},{"op":"replace","path":"/spec/template/spec/containers/0/args/0","value":"--mode=$(SQL_MODE)"},{"op":"test","path":"/spec/template/spec/containers/0/args/1","value":"--host=$(DB_HOST):$(DB_PORT)"},{"op":"replace","path":"/spec/template/spec/containers/0/args/1","value":"--host=$(SQL_HOST):$(SQL_PORT)"}]',
		]);
	});

	test('get the reference back where that alone has changed', () => {
		const [first] = remedies(
			configFaults,
			web(`args: ["--mode=$(APP_MODE)"], ${from('DB_')}`, `args: ["--mode=$(DB_MODE)"], ${from('DB_')}`),
		);
		expect(first).toContain('sure');
		expect(first).toContain('"value":"--mode=$(DB_MODE)"');
	});

	test('are defined again as the revision before had them', () => {
		expect(remedies(configFaults, web('args: ["--a=$(REGION)"]', 'args: ["--a=$(REGION)"], env: [{name: REGION, value: eu}]'))).toEqual([
			'sure [{"op":"add","path":"/spec/template/spec/containers/0/env","value":[{"name":"REGION","value":"eu"}]}]',
		]);
	});
});

describe('variables that are written as a shell reads them', () => {
	test.each([
		[
			'in a command line that said $(…) before',
			web(`args: ["--me=\${POD_NAME}.web", --log=json], ${pod}`, `args: ["--me=$(POD_NAME).web"], ${pod}`),
			[`variable-not-expanded ${at}.args[0] (medium)`],
		],
		[
			'without braces',
			web(`args: ["--me=$POD_NAME"], ${pod}`, `args: ["--me=$(POD_NAME)"], ${pod}`),
			[`variable-not-expanded ${at}.args[0] (medium)`],
		],
		[
			'escaped',
			web(`args: ["--me=$$(POD_NAME)"], ${pod}`, `args: ["--me=$(POD_NAME)"], ${pod}`),
			[`variable-not-expanded ${at}.args[0] (medium)`],
		],
		[
			'in the value of another variable',
			web(
				`env: [{name: A, value: x}, {name: URL, value: "http://\${A}"}]`,
				'env: [{name: A, value: x}, {name: URL, value: "http://$(A)"}]',
			),
			[`variable-not-expanded ${at}.env[URL].value (medium)`],
		],
		['of the pod, since ever', web(`args: ["--me=\${POD_NAME}"], ${pod}`), [`variable-not-expanded ${at}.args[0] (medium)`]],
		['of any kind, since ever', web(`args: ["--mode=\${MODE}"], ${plain}`), [`variable-not-expanded ${at}.args[0] (low)`]],
		['for a shell', web(`command: [/bin/sh, -c], args: ["exec web --mode=\${MODE}"], ${plain}`), []],
		['for a framework', web(`args: ["--server.mode=\${MODE}", "-Dx=\${MODE}"], ${plain}`), []],
		['that the container does not have', web(`args: ["--greeting=Hello_\${name}"], ${plain}`), []],
		['in a value that is a template for the program', web(`env: [{name: A, value: x}, {name: FORMAT, value: "\${A}"}]`), []],
		['as the kubelet reads them', web(`args: ["--mode=$(MODE)"], ${plain}`), []],
	])('%s', (_, yaml, found) => {
		expect(told(configFaults, yaml)).toEqual(found);
	});

	test('are written as the kubelet reads them', () => {
		expect(remedies(configFaults, web(`args: ["--me=\${POD_NAME}.web"], ${pod}`, `args: ["--me=$(POD_NAME).web"], ${pod}`))).toEqual([
			`sure [{"op":"test","path":"/spec/template/spec/containers/0/args/0","value":"--me=\${POD_NAME}.web"},{"op":"replace","path":"/spec/template/spec/containers/0/args/0","value":"--me=$(POD_NAME).web"}]`,
		]);
	});
});

describe('optional references', () => {
	const takes = (name: string, key: string) =>
		`env: [{name: A, valueFrom: {configMapKeyRef: {name: ${name}, key: ${key}, optional: true}}}], envFrom: [{configMapRef: {name: extra, optional: true}}]`;
	const sources = (key: string, second: string) =>
		`env: [{name: A, value: ${key}}], envFrom: [{configMapRef: {name: settings}}, {configMapRef: {name: ${second}, optional: true}}]`;
	const ref = `${at}.env[A].valueFrom.configMapKeyRef`;
	test.each([
		['that are there', web(takes('settings', 'MODE')), []],
		['that never were there', web(takes('settings', 'MODES')), []],
		[
			'whose key is another since the release',
			web(takes('settings', 'MODES'), takes('settings', 'MODE')),
			[`optional-reference-lost ${ref}.key`],
		],
		[
			'whose object is another since the release',
			web(takes('setings', 'MODE'), takes('settings', 'MODE')),
			[`optional-reference-lost ${ref}.name`],
		],
		[
			'that stand beside what was there before',
			web(
				'envFrom: [{configMapRef: {name: settings}}, {configMapRef: {name: overrides, optional: true}}]',
				'envFrom: [{configMapRef: {name: settings}}]',
			),
			[],
		],
		[
			'that the revision before took, too',
			web(
				'envFrom: [{configMapRef: {name: overrides, optional: true}}], env: [{name: NEW, value: b}]',
				'envFrom: [{configMapRef: {name: settings}}, {configMapRef: {name: overrides, optional: true}}]',
			),
			[],
		],
		[
			'that took the place of one among others',
			web(
				'envFrom: [{secretRef: {name: keys}}, {configMapRef: {name: setings, optional: true}}]',
				'envFrom: [{secretRef: {name: keys}}, {configMapRef: {name: settings, optional: true}}]',
			),
			[`optional-reference-lost ${at}.envFrom[1].configMapRef.name`],
		],
		[
			'whose object has been another for a week',
			web(takes('setings', 'MODE'), takes('settings', 'MODE')).replace(
				'{name: web}',
				"{name: web, creationTimestamp: '2026-11-20T09:00:00Z'}",
			),
			[],
		],
		['that were not there before either', web(takes('settings', 'MODES'), takes('settings', 'MODUS')), []],
		['that an earlier release had beside what is there', web(sources('MODES', 'overrides'), sources('MODUS', 'overrides')), []],
		['that are new beside what is still taken', web(sources('MODE', 'overrides'), sources('MODE', 'settings')), []],
		['that are new beside what was there', web(sources('MODE', 'overrides'), 'envFrom: [{configMapRef: {name: settings}}]'), []],
		[
			'whose release is long ago',
			web(takes('settings', 'MODES'), takes('settings', 'MODE')).replaceAll(
				'kind: Deployment\nmetadata: {',
				`kind: Deployment\nmetadata: {creationTimestamp: 2026-10-01T09:00:00Z, `,
			),
			[],
		],
	])('%s', (_, yaml, found) => {
		expect(told(configFaults, yaml)).toEqual(found);
	});

	test('are taken as before', () => {
		expect(remedies(configFaults, web(takes('settings', 'MODES'), takes('settings', 'MODE')))).toEqual([
			'sure [{"op":"test","path":"/spec/template/spec/containers/0/env/0/valueFrom/configMapKeyRef/key","value":"MODES"},{"op":"replace","path":"/spec/template/spec/containers/0/env/0/valueFrom/configMapKeyRef/key","value":"MODE"}]',
		]);
	});
});
