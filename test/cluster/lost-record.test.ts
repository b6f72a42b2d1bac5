import {describe, expect, test} from 'vitest';
import {at} from '../servers/questions.ts';
import {deployment} from './compare/row.ts';
import {deployed, isRolledOut, serves, shop} from './in-shop.ts';
import {onePlane} from './one-plane.ts';

const real = onePlane();
const {mkcoa} = real;
const secrets = (name: string) => shop.configMaps(name).replace('configmaps', 'secrets');

/** As a canary by pods at 75 % stands whose record, Lease and Secret are gone: one pod of four, and three of its canary. */
async function atThreeQuarters(name: string): Promise<void> {
	await real.merge(`${shop.deployments(name)}?fieldManager=mkcoa`, {spec: {replicas: 1}});
	const {spec, metadata} = deployment(`${name}-canary`, {replicas: 3});
	const labels = {app: name, 'mkcoa.dev/track': 'canary'};
	const template = at(spec, 'template') as object;
	await real.create(shop.deployments(), {
		apiVersion: 'apps/v1',
		kind: 'Deployment',
		metadata: {...metadata, annotations: {'mkcoa.dev/canary-of': name}},
		spec: {...spec, selector: {matchLabels: labels}, template: {...template, metadata: {labels}}},
	});
	await real.eventually(shop.deployments(`${name}-canary`), object => isRolledOut(object, 3));
	await real.eventually(shop.deployments(name), object => isRolledOut(object, 1));
}

const isThere = async (path: string) => (await real.ask({path})).status === 200;

const ready = async (name: string) => {
	const {status, text} = await real.ask({path: shop.deployments(name)});
	return status === 200 ? Number(at(JSON.parse(text), 'status', 'readyReplicas') ?? 0) : 0;
};

/** The fewest ready pods that served while the command ran. The canary is asked first: once it is gone, its workload has all of its pods. */
async function whileServing(name: string, command: string) {
	const seen: number[] = [];
	const watching = setInterval(async () => seen.push((await ready(`${name}-canary`)) + (await ready(name))), 200);
	const answer = await mkcoa(command);
	clearInterval(watching);
	return {...answer, least: Math.min(...seen)};
}

describe.concurrent('a canary by pods at 75 % of which nothing tells any more', () => {
	test('goes after its workload has its pods again, by the snapshot', {timeout: 180_000}, async () => {
		await deployed(real, 'lost', {replicas: 4});
		expect(await mkcoa('deploy rolling lost --image x:2 --ready-within 60s')).toMatchObject({code: 0});
		await serves(real, 'lost', 'x:2', 4);
		await atThreeQuarters('lost');
		expect(await mkcoa('deploy status lost')).toMatchObject({
			outcome: {output: {lost: {next: ['Take it back: mkcoa deploy abort lost -n shop']}}},
		});
		expect(await whileServing('lost', 'deploy abort lost')).toMatchObject({code: 0, outcome: {output: {result: 'removed'}}, least: 4});
		expect([await isThere(shop.deployments('lost-canary')), isRolledOut(await real.read(shop.deployments('lost')), 4)]).toEqual([
			false,
			true,
		]);
	});

	test('stays without the snapshot until the command was run that the refusal names', {timeout: 180_000}, async () => {
		await deployed(real, 'bare', {replicas: 4});
		await atThreeQuarters('bare');
		expect(await isThere(secrets('mkcoa-bundle-bare-1'))).toBe(false);
		const {code, outcome} = await mkcoa('deploy abort bare');
		expect({code, outcome}).toMatchObject({
			code: 1,
			outcome: {
				error: {
					code: 'rollout-lost',
					next: 'Give bare as many pods first: mkcoa k8s scale bare 4 -n shop. Once they are ready: mkcoa deploy abort bare -n shop',
				},
			},
		});
		expect(await isThere(shop.deployments('bare-canary'))).toBe(true);
		expect(await mkcoa('k8s scale bare 4')).toMatchObject({code: 0});
		expect(await mkcoa('deploy abort bare')).toMatchObject({code: 0, outcome: {output: {result: 'removed'}}});
		expect([await isThere(shop.deployments('bare-canary')), isRolledOut(await real.read(shop.deployments('bare')), 4)]).toEqual([
			false,
			true,
		]);
	});
});
