import {describe, test} from 'vitest';
import {openShop} from '../support/shop.ts';

const answers = [429, 500, 503, 'reset', 'truncate'] as const;
/** Whoever waits for a server that fails has one of its own: they wait at the same time. */
const failing = new Map(await Promise.all(answers.map(async answer => [answer, await openShop()] as const)));
const shop = await openShop();
const broken = await openShop();

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

test.concurrent.for(answers)('two answers of %s to each read are survived', async (answer, {expect}) => {
	const {sandbox, run} = failing.get(answer) ?? shop;
	const hits = commands.map(([, path], index) => {
		let count = 0;
		sandbox.fault({
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
	const ran = await Promise.all(commands.map(async ([words]) => ({words, ...(await run(words.split(' ')))})));
	expect(ran.filter(({code}) => code !== 0)).toEqual([]);
	expect(hits.map(count => count())).toEqual(commands.map(() => 2));
});

test.concurrent('a log that breaks off is shown up to there, and says so', async ({expect}) => {
	shop.sandbox.fault({match: ({path}) => path.endsWith('/log'), answer: 'truncate', times: 1});
	const {code, out} = await shop.run(['k8s', 'logs', shop.podOf('web')]);
	expect({code, out}).toEqual({
		code: 0,
		out: expect.stringMatching(/^\d+ of \d+ lines\n-----BEGIN log[\s\S]*-----\nThe log breaks off here: .*\n$/),
	});
});

describe.concurrent('a server that asks to come back', () => {
	test.for([429, 503] as const)('with %i gets the write a second later', {concurrent: false}, async (answer, {expect}) => {
		shop.sandbox.fault({match: ({method, query}) => method === 'PATCH' && !query.has('dryRun'), answer, retryAfterSeconds: 1, times: 1});
		const outcome = await shop.outcome(['k8s', 'patch', 'cm', 'web-nginx', '-p', `{"data":{"after":"${answer}"}}`, '--yes']);
		expect(outcome).toMatchObject({kind: 'done'});
		expect(shop.get({kind: 'ConfigMap', name: 'web-nginx'}).data).toMatchObject({after: String(answer)});
	});
});

test.concurrent('a server that never recovers is told of within seconds, and nothing is written', async ({expect}) => {
	broken.sandbox.fault({match: isRead, answer: 500, times: 1000});
	const written = await broken.writesDuring(async () => {
		expect(await broken.run(['k8s', 'scale', 'catalog', '4', '--yes'])).toMatchObject({
			code: 1,
			out: '',
			err: expect.stringMatching(/^✗ /),
		});
	});
	expect(written).toEqual([]);
});
