import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {onTestFinished} from 'vitest';
import type {Json} from '../../src/core/json.ts';
import {alertmanagerOf, keptAlertmanager} from '../support/kept-alertmanager.ts';
import type {Place, Shop} from '../support/shop.ts';
import {addRollout} from '../support/shop-rollout.ts';
import {steadyPrometheus} from '../support/steady-prometheus.ts';

/** A Rollout of its own for a row, which no controller moves. */
const onRollout = (verb: string, name: string, ...flags: readonly string[]): Pick<Row, 'words' | 'object'> => ({
	words(shop) {
		addRollout(shop, name);
		return ['deploy', verb, name, ...flags];
	},
	object: () => ({kind: 'Rollout', name}),
});

/** One change tool as it is called on the embedded shop. Rows use different objects, so that they can run in any order. */
export type Row = {
	readonly tool: string;
	/** What is typed after `mkcoa`; an earlier change is made first where the tool needs one. */
	readonly words: (shop: Shop) => Promise<readonly string[]> | readonly string[];
	/** An object that the plan speaks of. */
	readonly object: (shop: Shop, words: readonly string[]) => Place;
	/** Somebody else's hand, where the object is no object of the cluster. */
	readonly touch?: (shop: Shop, words: readonly string[]) => void;
	/** Whether another command, and not the journal, takes it back. */
	readonly contrary?: true;
	/** The fields that the tool changes, as they are now; missing where what was done cannot be taken back. */
	readonly touched?: (shop: Shop) => Json;
};

const image = (name: string, tag: string) => `registry.example/shop/${name}:${tag}`;
const deployment = (name: string): Place => ({kind: 'Deployment', name});
const json = (value: unknown) => JSON.parse(JSON.stringify(value ?? null)) as Json;
const at = (value: unknown, ...path: readonly string[]) =>
	json(path.reduce<unknown>((inner, key) => Reflect.get(Object(inner), key), value));

const template = (name: string) => (shop: Shop) => at(shop.get(deployment(name)), 'spec', 'template');
const third = (_: Shop, words: readonly string[]) => words[2] ?? '';

const manifest = `
apiVersion: v1
kind: ConfigMap
metadata: {name: web-nginx}
data: {mime.types: "text/html html;"}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: made-by-a-test}
data: {COLOUR: green}
`;

const newWorkload = `
apiVersion: v1
kind: ConfigMap
metadata: {name: shop-config}
data: {COLOUR: green}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: made-by-a-test}
spec:
  replicas: 1
  selector: {matchLabels: {app: made-by-a-test}}
  template:
    metadata: {labels: {app: made-by-a-test}}
    spec: {containers: [{name: main, image: "registry.example/shop/gift:1.0"}]}
`;

const isThere = (shop: Shop, kind: string, name: string) => shop.sandbox.machine.get(kind, 'shop', name) !== undefined;

export const rows: readonly Row[] = [
	{
		tool: 'resource_apply',
		async words({folder}) {
			const file = join(folder, 'manifest.yaml');
			await writeFile(file, manifest);
			return ['k8s', 'apply', '-f', file];
		},
		object: () => ({kind: 'ConfigMap', name: 'web-nginx'}),
		touched: shop => [at(shop.get({kind: 'ConfigMap', name: 'web-nginx'}), 'data'), isThere(shop, 'ConfigMap', 'made-by-a-test')],
	},
	{
		tool: 'resource_patch',
		words: () => ['k8s', 'patch', 'deploy', 'cart', '-p', '{"spec":{"minReadySeconds":7,"template":{"metadata":{"labels":{"tier":"b"}}}}}'],
		object: () => deployment('cart'),
		touched: shop => [at(shop.get(deployment('cart')), 'spec')],
	},
	{
		tool: 'workload_scale',
		words: () => ['k8s', 'scale', 'catalog', '4'],
		object: () => deployment('catalog'),
		touched: shop => at(shop.get(deployment('catalog')), 'spec', 'replicas'),
	},
	{
		tool: 'workload_restart',
		words: () => ['k8s', 'restart', 'accounts'],
		object: () => deployment('accounts'),
		touched: template('accounts'),
	},
	{
		tool: 'node_cordon',
		words: () => ['k8s', 'cordon', 'node-1'],
		object: () => ({kind: 'Node', name: 'node-1'}),
		touched: shop => at(shop.get({kind: 'Node', name: 'node-1'}), 'spec', 'unschedulable'),
	},
	{
		tool: 'resource_delete',
		words: () => ['k8s', 'delete', 'svc', 'search'],
		object: () => ({kind: 'Service', name: 'search'}),
		touched: shop => (isThere(shop, 'Service', 'search') ? at(shop.get({kind: 'Service', name: 'search'}), 'spec', 'selector') : null),
	},
	{
		tool: 'pod_evict',
		words: shop => ['k8s', 'evict', shop.podOf('worker')],
		object: (shop, words) => ({kind: 'Pod', name: third(shop, words)}),
	},
	{
		tool: 'node_drain',
		words: () => ['k8s', 'drain', 'node-2', '--delete-empty-dir-data'],
		object: () => ({kind: 'Node', name: 'node-2'}),
		touched: shop => at(shop.get({kind: 'Node', name: 'node-2'}), 'spec', 'unschedulable'),
	},
	{
		tool: 'pod_exec',
		words: shop => ['k8s', 'exec', shop.podOf('payments'), 'hostname'],
		object: (shop, words) => ({kind: 'Pod', name: third(shop, words)}),
	},
	{
		tool: 'deployment_canary',
		words: () => [
			'deploy',
			'canary',
			'recommendations',
			'--image',
			image('recommendations', '0.15.0'),
			'--steps',
			'50,100',
			'--interval',
			'10s',
		],
		object: () => deployment('recommendations'),
		touched: template('recommendations'),
	},
	{
		tool: 'deployment_create',
		async words({folder}) {
			const file = join(folder, 'workload.yaml');
			await writeFile(file, newWorkload);
			return ['deploy', 'create', '-f', file];
		},
		object: () => ({kind: 'ConfigMap', name: 'shop-config'}),
		touched: shop => [at(shop.get({kind: 'ConfigMap', name: 'shop-config'}), 'data'), isThere(shop, 'Deployment', 'made-by-a-test')],
	},
	{
		tool: 'configmap_update',
		words({sandbox: {machine}}) {
			machine.create({apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'moods', namespace: 'shop'}, data: {MOOD: 'calm'}}, 'test');
			return ['deploy', 'configmap', 'moods', 'MOOD=sunny'];
		},
		object: () => ({kind: 'ConfigMap', name: 'moods'}),
		touched: shop => at(shop.get({kind: 'ConfigMap', name: 'moods'}), 'data'),
	},
	{
		tool: 'dashboard_save',
		words({sandbox: {machine}}) {
			const metadata = {name: 'mkcoa-nodes', namespace: 'shop', labels: {grafana_dashboard: '1'}};
			machine.create({apiVersion: 'v1', kind: 'ConfigMap', metadata, data: {'earlier.json': '{}'}}, 'test');
			return ['monitor', 'save-dashboard', '--since', '1m'];
		},
		object: () => ({kind: 'ConfigMap', name: 'mkcoa-nodes'}),
		touched: shop => at(shop.get({kind: 'ConfigMap', name: 'mkcoa-nodes'}), 'data'),
	},
	{
		tool: 'secret_manage',
		async words({folder}) {
			const file = join(folder, 'token');
			await writeFile(file, 'not-a-real-token');
			return ['deploy', 'secret', 'payments-api', '--from-file', `token=${file}`];
		},
		object: () => ({kind: 'Secret', name: 'payments-api'}),
		touched: shop => at(shop.get({kind: 'Secret', name: 'payments-api'}), 'data'),
	},
	{
		tool: 'optimize_resources',
		words: async () => ['--prometheus', await steadyPrometheus('payments'), 'deploy', 'optimize', 'payments'],
		object: () => deployment('payments'),
		touched: template('payments'),
	},
	{
		tool: 'auto_scale_resources',
		async words({sandbox: {machine}}) {
			const metadata = {name: 'accounts', namespace: 'shop'};
			const scaleTargetRef = {apiVersion: 'apps/v1', kind: 'Deployment', name: 'accounts'};
			const metrics = [{type: 'Resource', resource: {name: 'cpu', target: {type: 'Utilization', averageUtilization: 20}}}];
			const spec = {scaleTargetRef, minReplicas: 3, maxReplicas: 10, metrics};
			machine.create({apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata, spec}, 'test');
			return ['--prometheus', await steadyPrometheus('accounts'), 'monitor', 'scale', 'accounts', '--watch-for', '1m'];
		},
		object: () => ({kind: 'HorizontalPodAutoscaler', name: 'accounts'}),
		touched: shop => at(shop.get({kind: 'HorizontalPodAutoscaler', name: 'accounts'}), 'spec'),
	},
	{
		tool: 'auto_incident_response',
		words: () => ['security', 'respond', 'node/node-3', '--no-evidence'],
		object: () => ({kind: 'Node', name: 'node-3'}),
		touched: shop => at(shop.get({kind: 'Node', name: 'node-3'}), 'spec', 'unschedulable'),
	},
	{
		tool: 'deployment_blue_green',
		words: () => ['deploy', 'blue-green', 'web', '--image', image('web', '1.4.3'), '--keep', '1s'],
		object: () => deployment('web'),
		touched: template('web'),
	},
	{
		tool: 'deployment_update',
		words: () => ['deploy', 'rolling', 'shipping', '--image', image('shipping', '1.1.0')],
		object: () => deployment('shipping'),
		touched: template('shipping'),
	},
	{
		tool: 'deployment_rollback',
		words: () => ['deploy', 'rollback', 'checkout'],
		object: () => deployment('checkout'),
		touched: template('checkout'),
	},
	{tool: 'deployment_promote', ...onRollout('promote', 'promoted', '--detach'), contrary: true},
	{tool: 'deployment_abort', ...onRollout('abort', 'aborted', '--detach'), contrary: true},
	{tool: 'deployment_resume', ...onRollout('resume', 'resumed', '--detach'), contrary: true},
	{
		tool: 'deployment_pause',
		...onRollout('pause', 'paused'),
		touched: shop => at(shop.get({kind: 'Rollout', name: 'paused'}), 'spec', 'paused'),
	},
	{
		tool: 'service_create',
		words: () => ['deploy', 'service', 'worker', '--port', '8080'],
		object: () => deployment('worker'),
		touched: shop => isThere(shop, 'Service', 'worker'),
	},
	{
		tool: 'ingress_configure',
		words: () => ['deploy', 'ingress', 'catalog', '--host', 'shop.example', '--path', '/goods', '--route', 'shop'],
		object: () => ({kind: 'Ingress', name: 'shop'}),
		touched: shop => at(shop.get({kind: 'Ingress', name: 'shop'}), 'spec', 'rules'),
	},
	{
		tool: 'alerts_create',
		words({sandbox: {machine}}) {
			const data = {'earlier.yaml': 'groups: []'};
			machine.create({apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'alert-rules', namespace: 'shop'}, data}, 'test');
			return ['monitor', 'create-alerts', 'restarts', 'web', '--since', '10m', '--configmap', 'alert-rules'];
		},
		object: () => ({kind: 'ConfigMap', name: 'alert-rules'}),
		touched: shop => at(shop.get({kind: 'ConfigMap', name: 'alert-rules'}), 'data'),
	},
	{
		tool: 'auto_recovery',
		async words(shop) {
			await shop.outcome(['k8s', 'patch', 'svc', 'accounts', '-p', '{"spec":{"selector":{"app":"acounts"}}}', '--yes']);
			return ['incident', 'fix', 'service/accounts'];
		},
		object: () => ({kind: 'Service', name: 'accounts'}),
		touched: shop => at(shop.get({kind: 'Service', name: 'accounts'}), 'spec', 'selector'),
	},
	{
		tool: 'silence_create',
		async words(shop) {
			await keptAlertmanager(shop);
			return ['observe', 'silence', 'alertname=Slow', '--comment', 'new disks'];
		},
		object: () => ({kind: 'Silence', name: 'slow'}),
		touch(shop) {
			const kept = alertmanagerOf(shop);
			const id = kept.add('new disks', 'admin (mkcoa)');
			onTestFinished(() => void kept.silences.delete(id));
		},
		touched: shop => alertmanagerOf(shop).active('new disks'),
	},
	{
		tool: 'silence_expire',
		async words(shop) {
			await keptAlertmanager(shop);
			return ['observe', 'expire', alertmanagerOf(shop).add('old disks')];
		},
		object: (shop, words) => ({kind: 'Silence', name: third(shop, words)}),
		touch: (shop, words) => alertmanagerOf(shop).prolong(third(shop, words)),
		touched: shop => alertmanagerOf(shop).active('old disks'),
	},
	{
		tool: 'undo',
		async words(shop) {
			const done = await shop.outcome(['k8s', 'patch', 'netpol', 'default-deny', '-p', '{"metadata":{"labels":{"tier":"b"}}}', '--yes']);
			return ['undo', done.kind === 'done' ? (done.journal ?? '') : done.kind];
		},
		object: () => ({kind: 'NetworkPolicy', name: 'default-deny'}),
		touched: shop => at(shop.get({kind: 'NetworkPolicy', name: 'default-deny'}), 'metadata', 'labels'),
	},
];
