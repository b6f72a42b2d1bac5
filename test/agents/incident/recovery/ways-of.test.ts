import {describe, expect, test} from 'vitest';
import {invasivenessOf} from '../../../../src/agents/incident/recovery/invasiveness.ts';
import {chosenWay, commandOf, sureWay, waysOf} from '../../../../src/agents/incident/recovery/ways-of.ts';
import type {Incident} from '../../../../src/analysis/detection/incident.ts';
import type {Remedy} from '../../../../src/analysis/diagnosis/cause.ts';
import type {JsonObject} from '../../../../src/core/json.ts';
import type {Write} from '../../../../src/core/plan.ts';

const remedy = (
	tool: string,
	input: JsonObject,
	{en = tool, sure = false, writes}: {en?: string; sure?: boolean; writes?: readonly Write[]} = {},
): Remedy => ({
	tool,
	input,
	side: 'workload',
	sure,
	text: {en, ko: en},
	...(writes === undefined ? {} : {writes}),
});
const patch = (kind: string, body: object | readonly object[]) =>
	remedy('resource_patch', {kind, name: 'web', patch: JSON.stringify(body)});
const pod = {apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'data'};

test.each<[string, Remedy, string]>([
	['a Service', patch('Service', {spec: {selector: {app: 'web'}}}), 'setting'],
	['a ConfigMap', patch('ConfigMap', {data: {a: 'b'}}), 'setting'],
	['a field of a Deployment that no pod sees', patch('Deployment', {spec: {paused: false}}), 'setting'],
	['the template', patch('Deployment', [{op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'a'}]), 'rolling-restart'],
	['the template in a merge', patch('StatefulSet', {spec: {template: {}}}), 'rolling-restart'],
	['replicas', patch('Deployment', [{op: 'replace', path: '/spec/replicas', value: 3}]), 'scale'],
	['a node', patch('Node', {spec: {unschedulable: false}}), 'node'],
	['scaling', remedy('workload_scale', {}), 'scale'],
	['a rollback', remedy('deployment_rollback', {}), 'rolling-restart'],
	['uncordoning', remedy('node_cordon', {}), 'node'],
	['a class that is missing', remedy('resource_apply', {manifest: '{"kind":"StorageClass"}'}), 'setting'],
	['a claim made anew', remedy('auto_recovery', {}, {writes: [{op: 'delete', ref: pod}]}), 'made-anew'],
	['a patch in YAML', remedy('resource_patch', {kind: 'Service', patch: 'spec: {}'}), 'setting'],
])('%s: %s', (_, given, level) => {
	expect(invasivenessOf(given)).toBe(level);
});

const incident = (remedies: readonly Remedy[]): Incident => ({
	key: 'crashes:Deployment/shop/web',
	family: 'pod',
	severity: 'high',
	cause: {id: 'crashes', resource: pod, cause: {en: '', ko: ''}, evidence: [], remedies},
	symptoms: [],
	impact: [],
});

describe('ways', () => {
	const sureRestart = remedy('deployment_rollback', {}, {en: 'Roll web back', sure: true});
	const sureField = remedy('resource_patch', {kind: 'Service', patch: '{}'}, {en: 'Change the Service', sure: true});
	const unsure = remedy('resource_patch', {kind: 'ConfigMap', patch: '{}'}, {en: 'Change the ConfigMap'});
	const ways = waysOf(incident([unsure, sureRestart, sureField]));

	test('that let more pass than before come last', () => {
		const loosening = {...unsure, loosens: true as const};
		const restart = remedy('workload_restart', {}, {en: 'Restart web'});
		expect(waysOf(incident([loosening, restart])).map(({remedy: {text}}) => text.en)).toEqual(['Restart web', 'Change the ConfigMap']);
	});

	test('come as the objects tell, then by what they disturb', () => {
		expect(ways.map(({number, remedy: {text}}) => [number, text.en])).toEqual([
			[1, 'Change the Service'],
			[2, 'Roll web back'],
			[3, 'Change the ConfigMap'],
		]);
		expect(sureWay(ways)?.number).toBe(1);
		expect(sureWay(waysOf(incident([unsure])))).toBeUndefined();
	});

	test.each([
		['2', 2],
		['change the configmap', 3],
		['roll', 2],
		['change', undefined],
		['7', undefined],
	])('%s is chosen as %s', (choice, number) => {
		expect(chosenWay(ways, choice)?.number).toBe(number);
	});

	test('each has the command that takes it', () => {
		expect(ways.map(way => commandOf(incident([]), way, ways))).toEqual([
			'mkcoa incident fix crashes:Deployment/shop/web',
			'mkcoa incident fix crashes:Deployment/shop/web --choice 2',
			'mkcoa incident fix crashes:Deployment/shop/web --choice 3',
		]);
	});
});
