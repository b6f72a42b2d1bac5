import {beforeAll, describe, expect, test} from 'vitest';
import {everyTool} from '../support/every-tool.ts';
import {openShop} from '../support/shop.ts';
import {rows} from './rows.ts';

// What is counted of the shop moves with its time, and a plan tells it.
const shop = await openShop({speed: 1});

test('every tool that changes something has a row', () => {
	const changing = everyTool.filter(({effect}) => effect !== 'read').map(({name}) => name);
	expect(rows.map(({tool}) => tool).toSorted()).toEqual(changing.toSorted());
});

describe.each(rows)('$tool', row => {
	let words: readonly string[] = [];
	beforeAll(async () => {
		words = await row.words(shop);
	});

	test('plans without writing, twice the same', async () => {
		const plans: unknown[] = [];
		const written = await shop.writesDuring(async () => {
			for (const _ of ['first', 'second']) plans.push(await shop.outcome([...words, '--dry-run']));
		});
		expect(plans[0]).toMatchObject({kind: 'planned', tool: row.tool, digest: expect.stringMatching(/^sha256:/)});
		expect(plans[1]).toEqual(plans[0]);
		expect(written).toEqual([]);
	});

	test('is refused with --read-only, whatever else is said', async () => {
		const written = await shop.writesDuring(async () => {
			const {code, out} = await shop.run(['--json', '--read-only', ...words, '--yes']);
			expect([code, JSON.parse(out)]).toMatchObject([4, {kind: 'rejected', by: 'policy'}]);
		});
		expect(written).toEqual([]);
	});

	test('waits where nobody can be asked', async () => {
		const written = await shop.writesDuring(async () => {
			expect(await shop.run(words)).toMatchObject({code: 8});
		});
		expect(written).toEqual([]);
	});
});
