import {expect, test} from 'vitest';
import {compareKubectl} from './compare/compare-kubectl.ts';

test('kubectl shows the same on the embedded cluster as on a real one', async () => {
	const {differing, text, unsound} = await compareKubectl();
	expect(unsound).toEqual([]);
	expect(differing, text).toBe(0);
}, 300_000);
