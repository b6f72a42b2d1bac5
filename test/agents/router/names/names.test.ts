import {describe, expect, test} from 'vitest';
import {allNamed} from '../../../../src/agents/router/names/all-named.ts';
import {kindsIn} from '../../../../src/agents/router/names/kinds-in.ts';
import {scopeIn} from '../../../../src/agents/router/names/scope-in.ts';
import {theOne} from '../../../../src/agents/router/names/the-one.ts';
import {clauseOf, clausesOf} from '../../../../src/agents/router/words/clauses-of.ts';
import {type KubeObject, refOf, refText} from '../../../../src/core/kube/kube-object.ts';
import {routerWorld, thing} from '../../../support/router-world.ts';

const world = routerWorld([
	thing('Namespace', 'shop', {labels: {env: 'production'}}),
	thing('Namespace', 'bank', {labels: {env: 'production'}}),
	thing('Namespace', 'qa', {labels: {env: 'qa'}}),
	thing('Namespace', 'search'),
	thing('Deployment', 'shop/gateway', {labels: {app: 'gateway', team: 'edge'}}),
	thing('Deployment', 'qa/gateway'),
	thing('Deployment', 'shop/router-blue'),
	thing('Deployment', 'shop/router-green'),
	thing('Deployment', 'shop/finder'),
	thing('Deployment', 'bank/teller'),
	thing('Deployment', 'bank/vault'),
	thing('StatefulSet', 'bank/vault'),
	thing('StatefulSet', 'bank/queue'),
	thing('Service', 'shop/router'),
	thing('Ingress', 'bank/shop'),
	thing('Service', 'bank/teller'),
	thing('PersistentVolumeClaim', 'bank/data-queue-0'),
	thing('PersistentVolumeClaim', 'bank/data-queue-1'),
	thing('PersistentVolumeClaim', 'bank/other'),
	thing('Node', 'n1', {labels: {zone: 'east-1'}}),
	thing('Node', 'n2', {labels: {zone: 'east-1'}}),
	thing('Node', 'n3', {labels: {zone: 'west-1'}}),
]);
const objectText = (object: KubeObject) => refText(refOf(object));
const workloads = ['Deployment', 'StatefulSet', 'DaemonSet'];

const found = async (text: string, kinds = workloads) => {
	const result = await theOne(clauseOf(text), world, kinds);
	return result.found === 'one' ? objectText(result.object) : result.found === 'several' ? result.objects.map(objectText) : 'none';
};

test.each([
	['the cron jobs', ['CronJob']],
	['a job and its persistent volume claim', ['Job', 'PersistentVolumeClaim']],
	['deploy web', []],
	['the deploy web', ['Deployment']],
	['롤바인딩과 서비스 계정', ['RoleBinding', 'ServiceAccount']],
	['sts/queue', ['StatefulSet']],
	['컨피그 맵을', ['ConfigMap']],
])('kinds of: %s', (text, kinds) => {
	expect(kindsIn(clauseOf(text)).map(({kind}) => kind)).toEqual(kinds);
});

test.each([
	['restart gateway in shop', ['shop'], []],
	['shop 말고 qa의 gateway', ['qa'], ['shop']],
	['gateway in production', ['shop', 'bank'], []],
	['gateway in the hsop namespace', ['shop'], []],
	['add a path to the shop ingress', undefined, []],
	['point ingress shop at gateway', undefined, []],
	['shop 인그레스에 경로를 추가해줘', undefined, []],
	['list the shop ingresses', ['shop'], []],
	['show the ingress in shop', ['shop'], []],
	['in shop ingress paths are wrong', ['shop'], []],
	['scale the shop deployment', ['shop'], []],
	['restart gateway', undefined, []],
	['gateway in qa and shop', ['shop', 'qa'], []],
	['compare gateway between qa and shop', ['qa', 'shop'], []],
	['everything except in qa', undefined, ['qa']],
])('namespaces of: %s', async (text, namespaces, excluded) => {
	const scope = await scopeIn(clauseOf(text), world);
	expect([scope.namespaces?.toSorted(), scope.excluded]).toEqual([namespaces?.toSorted(), excluded]);
});

test('a namespace that does not exist is said', async () => {
	expect((await scopeIn(clauseOf('restart web in the lab namespace'), world)).unknown).toBe('lab');
});

describe('the one object', () => {
	test.each([
		['restart teller', 'Deployment bank/teller'],
		['restart tellr', 'Deployment bank/teller'],
		['gateway in shop', 'Deployment shop/gateway'],
		['shop의 gateway', 'Deployment shop/gateway'],
		['production gateway', 'Deployment shop/gateway'],
		['gateway', ['Deployment shop/gateway', 'Deployment qa/gateway']],
		['vault statefulset', 'StatefulSet bank/vault'],
		['statefulset vault', 'StatefulSet bank/vault'],
		['vault', ['Deployment bank/vault', 'StatefulSet bank/vault']],
		['router green', 'Deployment shop/router-green'],
		['그린 router를 재시작', 'Deployment shop/router-green'],
		['scale router-blue, but leave green as it is', 'Deployment shop/router-blue'],
		['queue-0', 'StatefulSet bank/queue'],
		['delete nothing', 'none'],
		['deployment teller-x', 'none'],
	])('%s', async (text, expected) => {
		expect(await found(text)).toEqual(expected);
	});

	test('the namespace of the context decides between equals', async () => {
		const here = routerWorld([thing('Deployment', 'a/web'), thing('Deployment', 'b/web')], {namespace: 'b'});
		expect(await theOne(clauseOf('restart web'), here, workloads)).toMatchObject({found: 'one', object: {metadata: {namespace: 'b'}}});
	});

	test('a colour alone is of what was spoken of before', async () => {
		const clauses = clausesOf('Send router traffic to green, then scale blue down to 1');
		const [, second] = clauses;
		if (second === undefined) throw new Error('two orders');
		const result = await theOne(second, world, ['Deployment'], {clauses, index: 1, earlier: [], nowMs: 0});
		expect(result).toMatchObject({found: 'one', object: {metadata: {name: 'router-blue'}}});
	});

	test('choices say the request again, clearly', async () => {
		const result = await theOne(clauseOf('Scale gateway to 6'), world, workloads);
		expect(result.found === 'several' && result.question.choices.map(({request}) => request)).toEqual([
			'Scale deployment gateway in shop to 6',
			'Scale deployment gateway in qa to 6',
		]);
	});
});

test.each([
	['restart teller and finder', workloads, ['Deployment bank/teller', 'Deployment shop/finder']],
	['both router deployments', workloads, ['Deployment shop/router-blue', 'Deployment shop/router-green']],
	['all queue claims', ['PersistentVolumeClaim'], ['PersistentVolumeClaim bank/data-queue-0', 'PersistentVolumeClaim bank/data-queue-1']],
	['cordon both nodes of zone east-1', ['Node'], ['Node n1', 'Node n2']],
	['all statefulsets in bank', workloads, ['StatefulSet bank/vault', 'StatefulSet bank/queue']],
	['deployments labelled team=edge', workloads, ['Deployment shop/gateway']],
	['vault and queue statefulsets', workloads, ['StatefulSet bank/vault', 'StatefulSet bank/queue']],
	['delete service teller and deployment finder', ['Service', 'Deployment'], ['Service bank/teller', 'Deployment shop/finder']],
])('all of: %s', async (text, kinds, expected) => {
	const result = await allNamed(clauseOf(text), world, kinds);
	expect(result.found === 'some' ? result.objects.map(objectText) : result.found).toEqual(expected);
});
