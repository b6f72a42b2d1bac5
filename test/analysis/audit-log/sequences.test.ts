import {expect, test} from 'vitest';
import {makeThreatJudge} from '../../../src/analysis/audit-log/threat-judge.ts';
import {auditEvent, type Told} from '../../support/audit-events.ts';

/** What a row of events shows, one after the other. */
function shown(events: readonly Told[]) {
	const judge = makeThreatJudge({rules: []});
	return events.flatMap(told => judge.hear(auditEvent(told))).map(({detection, detail}) => `${detection}: ${detail}`);
}
const times = (count: number, one: (index: number) => Told) => Array.from({length: count}, (_, index) => one(index));
const account = {by: 'system:serviceaccount:shop:web', program: 'web/1.0'};
const bound = (uid: string) => ({'authentication.kubernetes.io/pod-uid': [uid], 'authentication.kubernetes.io/pod-name': [`web-${uid}`]});
const minute = 60_000;

test('ten secrets within five minutes are a sweep, and the same one again and again is none', () => {
	const read = (index: number, everyMs: number): Told => ({on: `secrets shop/key-${index}`, atMs: index * everyMs});
	expect(shown(times(12, index => read(index, 1000)))).toEqual([
		'secret-sweep: 10 secrets in 1 namespace within 5m, such as shop/key-0, shop/key-1, shop/key-2',
	]);
	expect(shown(times(30, index => read(index, minute)))).toEqual([]);
	expect(shown(times(30, index => ({on: 'secrets shop/key', atMs: index})))).toEqual([]);
	expect(shown(times(30, index => ({...read(index, 1), code: 403})))).not.toContainEqual(expect.stringContaining('sweep'));
});

test('lists of secrets in four namespaces, or of all of them, are a sweep; what Helm lists of its own is none', () => {
	const list = (uri: string, more: Told = {}): Told => ({verb: 'list', on: 'secrets', uri, ...more});
	expect(shown([list('/api/v1/secrets?limit=500')])).toEqual(['secret-sweep: list of the secrets of all namespaces']);
	expect(shown(times(4, index => ({verb: 'list', on: `secrets ns-${index}/`})))).toEqual([
		'secret-sweep: lists of secrets in 4 namespaces: ns-0, ns-1, ns-2, ns-3',
	]);
	expect(shown([list('/api/v1/secrets?labelSelector=owner%3Dhelm')])).toEqual([]);
});

test('an operator that follows all secrets is told once, and low', () => {
	const follow = {...account, verb: 'list', on: 'secrets', uri: '/api/v1/secrets?limit=500&resourceVersion=0'};
	expect(shown([follow, follow])).toEqual(['secrets-listed: list of the secrets of all namespaces']);
});

test('ten different refusals within five minutes are probing; the same one again and again is a program without its rights', () => {
	const kinds = times(10, index => ({verb: 'list', on: `kind-${index} shop/`, code: 403, atMs: index}));
	expect(shown(kinds)).toEqual([
		'permission-probing: 10 different requests refused within 5m, such as list kind-0 shop, list kind-1 shop, list kind-2 shop, list kind-3 shop',
	]);
	expect(shown(times(50, index => ({verb: 'list', on: 'nodes', code: 403, atMs: index})))).toEqual([]);
});

test('thirty tokens that nobody accepts, from one address', () => {
	expect(shown(times(30, index => ({by: '', code: 401, atMs: index, from: '203.0.113.9'})))).toEqual([
		'sign-in-guessing: 30 requests without an accepted name within 5m from 203.0.113.9',
	]);
	expect(shown(times(40, index => ({by: '', code: 401, atMs: index, from: `203.0.113.${index}`})))).toEqual([]);
});

test('the token of one pod from two addresses is stolen, each address told once; pods of one account have each their own', () => {
	const use = (uid: string, from: string): Told => ({...account, extra: bound(uid), from, on: 'pods shop/x'});
	expect(shown([use('a', '10.1.0.4'), use('b', '10.1.0.5'), use('a', '10.1.0.4')])).toEqual([]);
	expect(shown([use('a', '10.1.0.4'), use('a', '203.0.113.9'), use('a', '203.0.113.9')])).toEqual([
		'token-elsewhere: token of pod web-a, until now from 10.1.0.4, with web/1.0',
	]);
	// A pod has an address of each family.
	expect(shown([use('a', '10.1.0.4'), use('a', 'fd00::4')])).toEqual([]);
});

test('whoever writes an address before his own does not hide behind it', () => {
	const judge = makeThreatJudge({rules: []});
	const use = (sourceIps: readonly string[]) => judge.hear({...auditEvent({...account, extra: bound('a'), on: 'pods shop/x'}), sourceIps});
	expect(use(['10.1.0.4'])).toEqual([]);
	expect(use(['10.1.0.4', '203.0.113.9'])).toMatchObject([{detection: 'token-elsewhere', source: '203.0.113.9'}]);
});

test('a token that somebody made by hand is told when it is used, once', () => {
	const made = {
		verb: 'create',
		on: 'serviceaccounts/token shop/web',
		code: 201,
		annotations: {'authentication.kubernetes.io/issued-credential-id': 'JTI=1'},
	};
	const use = {...account, extra: {'authentication.kubernetes.io/credential-id': ['JTI=1']}, from: '203.0.113.9', on: 'pods shop/x'};
	expect(shown([made, use, use])).toEqual(['made-token-used: made by ada at 10.0.0.7, first used for get pods shop/x']);
	const byKubelet = {...made, by: 'system:node:n', groups: ['system:nodes'], program: 'kubelet/v1.36'};
	expect(shown([byKubelet, use])).toEqual([]);
});

test('an account without a pod from a new address, after an hour at its own', () => {
	const use = (minutes: number, from: string): Told => ({...account, atMs: minutes * minute, from, on: 'pods shop/x'});
	const usual = times(30, index => use(index * 3, '10.2.0.1'));
	expect(shown([...usual, use(91, '203.0.113.9')])).toEqual(['account-from-new-address: from 203.0.113.9; until now from 10.2.0.1']);
	expect(shown([...usual.slice(0, 10), use(31, '203.0.113.9')])).toEqual([]);
});

test('ten deletions of different things by one person', () => {
	const remove = (by: string) => times(10, index => ({by, verb: 'delete', on: `deployments shop/d-${index}`, atMs: index}));
	expect(shown(remove('ada'))).toEqual([
		'mass-deletion: 10 deletions within 5m, such as deployments shop/d-0, deployments shop/d-1, deployments shop/d-2',
	]);
	expect(shown(remove('system:serviceaccount:argocd:argocd'))).toEqual([]);
});
