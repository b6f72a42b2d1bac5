import {expect, test} from 'vitest';
import {askedApis, removalOf} from '../../../src/analysis/api-lifecycle/removed-apis.ts';
import {skewProblem} from '../../../src/analysis/api-lifecycle/version-skew.ts';

test.each<[string, string, number | undefined]>([
	['apps/v1', 'Deployment', undefined],
	['apps/v1beta2', 'Deployment', 16],
	['extensions/v1beta1', 'Ingress', 22],
	['extensions/v1beta1', 'Deployment', 16],
	['autoscaling/v2beta2', 'HorizontalPodAutoscaler', 26],
	['storage.k8s.io/v1beta1', 'CSIStorageCapacity', 27],
	['storage.k8s.io/v1beta1', 'VolumeAttributesClass', undefined],
	['example.org/v1beta1', 'Gadget', undefined],
])('%s %s went with 1.%s', (version, kind, minor) => {
	expect(removalOf(version, kind)?.minor).toBe(minor);
});

test('the API server counts what was asked for, with the release in which it goes', () => {
	const metrics = [
		'# TYPE apiserver_requested_deprecated_apis gauge',
		'apiserver_requested_deprecated_apis{group="",removed_release="",resource="endpoints",subresource="",version="v1"} 1',
		'apiserver_requested_deprecated_apis{group="flowcontrol.apiserver.k8s.io",removed_release="1.32",resource="flowschemas",subresource="status",version="v1beta3"} 1',
		'apiserver_requested_deprecated_apis{group="batch",removed_release="1.25",resource="cronjobs",subresource="",version="v1beta1"} 0',
		'apiserver_request_total{code="200"} 4',
	].join('\n');
	expect(askedApis(metrics)).toEqual([
		{resource: 'v1 endpoints', removedIn: undefined},
		{resource: 'flowcontrol.apiserver.k8s.io/v1beta3 flowschemas', removedIn: '1.32'},
	]);
});

test.each<[string, string, RegExp | undefined]>([
	['v1.36.3', 'v1.36.1', undefined],
	['v1.36.3', 'v1.33.0', undefined],
	['v1.36.3-gke.1', 'v1.32.9+k3s1', /is 4 minor releases older/],
	['v1.36.3', 'v1.37.0', /is newer than the API server/],
	['v1.36.3', 'unknown', undefined],
])('a server %s and a kubelet %s', (server, kubelet, problem) => {
	if (problem === undefined) expect(skewProblem(server, kubelet)).toBeUndefined();
	else expect(skewProblem(server, kubelet)).toMatch(problem);
});
