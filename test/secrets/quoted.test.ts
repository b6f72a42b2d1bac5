import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import {beforeEach, describe, expect, test} from 'vitest';
import type {KubeObject} from '../../src/core/kube/kube-object.ts';
import {openShop} from '../support/shop.ts';
import {bytesBelow} from './planted.ts';

/** Values of Secrets that nobody reads in these tests; no form gives them away. */
const canaries = {
	plain: 'Violet-otter-seven',
	inUrl: 'Amber.heron.three',
	inFile: 'Ochre-lynx-nine',
	registry: 'Umber-stoat-five',
	twice: 'Teal-badger-four',
	account: 'Coral-gecko-eight',
	helmValue: 'Mauve-ibex-two',
	helmSecret: 'Khaki-crane-six',
} as const;

const base64 = (text: string) => Buffer.from(text).toString('base64');
const secret = (
	name: string,
	data: {readonly [key: string]: string},
	more: {readonly type?: string; readonly namespace?: string} = {},
): KubeObject => ({
	apiVersion: 'v1',
	kind: 'Secret',
	metadata: {name, namespace: more.namespace ?? 'shop'},
	type: more.type ?? 'Opaque',
	data: Object.fromEntries(Object.entries(data).map(([key, value]) => [key, base64(value)])),
});

/** What Helm keeps of a release. */
const release = gzipSync(
	JSON.stringify({
		config: {database: {password: canaries.helmValue}},
		manifest: `---\nkind: ConfigMap\ndata: {mode: quiet}\n---\nkind: Secret\nstringData:\n  pin: ${canaries.helmSecret}\n`,
	}),
).toString('base64');

const shop = await openShop({speed: 1});
const {machine, requests} = shop.sandbox;
const pod = shop.podOf('web');

for (const object of [
	// Words that everybody says, beside the values: none of them blanks ordinary text.
	secret('orders-db', {
		value: canaries.plain,
		username: 'checkout',
		host: 'postgres.shop',
		port: '5432',
		ssl: 'true',
		role: 'admin',
		kind: 'localhost',
	}),
	secret('url', {DATABASE_URL: `postgres://app:${canaries.inUrl}@db/orders`}),
	secret('file', {'app.properties': `level=info\nspring.password=${canaries.inFile}\n`}),
	secret('pull', {'.dockerconfigjson': JSON.stringify({auths: {'registry.example': {auth: base64(`bot:${canaries.registry}`)}}})}),
	secret('coded', {token: base64(canaries.twice)}),
	secret('robot', {token: canaries.account, namespace: 'shop'}, {type: 'kubernetes.io/service-account-token'}),
	secret('sh.helm.release.v1.web.v1', {release}, {type: 'helm.sh/release.v1'}),
])
	machine.create(object);

const all = Object.values(canaries);
const ordinary = 'checkout at postgres.shop:5432 is true for admin on localhost, shop, orders';
const quote = `refused: ${all.join(' | ')}; ${ordinary}`;
const now = new Date().toISOString();
machine.create({
	apiVersion: 'v1',
	kind: 'Event',
	metadata: {name: 'quoting', namespace: 'shop'},
	involvedObject: {apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: pod},
	type: 'Warning',
	reason: 'Quoting',
	message: quote,
	count: 1,
	firstTimestamp: now,
	lastTimestamp: now,
});
machine.create({
	apiVersion: 'v1',
	kind: 'ConfigMap',
	metadata: {name: 'quoting', namespace: 'shop', annotations: {about: quote}},
	data: {note: quote},
});
machine.extend({podLogs: () => ['started', quote]});

const leaks = (text: string) => all.filter(value => text.includes(value) || text.includes(base64(value)));
const lists = () => requests.all().filter(({method, path}) => method === 'GET' && /\/secrets(\?|$)/.test(path)).length;
beforeEach(() => requests.clear());

const reads = [
	'k8s events',
	'k8s events -A',
	`k8s logs ${pod}`,
	`k8s describe pod ${pod}`,
	'k8s get configmap quoting',
	'k8s get configmap quoting --path .metadata.annotations',
	'k8s describe configmap quoting',
	'k8s list configmaps --columns .data,.metadata.annotations',
	'k8s list events',
];

describe('a value of a Secret that nobody read', () => {
	test.each(reads.flatMap(words => [[words, []] as const, [words, ['--json']] as const]))(
		'is hidden where %s %s quotes it',
		async (words, format) => {
			const {code, out, err} = await shop.run([...words.split(' '), ...format]);
			expect({code, leaks: leaks(out + err)}).toEqual({code: 0, leaks: []});
			expect(out).toContain('refused: ‹redacted›');
			expect(lists()).toBe(1);
		},
	);

	test('is hidden in what a program in a pod prints', async () => {
		machine.extend({podExec: () => ({stdout: quote, stderr: quote, exitCode: 0})});
		const {out, err, shown} = await shop.reviewed(['k8s', 'exec', pod, 'cat', '/etc/passwords'], () => {});
		expect(leaks(out + err + shown)).toEqual([]);
		expect(out).toContain('refused: ‹redacted›');
	});

	test.each([
		['delete', 'configmap', 'quoting'],
		['delete', 'cm', 'quoting'],
		['patch', 'configmap', 'quoting', '--patch', '{"data":{"note":"other"}}'],
	])('is hidden in the plan to %s %s', async (...words) => {
		const {code, out, err} = await shop.run(['k8s', ...words, '--dry-run']);
		expect({code, leaks: leaks(out + err)}).toEqual({code: 0, leaks: []});
	});

	test('leaves ordinary words beside it as they are', async () => {
		expect((await shop.run(['k8s', 'logs', pod])).out).toContain(`; ${ordinary}`);
		expect((await shop.run(['k8s', 'list', 'deployments'])).out).toContain('checkout');
	});

	test('is in no answer of the built-in router, and in nothing that is kept', async () => {
		for (const request of [
			`show the logs of ${pod}`,
			'what is in the configmap quoting?',
			`why is ${pod} failing?`,
			'show the events in shop',
		]) {
			const {out, err} = await shop.run(['chat', '--no-model', request]);
			expect({request, leaks: leaks(out + err)}).toEqual({request, leaks: []});
		}
		const {session} = JSON.parse((await shop.run(['chat', '--no-model', '--json', `they log in with ${all.join(' ')}`])).out);
		expect(leaks((await shop.run(['chat', '--export', session])).out)).toEqual([]);
		expect(leaks(bytesBelow(join(shop.folder, 'state')))).toEqual([]);
	});
});

test.each(['k8s list pods', 'k8s list nodes', 'k8s scale deployment/web 4 --dry-run', 'k8s contexts'])(
	'no Secret is listed for %s, which tells no text',
	async words => {
		expect((await shop.run(words.split(' '))).code).toBe(0);
		expect(lists()).toBe(0);
	},
);

test('who may not list Secrets is answered all the same, and what has the form of a secret stays hidden', async () => {
	const {code, out, err} = await shop.run(['--context', 'sandbox-reader', 'k8s', 'events', '--json']);
	expect({code, err}).toEqual({code: 0, err: ''});
	expect(out).toContain(ordinary);
	expect(
		requests
			.all()
			.filter(({path}) => path.endsWith('/secrets'))
			.map(({status}) => status),
	).toEqual([403]);
});

test('MKCOA_LEARN_SECRETS=no lists none', async () => {
	expect((await shop.run(['k8s', 'events'], {env: {MKCOA_LEARN_SECRETS: 'no'}})).code).toBe(0);
	expect(lists()).toBe(0);
});
