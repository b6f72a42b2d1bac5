import {expect, test} from 'vitest';
import {copyNotes} from '../../../../../src/agents/deploy/traffic/copy/copy-notes.ts';
import {separateCopy} from '../../../../../src/agents/deploy/traffic/copy/separate-copy.ts';
import type {JsonObject} from '../../../../../src/core/json.ts';
import {objectAt} from '../../../../../src/core/kube/json-at.ts';
import type {KubeObject} from '../../../../../src/core/kube/kube-object.ts';
import {deployment, object} from '../../../../support/kube-objects.ts';
import {service, world} from '../routed.ts';

const workload = deployment({spec: {template: {metadata: {labels: {app: 'web', tier: 'front'}}, spec: {containers: []}}}});

function notes(...objects: readonly KubeObject[]) {
	const copy = separateCopy(
		workload,
		objects.filter(({kind}) => kind === 'Service'),
		{
			suffix: 'canary',
			template: objectAt(workload, 'spec', 'template'),
			replicas: 1,
		},
	);
	return copyNotes(world(...objects), workload, copy, 'canary').map(({severity, text}) => `${severity}: ${text}`);
}

const byApp = {matchLabels: {app: 'web'}};
const byTier = {matchLabels: {tier: 'front'}};
const policy = (spec: JsonObject, name = 'web', namespace = 'shop') =>
	object('networking.k8s.io/v1', 'NetworkPolicy', name, {metadata: {namespace}, spec});
const closed = policy({podSelector: {}, policyTypes: ['Ingress', 'Egress']}, 'default-deny');
const named = (name: string) => ({matchLabels: {'kubernetes.io/metadata.name': name}});

test.each([
	[
		'a policy of the stable pods leaves the canary open',
		[policy({podSelector: byApp, ingress: []})],
		['warning: NetworkPolicy shop/web does not hold for the pods of the canary: anybody may call them'],
	],
	[
		'a policy for what goes out too',
		[policy({podSelector: byApp, policyTypes: ['Egress'], egress: []})],
		['warning: NetworkPolicy shop/web does not hold for the pods of the canary: they may call anybody'],
	],
	[
		'where everything is closed, what it opens stays closed to the canary',
		[closed, policy({podSelector: byApp, ingress: [{}]})],
		['danger: NetworkPolicy shop/web does not hold for the pods of the canary, and another one forbids what it allows to come to them'],
	],
	['a policy by a label that stays', [policy({podSelector: byTier, ingress: []})], []],
	[
		'another application lets the stable pods in',
		[policy({podSelector: {matchLabels: {app: 'db'}}, ingress: [{from: [{podSelector: byApp}]}]}, 'db')],
		['danger: NetworkPolicy shop/db lets the stable pods in and not those of the canary: they cannot reach what it guards'],
	],
	[
		'and by another rule the canary too',
		[policy({podSelector: {}, ingress: [{from: [{podSelector: byApp}]}, {from: [{podSelector: byTier}]}]}, 'db')],
		[],
	],
	[
		'another namespace lets them in by name',
		[policy({podSelector: {}, ingress: [{from: [{podSelector: byApp, namespaceSelector: named('shop')}]}]}, 'db', 'data')],
		['danger: NetworkPolicy data/db lets the stable pods in and not those of the canary: they cannot reach what it guards'],
	],
	['another namespace means its own pods', [policy({podSelector: {}, ingress: [{from: [{podSelector: byApp}]}]}, 'db', 'data')], []],
	[
		'or those of a third one',
		[policy({podSelector: {}, ingress: [{from: [{podSelector: byApp, namespaceSelector: named('x')}]}]}, 'db', 'data')],
		[],
	],
	[
		'whom a gateway may call',
		[policy({podSelector: {matchLabels: {app: 'edge'}}, egress: [{to: [{podSelector: byApp}]}]}, 'edge')],
		['danger: NetworkPolicy shop/edge lets its pods call the stable ones and not those of the canary'],
	],
	[
		'a budget',
		[object('policy/v1', 'PodDisruptionBudget', 'web', {spec: {selector: byApp}})],
		['info: PodDisruptionBudget shop/web does not guard the pods of the canary: draining a node may take all of them at once'],
	],
	[
		'a budget of another namespace',
		[object('policy/v1', 'PodDisruptionBudget', 'web', {metadata: {namespace: 'x'}, spec: {selector: byApp}})],
		[],
	],
	[
		'what scrapes pods',
		[object('monitoring.coreos.com/v1', 'PodMonitor', 'web', {spec: {selector: byApp}})],
		['warning: PodMonitor shop/web does not scrape the pods of the canary: what it measures says nothing of them'],
	],
	[
		'who may call',
		[object('security.istio.io/v1', 'AuthorizationPolicy', 'web', {spec: {selector: byApp, action: 'DENY'}})],
		['danger: AuthorizationPolicy shop/web does not hold for the pods of the canary: what it refuses reaches them'],
	],
	['a policy for the whole namespace', [object('security.istio.io/v1', 'AuthorizationPolicy', 'all', {spec: {action: 'DENY'}})], []],
	[
		'a sidecar',
		[object('networking.istio.io/v1', 'Sidecar', 'web', {spec: {workloadSelector: {labels: {app: 'web'}}}})],
		['warning: Sidecar shop/web does not hold for the pods of the canary'],
	],
] as readonly (readonly [string, readonly KubeObject[], readonly string[]])[])('%s', (_, objects, expected) => {
	expect(notes(...objects)).toEqual(expected);
});

test('what scrapes Services finds the canary’s, unless it looks for a mark of a deployer', () => {
	const labels = {app: 'web', 'app.kubernetes.io/instance': 'shop'};
	const plain = service();
	const labelled = {...plain, metadata: {...plain.metadata, labels}};
	const monitor = (selector: JsonObject) => object('monitoring.coreos.com/v1', 'ServiceMonitor', 'web', {spec: {selector}});
	expect(notes(labelled, monitor(byApp))).toEqual([]);
	expect(notes(labelled, monitor({matchLabels: {'app.kubernetes.io/instance': 'shop'}}))).toEqual([
		'warning: ServiceMonitor shop/web scrapes Service web and not the one of the canary: what it measures says nothing of its pods',
	]);
});

test('a program that is told its labels sees those of the copy', () => {
	const env = [{name: 'APP', valueFrom: {fieldRef: {fieldPath: "metadata.labels['app']"}}}];
	const reading = deployment({container: {env}});
	const template = objectAt(reading, 'spec', 'template');
	const copy = separateCopy(reading, [], {suffix: 'canary', template, replicas: 1});
	expect(copyNotes(world(), reading, copy, 'canary').map(({text}) => text)).toEqual([
		'The program reads its label app: in the canary it is web-canary',
	]);
});
