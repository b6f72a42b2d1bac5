import {describe, expect, test} from 'vitest';
import {route} from '../../../../src/agents/router/route/route.ts';
import type {Intent} from '../../../../src/agents/router/understanding.ts';
import {amountsIn} from '../../../../src/agents/router/words/amounts.ts';
import {spoken} from '../../../../src/agents/router/words/spoken.ts';
import {routerWorld, thing} from '../../../support/router-world.ts';

const world = routerWorld([
	thing('Deployment', 'shop/web', {spec: {replicas: 3}}),
	thing('Deployment', 'qa/web', {spec: {replicas: 1}}),
	thing('Deployment', 'shop/cart', {spec: {replicas: 2}}),
	thing('Deployment', 'shop/mail', {spec: {replicas: 1}}),
]);

/** Notes each clause as it came to be asked. */
const echo: Intent = {
	name: 'echo',
	understand: async clause => ({kind: 'calls', said: clause.text, calls: [{tool: 'echo', input: {text: clause.text}}]}),
};
const asked = async (text: string) => {
	const [last] = (await route(text, world, {guards: [], intents: [echo], nowMs: 0})).slice(-1);
	return last?.kind === 'calls' ? last.calls.map(({input}) => input.text) : last?.kind;
};

describe('what a clause points at is said again', () => {
	test.each([
		['Scale cart to 3, then restart it', ['Scale cart to 3', 'restart cart']],
		['Restart cart and mail. Then scale them to 2.', ['Restart cart and mail', 'scale cart and mail to 2.']],
		['Scale cart to 3, mail to 5 and restart both', ['Scale cart to 3', 'Scale mail to 5', 'restart cart and mail']],
		['In qa: scale web to 3 and restart it', ['In qa scale web to 3', 'In qa restart web']],
		['Scale web in shop to 3, then restart web', ['Scale web in shop to 3', 'restart web in shop']],
		['Scale cart to 3 and set LEVEL=debug', ['Scale cart to 3', 'set LEVEL=debug for cart']],
		['cart를 3개로 늘리고 이미지는 1.4로 바꿔줘', ['cart를 3개로 늘리고', 'cart의 이미지는 1.4로 바꿔줘']],
		['Create namespace lab. In it, deploy nginx:1.29 as echo.', ['Create namespace lab', 'In namespace lab, deploy nginx:1.29 as echo.']],
	])('%s', async (text, clauses) => {
		expect(await asked(text)).toEqual(clauses);
	});
});

test.each([
	['scale cart to 5, mail to 3', ['scale cart to 5', 'scale mail to 3']],
	['Tonight: cart up by 50%, mail 1 to 4 pods', ['cart up by 50%', 'mail 1 to 4 pods']],
	['Please give cart 5 replicas and mail 2', ['Please give cart 5 replicas', 'Please give mail 2 replicas']],
	['set the memory of cart to 2Gi, of mail to 1Gi', ['set the memory of cart to 2Gi', 'set the memory of mail to 1Gi']],
	['cart는 5개, mail은 2개로 늘려줘', ['cart는 5개로 늘려줘', 'mail은 2개로 늘려줘']],
	['restart cart, mail', ['restart cart, mail']],
	['cart 서비스가 mail을 바라보게 하고 web은 2개로 줄여주세요', ['cart 서비스가 mail을 바라보게 하고', 'web은 2개로 줄여주세요']],
])('lists of wishes: %s', async (text, clauses) => {
	expect(await asked(text)).toEqual(clauses);
});

test.each([
	['If cart has fewer than 5, make it 5.', ['scale cart in shop to 5.']],
	['If cart has more than 5 replicas, scale it to 5', 'answer'],
	['cart가 5개보다 적으면 5개로 늘려줘', ['shop 네임스페이스의 cart을 5개로 늘려줘']],
	['If web has fewer than 2, restart it', 'question'],
	['If the probe of cart fails, restart cart', 'question'],
	['If cart has fewer than 5, make it 5 and restart mail.', ['scale cart in shop to 5', 'restart mail.']],
])('conditions: %s', async (text, expected) => {
	expect(await asked(text)).toEqual(expected);
});

describe('one request, one outcome', () => {
	const scaling: Intent = {
		name: 'scaling',
		understand: async clause =>
			spoken(clause, 'scale')
				? {kind: 'calls', said: 'scale', calls: [{tool: 'workload_scale', input: {said: clause.text, replicas: amountsIn(clause).length}}]}
				: undefined,
	};
	const create: Intent = {
		name: 'create',
		understand: async clause =>
			spoken(clause, 'create')
				? {kind: 'calls', said: 'create', calls: [{tool: 'resource_apply', input: {manifest: clause.words[2]?.text ?? ''}}]}
				: undefined,
	};
	const answer: Intent = {
		name: 'answer',
		understand: async clause => (spoken(clause, 'how') ? {kind: 'answer', said: 'count', text: '3'} : undefined),
	};
	const settings = {guards: [], intents: [scaling, create, answer], nowMs: 0};

	test('nothing is done where one part is not understood', async () => {
		expect(await route('Scale cart to 3 and show me foo', world, settings)).toMatchObject([
			{kind: 'question', text: expect.stringContaining('show me foo')},
		]);
	});

	test('creates become one apply of several documents', async () => {
		const [understood] = await route('Create namespace a. Create configmap b.', world, settings);
		expect(understood).toMatchObject({kind: 'calls', calls: [{tool: 'resource_apply', input: {manifest: 'a\n---\nb'}}]});
	});

	test('answers come before the calls', async () => {
		const kinds = (await route('How many pods has cart? Scale cart to 3.', world, settings)).map(({kind}) => kind);
		expect(kinds).toEqual(['answer', 'calls']);
	});

	test('a guard sees the whole request', async () => {
		const guard: Intent = {
			name: 'no',
			understand: async clause => (clause.text.includes('mail') ? {kind: 'refusal', why: 'no'} : undefined),
		};
		expect(await route('Scale cart to 3 and restart mail', world, {...settings, guards: [guard]})).toEqual([{kind: 'refusal', why: 'no'}]);
	});
});
