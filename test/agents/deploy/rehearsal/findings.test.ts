import {describe, expect, test} from 'vitest';
import type {JsonObject} from '../../../../src/core/json.ts';
import {configMap, limitRange, namespace, secret, service} from '../../../../src/sandbox/scenarios/objects.ts';
import {minutes} from '../../../../src/sandbox/scenarios/scenario.ts';
import {deployment} from '../../../../src/sandbox/scenarios/workloads.ts';
import {rehearsals, rolling, smallCluster, web} from './rehearsals.ts';

const {file, rehearsed, rehearsedSince} = rehearsals();
type Finding = {readonly id: string; readonly level: string; readonly text: string};
const quick = ['--ready-within', '60s'];

/** A workload that is not there yet, with these fields laid over its container and its pod. */
const api = (container: JsonObject, pod: JsonObject = {}) =>
	deployment({namespace: 'front', name: 'api', image: 'registry.example/front/api:1', cpu: '50m', memory: '32Mi', container, pod});
const creating = (container: JsonObject, pod: JsonObject = {}) => ['deploy', 'create', '-f', file([api(container, pod)]), ...quick];
const variable = (from: JsonObject) => ({env: [{name: 'LEVEL', valueFrom: from}]});
const volume = (source: JsonObject) => ({volumes: [{name: 'extra', ...source}]});

describe('what a new workload names and the namespace does not have is told:', () => {
	const settings = configMap('front', 'settings', {OTHER: 'x'});
	const door = secret('front', 'door', {other: 'planted'});
	test.each([
		['a ConfigMap', variable({configMapKeyRef: {name: 'none', key: 'LEVEL'}}), {}, 'ConfigMap none (LEVEL of container api)'],
		[
			'a key of it',
			variable({configMapKeyRef: {name: 'settings', key: 'LEVEL'}}),
			{},
			'key LEVEL of ConfigMap settings (LEVEL of container api)',
		],
		['a key of a Secret', variable({secretKeyRef: {name: 'door', key: 'pin'}}), {}, 'key pin of Secret door (LEVEL of container api)'],
		['a Secret as files', {}, volume({secret: {secretName: 'keys'}}), 'Secret keys (volume extra)'],
		['a ServiceAccount', {}, {serviceAccountName: 'robot'}, 'ServiceAccount robot (service account)'],
		['a claim', {}, volume({persistentVolumeClaim: {claimName: 'disk'}}), 'PersistentVolumeClaim disk (volume extra)'],
	] as const)('%s', async (_, container, pod, what) => {
		const {code, report, error} = await rehearsed([settings, door, web()], creating(container, pod));
		expect([code, error?.code, report.verdict]).toEqual([1, 'rehearsal-failed', 'would-fail']);
		expect(report.findings[0]).toEqual({id: 'broken-reference', level: 'bad', text: `api needs ${what}, which is not there`});
		expect(error.why).toBe(report.findings[0].text);
	});

	test('but nothing that is optional, and nothing that is missing today', async () => {
		const lacking = web({env: [{name: 'A', valueFrom: {configMapKeyRef: {name: 'gone', key: 'A'}}}], replicas: 1, name: 'old'});
		const optional = variable({configMapKeyRef: {name: 'none', key: 'LEVEL', optional: true}});
		const {code, report} = await rehearsed([lacking, web()], creating(optional));
		expect([code, report.findings.map(({id}: Finding) => id)]).toEqual([0, ['surge']]);
		expect(report.unready).toEqual(['Deployment old has 0 of 1 pods ready in the copy']);
	});
});

test('two workloads that select the same pods are told, and the Service that finds them both', async () => {
	const twin = web({name: 'twin', spec: {selector: {matchLabels: {app: 'web'}}}, labels: {app: 'web'}, cpu: '50m'});
	const {code, report} = await rehearsed(
		[web(), service({namespace: 'front', name: 'web', port: 80, targetPort: 8080})],
		['deploy', 'create', '-f', file([twin]), ...quick],
	);
	expect(code).toBe(1);
	expect(report.findings.filter(({id}: Finding) => id === 'selector-overlap')).toEqual([
		{id: 'selector-overlap', level: 'bad', text: "Deployment twin and Deployment web select each other's pods"},
		{id: 'selector-overlap', level: 'mind', text: 'Service web sends requests to pods of twin too'},
	]);
});

describe('pods that are there may stay, and their next version is refused:', () => {
	test.each([
		[
			'by a limit range',
			[limitRange('front', 'small', {max: {cpu: '200m'}})],
			/^ReplicaSet web-\w+ cannot make a pod: maximum cpu usage per Container is 200m/,
		],
		[
			'by Pod Security',
			[namespace('front', {'pod-security.kubernetes.io/enforce': 'restricted'})],
			/^ReplicaSet web-\w+ cannot make a pod: violates PodSecurity "restricted:latest": allowPrivilegeEscalation/,
		],
	] as const)('%s', async (_, rule, text) => {
		const limited = web({cpu: '300m/300m'});
		const history = [
			{agoMs: minutes(20), objects: [...smallCluster(), limited]},
			{agoMs: minutes(10), objects: rule},
		];
		const {code, report} = await rehearsedSince(history, [...rolling, ...quick]);
		expect([code, report.unready]).toEqual([1, []]);
		expect(report.findings[0]).toEqual({id: 'refused', level: 'bad', text: expect.stringMatching(text)});
	});
});
