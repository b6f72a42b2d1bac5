import {describe, expect, test} from 'vitest';
import {openShop} from '../support/shop.ts';

const shop = await openShop();
const pod = shop.podOf('web');

type Fault = Parameters<typeof shop.sandbox.fault>[0];

const isRead: Fault['match'] = ({method}) => method === 'GET';
const reads: readonly Fault[] = ([429, 500, 503, 'reset', 'truncate'] as const).map(answer => ({match: isRead, answer, times: 2}));

const commands = [
	'k8s list pods',
	'k8s get deploy web',
	'k8s describe deploy web',
	`k8s logs ${pod}`,
	'k8s top pods',
	'deploy status web',
	'k8s scale catalog 4 --dry-run',
];

// Those that wait for their next try do it together: a fault hits whoever asks first.
describe.each(reads)('two answers of $answer to reads', fault => {
	test('are survived by whoever asks', async () => {
		for (const _ of commands) shop.sandbox.fault(fault);
		const ran = await Promise.all(commands.map(async words => ({words, ...(await shop.run(words.split(' ')))})));
		expect(ran.filter(({code}) => code !== 0)).toEqual([]);
	});
});

test.each([429, 503] as const)('a server that asks with %i to come back gets the write a second later', async answer => {
	shop.sandbox.fault({match: ({method, query}) => method === 'PATCH' && !query.has('dryRun'), answer, retryAfterSeconds: 1, times: 1});
	const outcome = await shop.outcome(['k8s', 'patch', 'cm', 'web-nginx', '-p', `{"data":{"after":"${answer}"}}`, '--yes']);
	expect(outcome).toMatchObject({kind: 'done'});
	expect(shop.get({kind: 'ConfigMap', name: 'web-nginx'}).data).toMatchObject({after: String(answer)});
});

test('a server that never recovers is told of within seconds, and nothing is written', async () => {
	shop.sandbox.fault({match: isRead, answer: 500, times: 1000});
	const written = await shop.writesDuring(async () => {
		expect(await shop.run(['k8s', 'scale', 'catalog', '4', '--yes'])).toMatchObject({code: 1, out: '', err: expect.stringMatching(/^✗ /)});
	});
	expect(written).toEqual([]);
});
