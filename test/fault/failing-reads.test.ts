import {expect, test} from 'vitest';
import {openShop} from '../support/shop.ts';

const shop = await openShop();

type Fault = Parameters<typeof shop.sandbox.fault>[0];

const isRead: Fault['match'] = ({method}) => method === 'GET';

/** Commands, and a request that each of them makes. No request fits two of the paths, so none fails more than twice. */
const commands: readonly (readonly [words: string, path: RegExp])[] = [
	['k8s list pods', /^\/api\/v1\/namespaces\/shop\/pods$/],
	['k8s get deploy web', /\/deployments\/web$/],
	['k8s describe deploy web', /\/events$/],
	['k8s top pods', /metrics\.k8s\.io\/.*\/pods/],
	['deploy status web', /\/replicasets$/],
	['k8s scale catalog 4 --dry-run', /\/deployments\/catalog$/],
];

test.each([429, 500, 503, 'reset', 'truncate'] as const)('two answers of %s to each read are survived', async answer => {
	const hits = commands.map(([, path], index) => {
		let count = 0;
		shop.sandbox.fault({
			match: request => {
				const isHit = isRead(request) && path.test(request.path) && commands.findIndex(([, other]) => other.test(request.path)) === index;
				if (isHit) count += 1;
				return isHit;
			},
			answer,
			times: 2,
		});
		return () => count;
	});
	const ran = await Promise.all(commands.map(async ([words]) => ({words, ...(await shop.run(words.split(' ')))})));
	expect(ran.filter(({code}) => code !== 0)).toEqual([]);
	expect(hits.map(count => count())).toEqual(commands.map(() => 2));
});

test('a log that breaks off is shown up to there, and says so', async () => {
	shop.sandbox.fault({match: ({path}) => path.endsWith('/log'), answer: 'truncate', times: 1});
	const {code, out} = await shop.run(['k8s', 'logs', shop.podOf('web')]);
	expect({code, out}).toEqual({
		code: 0,
		out: expect.stringMatching(/^\d+ of \d+ lines\n-----BEGIN log[\s\S]*-----\nThe log breaks off here: .*\n$/),
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
