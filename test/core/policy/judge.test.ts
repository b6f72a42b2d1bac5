import {expect, test} from 'vitest';
import type {KubeObject, Ref} from '../../../src/core/kube/kube-object.ts';
import type {Plan, Write} from '../../../src/core/plan.ts';
import {type Grant, makeGrant} from '../../../src/core/policy/grants.ts';
import {judge} from '../../../src/core/policy/judge.ts';
import {type PolicyRule, policySchema} from '../../../src/core/policy/policy.ts';
import type {PolicyQuestion} from '../../../src/core/policy/policy-question.ts';
import {deployment} from '../../support/kube-objects.ts';

const nowMs = Date.parse('2026-11-25T12:00:00Z');
const web: Ref = {apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web'};
const patch = (ref = web): Write => ({op: 'patch', ref, type: 'merge', patch: {}});
const remove = (ref = web): Write => ({op: 'delete', ref});
const apply = (manifest: KubeObject): Write => ({op: 'apply', ref: web, manifest});

function planOf(writes: readonly Write[], more: Partial<Plan> = {}): Plan {
	return {
		version: 1,
		tool: 'workload_scale',
		target: {context: 'staging', cluster: 'staging', clusterId: 'c', namespace: 'shop', identity: 'ana'},
		input: {},
		summary: 's',
		risk: {level: 'low', reasons: []},
		steps: [{title: 't', writes}],
		changes: writes.map(({ref, op}) => ({ref, operation: op === 'delete' ? 'delete' : 'update', fields: [], computed: 'server'})),
		consequences: [],
		preconditions: [],
		verify: [],
		undo: {possible: true, how: ''},
		...more,
	};
}

const change = (more: Partial<PolicyQuestion> = {}): PolicyQuestion => ({
	tool: 'workload_scale',
	effect: 'change',
	plan: planOf([patch()]),
	context: 'staging',
	identity: 'ana',
	nowMs,
	...more,
});
const prod = (more: Partial<PolicyQuestion> = {}) => change({context: 'prod-eu', ...more});
const granted = (scope: Partial<Grant> = {}) => [
	makeGrant({id: 'g1', tool: 'workload_scale', maxRisk: 'low', by: 'ana', ...scope}, 3_600_000, nowMs),
];
const said = (rules: readonly PolicyRule[], question: PolicyQuestion, grants: readonly Grant[] = []) => {
	const {answer, rule, yes} = judge({version: 1, rules: [...rules]}, grants, question);
	return `${answer} by ${rule}${answer === 'ask' && !yes ? ', no --yes' : ''}`;
};

test.each<[string, PolicyQuestion, string]>([
	['reading passes', change({tool: 'resource_get', effect: 'read', plan: undefined}), 'allow by default'],
	['reading passes in production', prod({effect: 'read', plan: undefined}), 'allow by default'],
	['a change asks', change(), 'ask by default'],
	['a destructive tool asks', change({effect: 'destructive'}), 'ask by default'],
	['production is not changed', prod(), 'deny by default'],
	[
		'a cluster called production counts too',
		change({plan: planOf([patch()], {target: {context: 'mine', cluster: 'gke_acme_live-1', clusterId: 'c', identity: 'ana'}})}),
		'deny by default',
	],
	['a plan without writes asks as well', change({plan: planOf([])}), 'ask by default'],
	['running a program asks every time', change({tool: 'pod_exec', effect: 'destructive'}), 'ask by always, no --yes'],
	['what a tainted model chose asks a person', change({tainted: true}), 'ask by always, no --yes'],
	[
		'a privileged manifest asks a person',
		change({plan: planOf([apply(deployment({container: {securityContext: {privileged: true}}}))])}),
		'ask by always, no --yes',
	],
	[
		'a patch that brings rights asks a person',
		change({
			plan: planOf([patch()], {consequences: [{id: 'elevated-host-pid', severity: 'danger', text: 'It sees the processes of its node'}]}),
		}),
		'ask by always, no --yes',
	],
])('without a policy: %s', (_, question, expected) => {
	expect(said([], question)).toBe(expected);
});

test.each<[string, readonly PolicyRule[], PolicyQuestion, string]>([
	['the first rule that applies wins', [{tool: 'workload_*', effect: 'allow'}, {effect: 'deny'}], change(), 'allow by policy rule 1'],
	['a rule of another tool does not apply', [{tool: 'pod_*', effect: 'allow'}], change(), 'ask by default'],
	['several patterns mean any of them', [{namespace: ['dev', 'sho?'], effect: 'allow'}], change(), 'allow by policy rule 1'],
	['kinds do not mind their case', [{kind: 'deployment', effect: 'deny'}], change(), 'deny by policy rule 1'],
	[
		'the strictest object of a plan counts',
		[
			{kind: 'Deployment', effect: 'allow'},
			{kind: 'Secret', effect: 'deny'},
		],
		change({plan: planOf([patch(), patch({...web, kind: 'Secret'})])}),
		'deny by policy rule 2',
	],
	[
		'one object without a rule asks for all',
		[{kind: 'Deployment', effect: 'allow'}],
		change({plan: planOf([patch(), patch({...web, kind: 'Service'})])}),
		'ask by default',
	],
	['writes are told apart', [{op: 'patch', effect: 'allow'}], change({plan: planOf([patch(), remove()])}), 'ask by default'],
	['what a write does counts as its name', [{op: 'update', effect: 'deny'}], change(), 'deny by policy rule 1'],
	['a rule opens production', [{context: 'prod-eu', effect: 'ask'}], prod(), 'ask by policy rule 1'],
	[
		'--yes does not destroy in production',
		[{context: 'prod-eu', effect: 'ask'}],
		prod({effect: 'destructive'}),
		'ask by policy rule 1, no --yes',
	],
	['unless the rule says so', [{context: 'prod-eu', effect: 'ask', yes: true}], prod({effect: 'destructive'}), 'ask by policy rule 1'],
	['a rule may refuse --yes', [{toolEffect: 'change', effect: 'ask', yes: false}], change(), 'ask by policy rule 1, no --yes'],
	['a rule may be for production alone', [{production: true, effect: 'allow'}], change(), 'ask by default'],
	['a rule may be for one person', [{identity: 'bo', effect: 'allow'}], change(), 'ask by default'],
	[
		'a rule may lock a namespace, and the Namespace itself',
		[{namespace: 'kube-*', effect: 'deny'}],
		change({plan: planOf([remove({apiVersion: 'v1', kind: 'Namespace', name: 'kube-system'})])}),
		'deny by policy rule 1',
	],
	[
		'a rule that allows a namespace does not allow its end',
		[{namespace: 'shop', effect: 'allow'}],
		change({plan: planOf([remove({apiVersion: 'v1', kind: 'Namespace', name: 'shop'})])}),
		'ask by default',
	],
	[
		'a rule may forbid reading',
		[{tool: 'pod_logs', effect: 'deny'}],
		change({tool: 'pod_logs', effect: 'read', plan: undefined}),
		'deny by policy rule 1',
	],
	[
		'a risk above the rule asks',
		[{effect: 'allow', maxRisk: 'low'}],
		change({plan: planOf([patch()], {risk: {level: 'medium', reasons: []}})}),
		'ask by policy rule 1',
	],
	['no rule lets a program run unasked', [{effect: 'allow'}], change({tool: 'pod_exec', effect: 'destructive'}), 'ask by always, no --yes'],
	[
		'no rule lets a privileged pod pass unasked',
		[{effect: 'allow'}],
		change({plan: planOf([apply(deployment({pod: {hostNetwork: true}}))])}),
		'ask by always, no --yes',
	],
	['what is denied stays so for a tainted model', [{effect: 'deny'}], change({tainted: true}), 'deny by policy rule 1'],
])('with a policy: %s', (_, rules, question, expected) => {
	expect(said(rules, question)).toBe(expected);
});

test.each<[string, Partial<Grant>, PolicyQuestion, string, (readonly PolicyRule[])?]>([
	['lets its tool pass', {}, change(), 'allow by grant g1'],
	['is over in time', {}, change({nowMs: nowMs + 3_600_000}), 'ask by default'],
	['is for its tool', {tool: 'node_drain'}, change(), 'ask by default'],
	['is for its namespace', {namespace: 'other'}, change(), 'ask by default'],
	[
		'of a namespace covers nothing of the whole cluster',
		{namespace: '*'},
		change({plan: planOf([patch({apiVersion: 'v1', kind: 'Node', name: 'n'})])}),
		'ask by default',
	],
	['is for its kind', {kind: 'Deployment'}, change({plan: planOf([patch(), patch({...web, kind: 'Secret'})])}), 'ask by default'],
	['asks above its risk', {}, change({plan: planOf([patch()], {risk: {level: 'medium', reasons: []}})}), 'ask by grant g1'],
	['opens production when it names it', {context: 'prod-eu'}, prod(), 'allow by grant g1'],
	['does not open production by a pattern', {context: '*'}, prod(), 'deny by default'],
	['does not open production by silence', {}, prod(), 'deny by default'],
	['turns the ask of a rule into a pass', {}, change(), 'allow by grant g1', [{effect: 'ask'}]],
	['does not overrule a deny', {}, change(), 'deny by policy rule 1', [{effect: 'deny'}]],
	['does not let a tainted model pass', {}, change({tainted: true}), 'ask by always, no --yes'],
	['does not let a program run', {tool: '*'}, change({tool: 'pod_exec', effect: 'destructive'}), 'ask by always, no --yes'],
])('a grant %s', (_, scope, question, expected, rules = []) => {
	expect(said(rules, question, granted(scope))).toBe(expected);
});

test('an answer says why, and how to go on', () => {
	expect(judge({version: 1, rules: []}, [], prod())).toEqual({
		answer: 'deny',
		rule: 'default',
		why: 'This is a production cluster by its name, and nothing says that it may be changed',
		next: 'Allow it for a while with mkcoa grants add workload_scale --context prod-eu -n shop --for 1h, or add a rule to the policy file',
		yes: false,
	});
	expect(judge({version: 1, rules: [{effect: 'deny', why: 'Frozen until Monday'}]}, [], change())).toMatchObject({
		why: 'Frozen until Monday',
		next: 'Ask whoever keeps the policy file',
	});
	expect(judge({version: 1, rules: []}, granted(), change())).toMatchObject({
		grant: 'g1',
		why: 'ana granted this until 2026-11-25T13:00:00.000Z',
	});
});

test.each<[string, unknown]>([
	['an unknown key', {rules: [{efect: 'deny'}]}],
	['an unknown answer', {rules: [{effect: 'maybe'}]}],
	['no answer', {rules: [{tool: 'x'}]}],
	['an empty list of patterns', {rules: [{tool: [], effect: 'deny'}]}],
	['another version', {version: 2, rules: []}],
])('a policy file with %s is refused', (_, file) => {
	expect(policySchema.safeParse(file).success).toBe(false);
});

test('a policy file may be short', () => {
	expect(policySchema.parse({})).toEqual({version: 1, rules: []});
	expect(policySchema.parse({rules: [{context: ['dev-*'], effect: 'allow'}]}).rules).toEqual([{context: ['dev-*'], effect: 'allow'}]);
});

const client = (rules: readonly PolicyRule[], question: PolicyQuestion, grants: readonly Grant[] = []) =>
	judge({version: 1, rules: [...rules]}, grants, question).client === true;
const inClient: PolicyRule = {tool: 'workload_scale', effect: 'ask', client: true};

test('a yes in the client counts where the rule that asks says so', () => {
	expect(client([inClient], change())).toBe(true);
	expect(client([inClient], change({tainted: true}))).toBe(true);
	expect(client([], change())).toBe(false);
	expect(client([{...inClient, client: false}], change())).toBe(false);
	expect(client([{...inClient, tool: 'resource_apply'}], change())).toBe(false);
});

test('a yes in the client never counts for a part that another rule speaks of, for what is denied, and for what always wants a review', () => {
	const two = change({plan: planOf([patch(), patch({...web, namespace: 'bank'})])});
	expect(client([{...inClient, namespace: 'shop'}], two)).toBe(false);
	expect(client([{...inClient, namespace: 'shop'}, inClient], two)).toBe(true);
	expect(client([{...inClient, namespace: 'shop'}, {effect: 'deny'}], two)).toBe(false);
	expect(client([{...inClient, tool: 'pod_exec'}], change({tool: 'pod_exec', effect: 'destructive'}))).toBe(false);
});
