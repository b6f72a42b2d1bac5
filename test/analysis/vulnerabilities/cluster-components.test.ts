import {describe, expect, test} from 'vitest';
import {clusterHits, upstreamVersion} from '../../../src/analysis/vulnerabilities/kubernetes/assess-cluster.ts';
import {type ClusterComponent, clusterCves} from '../../../src/analysis/vulnerabilities/kubernetes/known-cves.ts';
import {componentsOf} from '../../../src/analysis/vulnerabilities/kubernetes/running-components.ts';

const ids = (component: ClusterComponent, version: string, os?: string) =>
	clusterHits({component, version, os})?.map(({cve}) => cve.id) ?? [];

describe('a program of the cluster', () => {
	test('has what its line of releases has not mended, and the mend of its own line is told', () => {
		expect(ids('ingress-nginx', 'v1.11.4')).toContain('CVE-2025-1974');
		expect(ids('ingress-nginx', 'v1.11.5')).not.toContain('CVE-2025-1974');
		expect(ids('ingress-nginx', 'v1.12.0')).toContain('CVE-2025-1974');
		expect(ids('ingress-nginx', 'v1.12.1')).not.toContain('CVE-2025-1974');
		const hit = clusterHits({component: 'kube-apiserver', version: 'v1.32.7'})?.find(({cve}) => cve.id === 'CVE-2025-5187');
		expect(hit).toMatchObject({fixed: '1.32.8', isVendors: false});
	});

	test('of a line that was never mended has what lines before and after it had, and a later line what was mended before it began', () => {
		expect(ids('containerd', '2.1.9')).toContain('CVE-2026-53493');
		expect(ids('containerd', '2.0.13')).not.toContain('CVE-2026-53493');
		expect(ids('ingress-nginx', 'v0.50.0')).not.toContain('CVE-2021-25742');
		expect(ids('ingress-nginx', 'v1.0.0')).toContain('CVE-2021-25742');
		expect(ids('ingress-nginx', 'v1.13.0')).toContain('CVE-2025-15566');
		expect(ids('ingress-nginx', 'v1.12.5')).not.toContain('CVE-2025-15566');
		expect(ids('containerd', '2.0.4')).toContain('CVE-2025-47291');
		expect(ids('containerd', '2.1.0')).not.toContain('CVE-2025-47291');
	});

	test('of a version from before a fault, or of another system, does not have it', () => {
		expect(ids('kube-apiserver', 'v1.30.0')).not.toContain('CVE-2025-5187');
		expect(ids('kubelet', 'v1.28.0', 'linux')).not.toContain('CVE-2023-5528');
		expect(ids('kubelet', 'v1.28.0', 'windows')).toContain('CVE-2023-5528');
	});

	test('that a vendor built is judged by its upstream version, and that is said', () => {
		expect(upstreamVersion('v1.29.1-eks-508b6b3')).toEqual({upstream: '1.29.1', vendor: '-eks-508b6b3'});
		expect(upstreamVersion('v1.33.0-rc.1')).toEqual({upstream: '1.33.0-rc.1', vendor: ''});
		expect(upstreamVersion('3.5.15-0')).toEqual({upstream: '3.5.15', vendor: ''});
		expect(upstreamVersion('latest')).toBeUndefined();
		expect(clusterHits({component: 'kubelet', version: 'v1.27.1-gke.100'})?.every(({isVendors}) => isVendors)).toBe(true);
		expect(clusterHits({component: 'coredns', version: 'latest'})).toBeUndefined();
	});

	test('is found by Nodes and images, and the API server by its own word', () => {
		const node = (name: string, runtime: string) => ({
			...{apiVersion: 'v1', kind: 'Node', metadata: {name}},
			status: {nodeInfo: {kubeletVersion: 'v1.31.1', containerRuntimeVersion: runtime, operatingSystem: 'linux'}},
		});
		const pod = (name: string, image: string) => ({
			apiVersion: 'v1',
			kind: 'Pod',
			metadata: {name, namespace: 'kube-system'},
			spec: {containers: [{name, image}]},
		});
		const found = componentsOf(
			[
				node('a', 'containerd://1.7.2'),
				node('b', 'containerd://1.7.2'),
				pod('api', 'registry.k8s.io/kube-apiserver:v9'),
				pod('dns', 'mirror.example/coredns/coredns:v1.11.1'),
				pod('in', `registry.k8s.io/ingress-nginx/controller:v1.11.2@sha256:${'b'.repeat(64)}`),
			],
			'v1.31.2',
		);
		expect(found.map(({component, version, resources}) => [component, version, resources.map(({name}) => name).join()])).toEqual([
			['kube-apiserver', 'v1.31.2', ''],
			['coredns', 'v1.11.1', 'dns'],
			['ingress-nginx', 'v1.11.2', 'in'],
			['kubelet', 'v1.31.1', 'a,b'],
			['containerd', '1.7.2', 'a,b'],
		]);
	});
});

test('each entry of the table is well-formed, and told once', () => {
	expect(new Set(clusterCves.map(({id, component}) => `${id} ${component}`)).size).toBe(clusterCves.length);
	for (const {id, score, fixed, source, summary} of clusterCves) {
		expect(id).toMatch(/^CVE-\d{4}-\d{4,}$/);
		expect(score > 0 && score <= 10, id).toBe(true);
		expect(
			fixed.every(version => /^\d+\.\d+\.\d+$/.test(version)),
			id,
		).toBe(true);
		expect(source, id).toMatch(
			/^(?:(?:kubernetes\/kubernetes|kubernetes\/ingress-nginx|coredns\/coredns)#\d+|GHSA(?:-[2-9cfghjmpqrvwx]{4}){3})$/,
		);
		expect(summary).toMatch(/^[A-Z].*[^.]$/);
	}
});
