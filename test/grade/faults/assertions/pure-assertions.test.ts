import {expect, test} from 'vitest';
import type {Json, JsonObject} from '../../../../src/core/json.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {selfSigned} from '../../../cluster/certificate.ts';
import {certificateFits} from './certificate-fits.ts';
import {isReady} from './is-ready.ts';
import {type Peer, policiesAllow} from './policies-allow.ts';
import {requiredReferences} from './required-references.ts';
import {scheduleFires} from './schedule-fires.ts';

const workload = (kind: string, spec: JsonObject, status: JsonObject): KubeObject => ({
	apiVersion: 'apps/v1',
	kind,
	metadata: {name: 'web', generation: 2},
	spec,
	status: {observedGeneration: 2, ...status},
});
const three = {replicas: 3, readyReplicas: 3, updatedReplicas: 3, availableReplicas: 3};
const spread = {desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberReady: 2};

test.each<readonly [what: string, object: KubeObject, ready: Parameters<typeof isReady>[1], isTrue: boolean]>([
	['a Deployment', workload('Deployment', {replicas: 3}, three), {}, true],
	['a Deployment, one pod too few', workload('Deployment', {replicas: 3}, three), {atLeast: 4}, false],
	['an old generation', workload('Deployment', {replicas: 3}, {...three, observedGeneration: 1}), {}, false],
	['an old template', workload('Deployment', {replicas: 3}, {...three, updatedReplicas: 2}), {}, false],
	['a pod too many', workload('Deployment', {replicas: 3}, {...three, replicas: 4}), {}, false],
	['a pod that is not available yet', workload('Deployment', {replicas: 3}, {...three, availableReplicas: 2}), {}, false],
	['a paused Deployment', workload('Deployment', {replicas: 3, paused: true}, three), {}, false],
	['a Deployment paused on purpose', workload('Deployment', {replicas: 3, paused: true}, three), {isAllowedPaused: true}, true],
	['no pod at all', workload('Deployment', {replicas: 0}, {}), {}, false],
	['no pod at all, as wanted', workload('Deployment', {replicas: 0}, {}), {atLeast: 0}, true],
	[
		'a StatefulSet',
		workload('StatefulSet', {replicas: 3}, {...three, currentRevision: 'a', updateRevision: 'a', updatedReplicas: 0}),
		{},
		true,
	],
	[
		'a StatefulSet between revisions',
		workload('StatefulSet', {replicas: 3}, {...three, currentRevision: 'a', updateRevision: 'b', updatedReplicas: 1}),
		{},
		false,
	],
	['a DaemonSet', workload('DaemonSet', {}, spread), {}, true],
	['a DaemonSet with a pod that is not ready', workload('DaemonSet', {}, {...spread, numberReady: 1}), {}, false],
	['a DaemonSet that no node wants', workload('DaemonSet', {}, {desiredNumberScheduled: 0}), {}, false],
])('ready: %s', (_what, object, ready, isTrue) => {
	expect(isReady(object, ready)).toBe(isTrue);
});

test.each([
	['*/5 * * * *', true],
	['0 3 * * MON-FRI', true],
	['0 0 29 2 *', true],
	['0 0 31 2 *', false],
	['0 0 31 4,6,9,11 *', false],
	['0 0 31 2 1', true],
	['0 0 30 feb *', false],
	['0 0 1-7/2 * 7', true],
	['@daily', true],
	['@sometimes', false],
	['0 0 * *', false],
	['0 0 32 * *', false],
	['0 0 * 13 *', false],
])('the schedule %s fires: %s', (schedule, fires) => {
	expect(scheduleFires(schedule, Date.UTC(2026, 10, 27))).toBe(fires);
});

test('a certificate fits its host for its time', () => {
	const nowMs = Date.UTC(2026, 10, 27);
	const base64 = Buffer.from(selfSigned('shop.example.com', nowMs).cert).toString('base64');
	const fits = (hosts: readonly string[], ms = nowMs) => certificateFits(base64, hosts, ms);
	expect(fits(['shop.example.com'])).toBe(true);
	expect(fits(['shop.example.com', 'api.example.com'])).toBe(false);
	expect(fits(['shop.example.com'], nowMs + 2 * 86_400_000)).toBe(false);
	expect(certificateFits(Buffer.from('no certificate').toString('base64'), [], nowMs)).toBe(false);
});

test('required references are those that are not optional', () => {
	const key = (kind: string, name: string, optional?: boolean) => ({
		name: 'X',
		valueFrom: {[kind]: {name, key: 'k', ...(optional === undefined ? {} : {optional})}},
	});
	const spec: Json = {
		serviceAccountName: 'runner',
		imagePullSecrets: [{name: 'pull'}],
		initContainers: [{env: [key('secretKeyRef', 'init')]}],
		containers: [
			{
				env: [key('configMapKeyRef', 'settings'), key('configMapKeyRef', 'more', true), {name: 'Y', value: '1'}],
				envFrom: [{configMapRef: {name: 'all'}}, {secretRef: {name: 'some', optional: true}}],
			},
		],
		volumes: [
			{configMap: {name: 'files', items: [{key: 'a'}]}},
			{secret: {secretName: 'tls'}},
			{persistentVolumeClaim: {claimName: 'data'}},
			{emptyDir: {}},
		],
	};
	expect(requiredReferences(spec).map(({kind, name, keys}) => [kind, name, ...keys].join(' '))).toEqual([
		'ServiceAccount runner',
		'Secret pull',
		'ConfigMap settings k',
		'ConfigMap all',
		'Secret init k',
		'ConfigMap files a',
		'Secret tls',
		'PersistentVolumeClaim data',
	]);
});

const me: Peer = {
	namespace: 'shop',
	labels: {app: 'web'},
	namespaceLabels: {team: 'a'},
	podSpec: {containers: [{ports: [{name: 'http', containerPort: 8080}]}]},
};
const peer: Peer = {namespace: 'bank', labels: {app: 'till'}, namespaceLabels: {team: 'b'}};
const policy = (spec: JsonObject): KubeObject => ({
	apiVersion: 'networking.k8s.io/v1',
	kind: 'NetworkPolicy',
	metadata: {namespace: 'shop', name: 'web'},
	spec: {podSelector: {matchLabels: {app: 'web'}}, ...spec},
});
const from = (...rules: readonly Json[]) => policy({policyTypes: ['Ingress'], ingress: rules});
const till = {podSelector: {matchLabels: {app: 'till'}}};

test.each<readonly [what: string, policies: readonly KubeObject[], isTrue: boolean]>([
	['no policy', [], true],
	['a policy of others', [policy({podSelector: {matchLabels: {app: 'db'}}})], true],
	['a policy of the other direction', [policy({policyTypes: ['Egress']})], true],
	['a policy that names no direction', [policy({})], false],
	['no rule', [from()], false],
	['a rule for all', [from({})], true],
	['a rule of another policy', [from(), from({})], true],
	['the port by number', [from({ports: [{port: 8080}]})], true],
	['the port by name', [from({ports: [{port: 'http'}]})], true],
	['a port in a range', [from({ports: [{port: 8000, endPort: 9000}]})], true],
	['another port', [from({ports: [{port: 80}]})], false],
	['another protocol', [from({ports: [{port: 8080, protocol: 'UDP'}]})], false],
	['any port of the protocol', [from({ports: [{protocol: 'TCP'}]})], true],
	['pods of the own namespace alone', [from({from: [till]})], false],
	['pods of any namespace', [from({from: [{...till, namespaceSelector: {}}]})], true],
	['pods of that namespace', [from({from: [{...till, namespaceSelector: {matchLabels: {team: 'b'}}}]})], true],
	['pods of another namespace', [from({from: [{...till, namespaceSelector: {matchLabels: {team: 'c'}}}]})], false],
	['addresses', [from({from: [{ipBlock: {cidr: '0.0.0.0/0'}}]})], false],
	[
		'any pod of a namespace by expression',
		[from({from: [{namespaceSelector: {matchExpressions: [{key: 'team', operator: 'In', values: ['b']}]}}]})],
		true,
	],
])('a flow under %s', (_what, policies, isTrue) => {
	expect(policiesAllow(policies, {direction: 'Ingress', me, peer, port: 8080, protocol: 'TCP'})).toBe(isTrue);
});
