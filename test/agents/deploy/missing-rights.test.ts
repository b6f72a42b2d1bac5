import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import type {AnyOutcome} from '../../../src/core/outcome.ts';
import {openShop} from '../../support/shop.ts';

/** The embedded shop; its reader has the role `view`, which shows neither Secrets nor Leases. */
const shop = await openShop();
const asReader = async (words: string): Promise<AnyOutcome> => shop.outcome(['--context', 'sandbox-reader', ...words.split(' ')]);

/** What mkcoa keeps while a rollout lasts. */
const own = [
	'create, get, patch or delete leases.coordination.k8s.io in namespace shop',
	'create, get or delete secrets in namespace shop',
	'create, patch or delete configmaps in namespace shop',
];

describe('somebody who may only view', () => {
	test.each<[string, readonly string[]]>([
		['deploy rolling web --image x:2', ['patch deployments.apps "web" in namespace shop', ...own]],
		[
			'deploy canary web --image x:2',
			[
				'create deployments.apps in namespace shop',
				'delete deployments.apps "web-canary" in namespace shop',
				'patch deployments.apps "web" in namespace shop',
				...own,
			],
		],
		[
			'deploy blue-green web --image x:2',
			[
				'create services in namespace shop',
				'delete services "web-preview" in namespace shop',
				'patch services "web" in namespace shop',
				'create, patch or delete deployments.apps in namespace shop',
				'create or delete poddisruptionbudgets.policy in namespace shop',
				...own,
			],
		],
		['deploy rollback checkout', ['patch deployments.apps "checkout" in namespace shop', ...own]],
		[
			'deploy canary web --image x:2 --guardian',
			[
				'create serviceaccounts in namespace shop',
				'delete serviceaccounts "mkcoa-guardian-web" in namespace shop',
				'create, get or delete roles.rbac.authorization.k8s.io in namespace shop',
				'create, get or delete rolebindings.rbac.authorization.k8s.io in namespace shop',
				'create or delete jobs.batch in namespace shop',
				'create, patch or delete deployments.apps in namespace shop',
				...own,
			],
		],
	])('is told every right that %s takes, before anybody is asked', async (words, rights) => {
		let outcome: AnyOutcome | undefined;
		const writes = await shop.writesDuring(async () => {
			outcome = await asReader(words);
		});
		expect(outcome).toMatchObject({
			kind: 'failed',
			error: {kind: 'auth', code: 'not-allowed', what: `reader may not ${rights.join(', nor ')}`},
			done: [],
		});
		expect(writes.filter(text => !/selfsubject\w*reviews|dryRun/.test(text))).toEqual([]);
	});

	test.each([
		'deploy rolling web --image x:2',
		'deploy canary web --image x:2 --guardian',
		'deploy blue-green web --image x:2',
		'deploy rollback checkout',
	])('still gets the plan of %s, with what could not be looked at', async words => {
		const {code, out} = await shop.run(['--context', 'sandbox-reader', ...words.split(' '), '--dry-run']);
		const [, , name = ''] = words.split(' ');
		expect(code).toBe(0);
		expect(out).toMatch(new RegExp(`Not looked at, for want of the right to get them: .*Lease shop/mkcoa-rollout-${name}, Secret `));
		expect(out).toMatch(/worked out by mkcoa, not by the server: you may not (create|patch) /);
	});

	test('is not told that nothing is kept of a revision whose snapshot may not be read', async () => {
		const outcome = await asReader('deploy rollback checkout --dry-run');
		if (outcome.kind !== 'planned') throw new Error(JSON.stringify(outcome));
		expect(outcome.plan.consequences).toContainEqual(
			expect.objectContaining({
				id: 'template-alone',
				text: 'Only the pod template of revision 1 comes back: ConfigMaps, Secrets, autoscaler, Services and routes stay as they are',
			}),
		);
		expect(outcome.plan.preconditions).toContainEqual({
			ref: {apiVersion: 'v1', kind: 'Secret', namespace: 'shop', name: 'mkcoa-bundle-checkout-1'},
			uid: null,
			version: 'absent',
		});
	});

	test('makes a plan that somebody who may carries out, and cannot apply it alone', async () => {
		const file = join(shop.folder, 'cart.json');
		const planned = await shop.run(['--context', 'sandbox-reader', 'deploy', 'rolling', 'cart', '--image', 'x:2', '--plan-out', file]);
		expect(planned.code).toBe(0);
		expect(await asReader(`apply ${file} --yes`)).toMatchObject({
			kind: 'failed',
			error: {code: 'not-allowed', what: `reader may not ${['patch deployments.apps "cart" in namespace shop', ...own].join(', nor ')}`},
		});
		expect(await shop.outcome(['--context', 'sandbox', 'apply', file, '--yes'])).toMatchObject({
			kind: 'done',
			output: {images: ['cart=x:2']},
		});
	});
});
