import {describe, expect, test} from 'vitest';
import {autoIncidentResponse} from '../../../src/agents/security/tools/auto-incident-response.ts';
import type {JsonObject} from '../../../src/core/json.ts';
import type {AnyOutcome} from '../../../src/core/outcome.ts';
import type {Ports} from '../../../src/main/ports.ts';
import {shopRoad} from '../../support/shop-road.ts';

const {run, ports, sandbox} = await shopRoad({speed: 60});
const {machine} = sandbox;

const rbac = 'rbac.authorization.k8s.io/v1';
const account = (name: string) => machine.create({apiVersion: 'v1', kind: 'ServiceAccount', metadata: {name, namespace: 'shop'}}, 'test');
const bind = (name: string, subjects: JsonObject[]) =>
	machine.create(
		{
			...{apiVersion: rbac, kind: 'RoleBinding', metadata: {name, namespace: 'shop'}, subjects},
			roleRef: {apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'edit'},
		},
		'test',
	);
const podsOf = (app: string) => machine.list('Pod').filter(({metadata}) => metadata.namespace === 'shop' && metadata.labels?.app === app);

type Kept = {readonly about: string; readonly evidence: JsonObject};

/** @param keep what becomes of evidence; kept in the list that is returned if left out */
async function respond(input: JsonObject, {mode, keep}: {mode?: 'plan'; keep?: Ports['keepEvidence']} = {}) {
	const kept: Kept[] = [];
	const keepEvidence: Ports['keepEvidence'] =
		keep ??
		(async (about, evidence) => {
			kept.push({about, evidence});
			return {path: `/evidence/${about}.json`, sha256: 'f'.repeat(64)};
		});
	const change = {ports: {...ports, keepEvidence}, ...(mode === undefined ? {} : {mode})};
	const {outcome} = await run(autoIncidentResponse, {namespace: 'shop', ...input}, change);
	return {outcome, kept};
}

function planned(outcome: AnyOutcome) {
	if (!('plan' in outcome) || outcome.plan === undefined) throw new Error(JSON.stringify(outcome, null, 1));
	return outcome.plan;
}

const troubleOf = (outcome: AnyOutcome) => ('error' in outcome ? outcome.error : outcome);

describe('a workload', () => {
	test('is isolated where nothing is said, and what others let through is told', async () => {
		const plan = planned((await respond({target: 'web'}, {mode: 'plan'})).outcome);
		expect(plan.steps.map(({title}) => title)).toEqual([
			'Keep evidence of Deployment shop/web on this machine',
			'Shut 3 pods off from the network',
		]);
		expect(plan.consequences.filter(({id}) => id === 'still-let-through').map(({ref}) => ref?.name)).toEqual([
			'allow-within-shop',
			'web-from-anywhere',
		]);
		expect(plan.undo.possible).toBe(true);
	});

	test('keeps evidence before anything is changed', async () => {
		const before = podsOf('cart');
		const {outcome, kept} = await respond({target: 'cart', measures: ['isolate', 'take-out']}, {});
		expect(outcome).toMatchObject({kind: 'done', output: {evidence: {path: '/evidence/cart.json', left: []}}});
		const evidence: JsonObject = kept[0]?.evidence ?? {};
		expect(JSON.stringify(evidence)).not.toContain('mkcoa.io/quarantine');
		expect(evidence).toMatchObject({subject: 'Deployment shop/cart'});
		expect(evidence.logs).toHaveLength(before.length);
		for (const {metadata} of before)
			expect(machine.get('Pod', 'shop', metadata.name)?.metadata.labels).toEqual({'mkcoa.io/quarantine': 'cart'});
		expect(machine.get('NetworkPolicy', 'shop', 'quarantine-cart')?.spec).toEqual({
			podSelector: {matchLabels: {'mkcoa.io/quarantine': 'cart'}},
			policyTypes: ['Ingress', 'Egress'],
		});
	});

	test('is left alone where its evidence cannot be kept', async () => {
		const {outcome} = await respond({target: 'payments'}, {keep: () => Promise.reject(new Error('the disk is full'))});
		expect(outcome).toMatchObject({kind: 'failed', done: []});
		expect(machine.get('NetworkPolicy', 'shop', 'quarantine-payments')).toBeUndefined();
		expect(podsOf('payments').every(({metadata}) => metadata.labels?.['mkcoa.io/quarantine'] === undefined)).toBe(true);
	});

	test('is scaled to none as the last resort, which the journal brings back', async () => {
		const plan = planned((await respond({target: 'catalog', measures: ['stop', 'cordon']}, {mode: 'plan'})).outcome);
		expect(plan.steps.map(({title}) => title).slice(1)).toEqual([
			expect.stringMatching(/^Close /),
			'Scale Deployment shop/catalog to none',
		]);
		expect(plan.undo.possible).toBe(true);
	});

	test('is not taken out and ended at once', async () => {
		const {outcome} = await respond({target: 'web', measures: ['stop', 'take-out']});
		expect(troubleOf(outcome)).toMatchObject({code: 'measures-exclude-each-other'});
	});
});

describe('an account', () => {
	test('is taken out of the bindings that name it, also as the user that it signs in as, and out of no other', async () => {
		account('ci');
		bind('ci-edit', [
			{kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: 'minho'},
			{kind: 'ServiceAccount', name: 'ci', namespace: 'shop'},
		]);
		bind('ci-as-user', [{kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: 'system:serviceaccount:shop:ci'}]);
		bind('other-ci', [{kind: 'ServiceAccount', name: 'ci', namespace: 'staging'}]);
		const {outcome} = await respond({target: 'serviceaccount/ci'});
		expect(outcome).toMatchObject({kind: 'done'});
		const left = (name: string) => machine.get('RoleBinding', 'shop', name)?.subjects;
		expect(left('ci-edit')).toEqual([expect.objectContaining({name: 'minho'})]);
		expect(left('ci-as-user') ?? []).toEqual([]);
		expect(left('other-ci')).toHaveLength(1);
	});

	test('is made anew so that its tokens end, which nothing takes back', async () => {
		const {metadata} = account('robot');
		const plan = planned((await respond({target: 'serviceaccount/robot', measures: ['revoke-tokens']}, {mode: 'plan'})).outcome);
		expect(plan.undo).toEqual({possible: false, how: 'Tokens that were given out stay worthless'});
		const {outcome} = await respond({target: 'serviceaccount/robot', measures: ['revoke-tokens']});
		expect(outcome).toMatchObject({kind: 'done'});
		const now = machine.get('ServiceAccount', 'shop', 'robot');
		expect(now).toBeDefined();
		expect(now?.metadata.uid).not.toBe(metadata.uid);
	});

	test.each([
		['group/system:masters', 'control plane'],
		['user/nobody-knows', 'no binding names User nobody-knows'],
	])('%s is left with the reason', async (target, why) => {
		expect(troubleOf((await respond({target})).outcome)).toMatchObject({code: 'no-measure', why: expect.stringContaining(why)});
	});
});

test.each([
	['service/web', 'no-subject'],
	['deployment/nope', 'not-found'],
])('%s is no subject', async (target, code) => expect(troubleOf((await respond({target})).outcome)).toMatchObject({code}));

test('a node is closed', async () => {
	const plan = planned((await respond({target: 'node/node-1'}, {mode: 'plan'})).outcome);
	expect(plan.changes.map(({ref}) => ref.name)).toEqual(['node-1']);
});
