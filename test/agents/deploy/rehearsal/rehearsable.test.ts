import {describe, expect, test} from 'vitest';
import {rehearsable} from '../../../../src/agents/deploy/rehearsal/rehearsable.ts';
import type {JsonObject} from '../../../../src/core/json.ts';

const live = (kind: string, rest: JsonObject) => ({
	apiVersion: 'v1',
	kind,
	...rest,
	metadata: {
		name: 'x',
		namespace: 'shop',
		uid: 'u',
		resourceVersion: '7',
		labels: {a: 'b'},
		ownerReferences: [],
		managedFields: [],
		finalizers: ['f'],
	},
});
const metadata = {name: 'x', namespace: 'shop', labels: {a: 'b'}};

describe('a copy has', () => {
	test.each([
		[
			'no value of a Secret, under the same keys',
			'Secret',
			{type: 'kubernetes.io/tls', data: {'tls.key': 'cGxhbnRlZA=='}},
			{type: 'Opaque', data: {'tls.key': 'cmVoZWFyc2Fs'}},
		],
		['no address of its own', 'Service', {spec: {clusterIP: '10.0.0.1', clusterIPs: ['10.0.0.1'], ports: []}}, {spec: {ports: []}}],
		['any volume', 'PersistentVolumeClaim', {spec: {volumeName: 'pv', storageClassName: 'fast', resources: {}}}, {spec: {resources: {}}}],
		[
			'as many pods as an autoscaler gives it today',
			'HorizontalPodAutoscaler',
			{spec: {minReplicas: 2, maxReplicas: 9}, status: {currentReplicas: 6}},
			{spec: {minReplicas: 6, maxReplicas: 9}},
		],
		['no node chosen', 'Pod', {spec: {nodeName: 'node-1', containers: []}, status: {phase: 'Running'}}, {spec: {containers: []}}],
		['all else as it is', 'ConfigMap', {data: {a: 'b'}}, {data: {a: 'b'}}],
	] as const)('%s', (_, kind, before, after) => {
		expect(rehearsable(live(kind, before))).toEqual({apiVersion: 'v1', kind, metadata, ...after});
	});
});
