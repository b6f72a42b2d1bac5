import {expect, test, vi} from 'vitest';
import {tryArguments} from '../../support/hostile-arguments.ts';
import {openShop} from '../../support/shop.ts';

vi.setConfig({testTimeout: 600_000});
const shop = await openShop({speed: 1});

/** More by `MKCOA_FUZZ_CALLS=300 vitest run test/main/edge/hostile-arguments.test.ts`, another choice by `MKCOA_FUZZ_SEED`. */
const callsPerTool = Number(process.env.MKCOA_FUZZ_CALLS ?? 12);
const seed = Number(process.env.MKCOA_FUZZ_SEED ?? 7);
const mostGrowth = 24 * 1024 * 1024;

test(`of ${callsPerTool} hostile arguments of each tool none breaks the edge, has an effect, or is answered too long`, async () => {
	const {effects, uncaught, wrong, grownBytes, ...more} = await tryArguments(shop, callsPerTool, seed);
	if (callsPerTool > 12) process.stdout.write(`${JSON.stringify({...more, grownBytes})}\n`);
	expect({effects, uncaught, wrong}).toEqual({effects: [], uncaught: [], wrong: []});
	expect(grownBytes).toBeLessThan(mostGrowth);
	expect(Object.keys(more.answers)).toEqual(expect.arrayContaining(['read', 'waiting', 'refused']));
});
