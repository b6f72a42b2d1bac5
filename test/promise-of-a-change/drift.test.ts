import {join} from 'node:path';
import {beforeAll, describe, expect, test} from 'vitest';
import {openShop} from '../support/shop.ts';
import {rows} from './rows.ts';

const shop = await openShop();

describe.each(rows)('$tool', row => {
	let words: readonly string[] = [];
	beforeAll(async () => {
		words = await row.words(shop);
	});

	const touched = (label: string) => (row.touch === undefined ? shop.touch(row.object(shop, words), label) : row.touch(shop, words));

	test('is not applied from a file when its object has moved since', async () => {
		const file = join(shop.folder, `${row.tool}.plan`);
		expect(await shop.run([...words, '--plan-out', file])).toMatchObject({code: 0});
		touched('after-the-plan');
		const written = await shop.writesDuring(async () => {
			const {code, out} = await shop.run(['--json', 'apply', file, '--yes']);
			expect([code, JSON.parse(out)]).toMatchObject([9, {kind: 'drifted', tool: row.tool, moved: [expect.any(String)]}]);
		});
		expect(written).toEqual([]);
	});

	test('is not done when its object moves while a person reads the plan', async () => {
		const written = await shop.writesDuring(async () => {
			const {code, out, shown} = await shop.reviewed(words, () => touched('while-it-was-read'));
			expect([code, JSON.parse(out)]).toMatchObject([9, {kind: 'drifted', tool: row.tool}]);
			expect(shown).toMatch(/Approved\.\n$/);
		});
		expect(written).toEqual([]);
	});
});
