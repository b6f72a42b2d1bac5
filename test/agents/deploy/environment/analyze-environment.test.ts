import {expect, test} from 'vitest';
import {analyzeEnvironment} from '../../../../src/agents/deploy/tools/analyze-environment.ts';
import type {JsonObject} from '../../../../src/core/json.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {fakeCluster} from '../../../support/fake-cluster.ts';
import {shopRoad} from '../../../support/shop-road.ts';
import {toolContext} from '../../../support/tool-context.ts';

const {ports} = await shopRoad();
const view = {width: 80, terminal: true, nowMs: 0};

test('tells the embedded shop: version, room, ways in, storage, policies, and what could not be looked at', async () => {
	const {context} = toolContext(ports.cluster);
	const found = await analyzeEnvironment.run({}, {...context, ports});
	expect(found).toMatchObject({
		namespace: 'shop',
		version: 'v1.36.3',
		kubelets: [{version: 'v1.36.3', nodes: 3}],
		capacity: {nodes: 3, zones: 3},
	});
	const topics = found.parts.map(({topic, name}) => `${topic} ${name}`);
	for (const topic of [
		'ingress class nginx',
		'storage class standard',
		'metrics metrics-server',
		'quota shop',
		'network policy default-deny',
		'pod security shop',
	])
		expect(topics).toContain(topic);
	expect(found.notChecked).toEqual([{what: "the API server's count of deprecated APIs (/metrics)", why: 'it shows no metrics'}]);
	const text = analyzeEnvironment.text(found, view);
	expect(text).toMatch(/^Kubernetes v1\.36\.3, nodes alike\n3 nodes in 3 zones: 12 CPU/);
	expect(text).toContain('Not found: Gateway API, mesh, rollout controller');
	expect(text.split('\n').every(line => line.length <= 80)).toBe(true);
});

const object = (apiVersion: string, kind: string, name: string, more: JsonObject = {}): KubeObject => ({
	apiVersion,
	kind,
	metadata: {name, namespace: 'shop'},
	...more,
});
const node = (name: string, kubeletVersion: string): KubeObject => ({
	apiVersion: 'v1',
	kind: 'Node',
	metadata: {name},
	status: {allocatable: {cpu: '2', memory: '4Gi', pods: '10'}, conditions: [{type: 'Ready', status: 'True'}], nodeInfo: {kubeletVersion}},
});

const written = (deployment: KubeObject, version: string): KubeObject => ({
	...deployment,
	metadata: {
		...deployment.metadata,
		managedFields: [{manager: 'helm', apiVersion: version}],
		annotations: {'kubectl.kubernetes.io/last-applied-configuration': `{"apiVersion":"${version}"}`},
		labels: {'kustomize.toolkit.fluxcd.io/name': 'shop', 'kustomize.toolkit.fluxcd.io/namespace': 'flux-system'},
	},
});

const running = (name: string, image: string) =>
	object('apps/v1', 'Deployment', name, {spec: {template: {spec: {containers: [{name: 'c', image}]}}}});

const inspect = (world: Parameters<typeof fakeCluster>[0]) => {
	const {cluster} = fakeCluster(world);
	const {context} = toolContext(cluster);
	const metrics = async () => ({why: 'there is none'});
	return analyzeEnvironment.run({}, {...context, ports: {cluster, metrics}});
};

test('names nodes that are too old, manifests of versions that are gone, and what the API server counted', async () => {
	const {remarks, parts} = await inspect({
		objects: [node('old', 'v1.31.0'), node('new', 'v1.36.0'), written(running('web', 'web:1'), 'apps/v1beta2')],
		raw: {'/version': {gitVersion: 'v1.36.0'}},
		text: {'/metrics': 'apiserver_requested_deprecated_apis{group="batch",removed_release="1.40",resource="jobs",version="v1beta9"} 1\n'},
	});
	expect(remarks.map(({id, object: at, cause}) => `${id} ${at}: ${cause}`)).toEqual(
		expect.arrayContaining([
			'version-skew Node old: kubelet v1.31.0 is 5 minor releases older than the API server v1.36.0, and 3 are supported',
			'removed-api Deployment shop/web: written as apps/v1beta2 Deployment by helm and kubectl apply, which Kubernetes 1.16 took away',
			'deprecated-api-asked batch/v1beta9 jobs: somebody has asked for it since the API server started; it goes with Kubernetes 1.40',
		]),
	);
	expect(parts).toContainEqual({topic: 'owner', name: 'Flux Kustomization shop', detail: 'manages 1 workload of 1 in shop'});
});

test('finds controllers by what they run, and says of those that are not well', async () => {
	const {parts, remarks} = await inspect({
		objects: [running('rollouts', 'quay.io/argoproj/argo-rollouts:v1.10.1'), running('istiod', 'docker.io/istio/pilot:1.30.0')],
	});
	expect(parts.map(({topic, name, detail}) => `${topic} ${name} ${detail}`)).toEqual(
		expect.arrayContaining([
			'rollouts Argo Rollouts v1.10.1, Deployment shop/rollouts, 0/1 ready, 0 updated',
			'mesh Istio 1.30.0, Deployment shop/istiod, 0/1 ready, 0 updated',
		]),
	);
	expect(remarks.map(({id}) => id)).toEqual(expect.arrayContaining(['controller-unhealthy', 'no-metrics-api']));
});

test('what may not be read is told, and the rest is told all the same', async () => {
	const {notChecked, version, capacity} = await inspect({denied: ['nodes', 'resourcequotas'], raw: {'/version': {gitVersion: 'v1.36.0'}}});
	expect([version, capacity]).toEqual(['v1.36.0', undefined]);
	expect(notChecked.map(({what}) => what)).toEqual(expect.arrayContaining(['versions of the nodes, and capacity']));
});

test('text of others can neither move the cursor nor forge a line', async () => {
	const {parts} = await inspect({objects: [running('x', 'quay.io/argoproj/argo-rollouts:v1\n✗ all is lost\u001b[2J')]});
	expect(JSON.stringify(parts)).not.toMatch(/\\n|\\u001b/);
});
