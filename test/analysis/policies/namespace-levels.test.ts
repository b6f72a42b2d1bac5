import {describe, expect, test} from 'vitest';
import {podSecurityLevels} from '../../../src/analysis/pod-security/standard.ts';
import {hardening, namespaceLevel, proveLevel} from '../../../src/analysis/policies/namespace-levels.ts';
import {examplePod} from '../../../src/analysis/policies/proof.ts';
import {pod, podSilentOn} from '../../../src/analysis/policies/rules/example-pods.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';

const namespace = (labels: {readonly [name: string]: string} = {}) =>
	({apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'shop', labels}}) as unknown as KubeObject;
const hard = examplePod(pod());
const soft = examplePod(podSilentOn('allowPrivilegeEscalation'));
const rough = examplePod(pod({hostNetwork: true}));

describe('a namespace', () => {
	test.each([
		[[hard], 'restricted', 'restricted', 0],
		[[hard, soft], 'baseline', 'restricted', 1],
		[[hard, rough], 'privileged', 'baseline', 1],
		[[], 'restricted', 'restricted', 0],
	] as const)('enforces the strictest level that all meets', (running, level, told, breaking) => {
		const found = namespaceLevel(namespace(), running, 'v1.36');
		expect({level: found.level, told: found.told, breaking: found.breaking.length}).toEqual({level, told, breaking});
		expect(found.manifest.metadata.labels).toEqual({
			'pod-security.kubernetes.io/enforce': level,
			'pod-security.kubernetes.io/enforce-version': 'v1.36',
			'pod-security.kubernetes.io/warn': told,
			'pod-security.kubernetes.io/warn-version': 'v1.36',
			'pod-security.kubernetes.io/audit': told,
			'pod-security.kubernetes.io/audit-version': 'v1.36',
		});
	});

	test('judges by the version that it pins', () => {
		const probed = examplePod(pod());
		const spec = {
			...Object(probed.spec),
			containers: [{...Object(Object(probed.spec).containers[0]), livenessProbe: {httpGet: {host: '10.0.0.1', port: 80}}}],
		};
		const levelIn = (version: string) => namespaceLevel(namespace(), [{...probed, spec}], version).level;
		expect([levelIn('v1.33'), levelIn('v1.34')]).toEqual(['restricted', 'privileged']);
	});

	test('never enforces less than it does', () => {
		expect(namespaceLevel(namespace({'pod-security.kubernetes.io/enforce': 'baseline'}), [rough], 'v1.36').level).toBe('baseline');
	});
});

test.each(podSecurityLevels)('the examples of %s come out', level => {
	expect(proveLevel(level).wrong).toEqual([]);
});

describe('a workload', () => {
	const workload = (spec: object) =>
		({
			apiVersion: 'apps/v1',
			kind: 'Deployment',
			metadata: {name: 'web', namespace: 'shop'},
			spec: {template: {spec}},
		}) as unknown as KubeObject;

	test('gives up what nobody asked for, and keeps what somebody did', () => {
		const plain = {containers: [{name: 'app', image: 'app:1', securityContext: {runAsUser: 0}}]};
		expect(hardening(workload(plain), ['spec', 'template'])).toMatchObject({
			left: ['runAsUser=0'],
			cured: 4,
			manifest: {
				metadata: {name: 'web', namespace: 'shop'},
				spec: {
					template: {
						spec: {
							securityContext: {runAsNonRoot: true, seccompProfile: {type: 'RuntimeDefault'}},
							containers: [{name: 'app', securityContext: {runAsUser: 0, allowPrivilegeEscalation: false, capabilities: {drop: ['ALL']}}}],
						},
					},
				},
			},
		});
	});

	test('that has nothing to give up is left alone', () => {
		expect(hardening(workload(pod().spec), ['spec', 'template']).manifest).toBeUndefined();
	});
});
