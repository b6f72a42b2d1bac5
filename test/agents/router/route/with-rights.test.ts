import {describe, expect, test} from 'vitest';
import {openShop} from '../../../support/shop.ts';

const tokens = {
	admin: {name: 'admin', groups: ['system:masters']},
	/** Works in one namespace and may look nowhere else. */
	dweller: {name: 'dweller', groups: []},
	stranger: {name: 'stranger', groups: []},
};
const shop = await openShop({speed: 1, tokens});
shop.sandbox.machine.create({
	apiVersion: 'rbac.authorization.k8s.io/v1',
	kind: 'RoleBinding',
	metadata: {name: 'dweller', namespace: 'shop'},
	roleRef: {apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'edit'},
	subjects: [{kind: 'User', name: 'dweller', apiGroup: 'rbac.authorization.k8s.io'}],
});

const asking = (who: keyof typeof tokens) => async (request: string) => {
	const {code, out} = await shop.run([
		'--context',
		who === 'admin' ? 'sandbox' : `sandbox-${who}`,
		'chat',
		'--no-model',
		'--json',
		request,
	]);
	return {code, ...JSON.parse(out)};
};

describe('somebody who may list nothing', () => {
	test.each([
		['scale web to 5', 'deployments.apps'],
		['how many deployments are there?', 'deployments.apps'],
		['delete deployment web', 'deployments.apps'],
		['show logs of web', 'pods'],
		['why is web failing?', 'pods'],
		['what is wrong?', 'deployments.apps'],
		['which images run in shop?', 'deployments.apps'],
		['cordon node-1', 'nodes'],
		['디플로이먼트 web을 5개로 늘려줘', 'deployments.apps'],
		['디플로이먼트가 몇 개야?', 'deployments.apps'],
	])('%s: is told the right to ask for, and not that something is missing', async (request, right) => {
		const {code, kind, text} = await asking('stranger')(request);
		expect({code, kind}).toEqual({code: 4, kind: 'refusal'});
		expect(text).toMatch(/You may not list|권한이 없어서/);
		expect(text).toContain(right);
		expect(text).not.toMatch(/there is no|not found|없습니다\. 있는|0 Deployments|looks sick/i);
	});
});

describe('somebody who works in one namespace', () => {
	const ask = asking('dweller');

	test('plans and answers there', async () => {
		expect(await ask('scale web to 5')).toMatchObject({code: 8, kind: 'plan'});
		expect((await ask('show logs of web')).kind).toBe('answer');
	});

	test.each(['how many deployments are there?', 'delete deployment ghost', 'what is wrong?'])(
		'%s: is told that it was looked there alone',
		async request => {
			expect((await ask(request)).text).toMatch(/^Only namespace shop was looked at: you may not list .*Deployment.* elsewhere/);
		},
	);

	test('is told the right for what has no namespace', async () => {
		expect(await ask('how many nodes are there?')).toMatchObject({code: 4, text: expect.stringContaining('list on nodes')});
	});
});

test('who may see everything is told of no right', async () => {
	expect((await asking('admin')('how many deployments are there?')).text).not.toMatch(/may not list/);
});
