import {expect, test} from 'vitest';
import {openShop} from '../../../support/shop.ts';

const shop = await openShop();

test.each(['canary', 'blue-green', 'rolling', 'rollback'])(
	'deploy %s of a plain Deployment cannot return at once, and says how to go on',
	async verb => {
		const {code, err} = await shop.run([
			'deploy',
			verb,
			'web',
			...(verb === 'rollback' ? [] : ['--image', 'registry.example/shop/web:2']),
			'--detach',
			'--yes',
		]);
		expect(code).toBe(1);
		expect(err).toMatch(/cannot leave web alone: no controller rolls Deployment web out/);
		expect(err).toContain('mkcoa deploy resume web -n shop');
		expect(shop.sandbox.machine.get('Lease', 'shop', 'mkcoa-rollout-web')).toBeUndefined();
	},
);
