import {expect, test} from 'vitest';
import {impactText} from '../../../src/agents/incident/impact-text.ts';
import {incidentImpact} from '../../../src/agents/incident/tools/incident-impact.ts';
import {fakeCluster} from '../../support/fake-cluster.ts';
import {deployment, object} from '../../support/kube-objects.ts';
import {toolContext} from '../../support/tool-context.ts';

const objects = [
	deployment({container: {env: [{name: 'DB', value: 'db:5432'}], envFrom: [{secretRef: {name: 'login'}}]}}),
	object('v1', 'Service', 'web', {spec: {selector: {app: 'web'}}}),
	object('v1', 'Service', 'db', {spec: {selector: {app: 'db'}}}),
	object('networking.k8s.io/v1', 'Ingress', 'front', {spec: {rules: [{http: {paths: [{backend: {service: {name: 'web'}}}]}}]}}),
	deployment({metadata: {namespace: 'other'}}, 'far'),
	deployment({metadata: {namespace: 'third'}}, 'far'),
	...['a', 'b', 'c', 'd', 'e'].map(name => object('v1', 'Pod', `db-${name}`, {metadata: {labels: {app: 'db'}}, spec: {nodeName: 'n1'}})),
];

const ask = async (input: {readonly target: string; readonly up?: boolean; readonly namespace?: string | undefined}) => {
	const {cluster} = fakeCluster({objects});
	return incidentImpact.run(incidentImpact.input.parse({namespace: 'shop', ...input}), toolContext(cluster).context);
};
const shown = async (input: Parameters<typeof ask>[0], width = 80, terminal = true) =>
	impactText(await ask(input), {width, terminal, nowMs: 0}).split('\n');

test('tells as a tree who leans on an object and why', async () => {
	expect(await shown({target: 'service/db'})).toEqual([
		'On Service shop/db lean 1 Deployment, 1 Ingress and 1 Service',
		'',
		'Service shop/db',
		'└ Deployment shop/web: asks it, named in DB',
		'  └ Service shop/web: sends requests to its pods',
		'    └ Ingress shop/front: sends requests to it',
	]);
});

test('tells what an object needs, many alike in one line', async () => {
	expect(await shown({target: 'service/db', up: true})).toEqual([
		'Service shop/db needs 1 Namespace, 1 Node, 5 Pods and 1 ServiceAccount',
		'',
		'Service shop/db',
		'├ Pod shop/db-a: the Service sends requests to its pods',
		'│ ├ Node n1: the Pod runs on it',
		'│ ├ ServiceAccount shop/default: the Pod uses it: service account',
		'│ └ Namespace shop: the Pod lives in it',
		'└ 4 Pods (db-b, db-c, db-d and db-e): the Service sends requests to its pods',
	]);
});

test('breaks lines under the branch that they belong to', async () => {
	expect(await shown({target: 'secret/login'}, 40)).toEqual([
		'On Secret shop/login lean 1 Deployment,',
		'1 Ingress and 1 Service',
		'',
		'Secret shop/login (not there)',
		'└ Deployment shop/web: uses it:',
		'  environment of container web',
		'  └ Service shop/web: sends requests to',
		'    its pods',
		'    └ Ingress shop/front: sends requests',
		'      to it',
	]);
});

test('takes the workload of several of one name, and says so', async () => {
	const {target, namesakes} = await ask({target: 'web'});
	expect([target.kind, namesakes.map(({kind}) => kind)]).toEqual(['Deployment', ['Service']]);
});

test.each([
	[{target: 'wbe'}, 'Nothing is named wbe in namespace shop'],
	[{target: 'far', namespace: undefined}, 'Several objects are named far'],
	[{target: 'secret/lost'}, 'Secret shop/lost does not exist, and nothing names it'],
	[{target: 'gizmo/web'}, 'no kind gizmo'],
])('refuses %j: %s', async (input, what) => {
	await expect(ask(input)).rejects.toThrow(what);
});
