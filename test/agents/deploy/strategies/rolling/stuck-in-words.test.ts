import {expect, test} from 'vitest';
import {openShop} from '../../../../support/shop.ts';

const shop = await openShop();

test('a rollout that gets stuck prints the words of its pods and the way back, and that all is as before', async () => {
	const image = 'registry.example/shop/cart:9.1.0-missing';
	const {code, out, err} = await shop.run(['deploy', 'rolling', 'cart', '--image', image, '--ready-within', '4s', '--yes']);
	expect({code, out}).toEqual({code: 1, out: '✗ Deployment shop/cart is as it was before\n'});
	expect(err).toMatch(/- cart-\w+-\w+: cart: (ErrImagePull|ImagePullBackOff), .*not found\n {4}last events\n {6}\| Failed: /);
	expect(err).not.toMatch(/undefined|did not foresee/);
}, 60_000);
