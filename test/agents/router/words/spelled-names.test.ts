import {expect, test} from 'vitest';
import {namesSpelled} from '../../../../src/agents/router/words/spelled-names.ts';

test.each([
	['a-1, a-2 이렇게 네임스페이스 두 개 만들어줘', 'a-1, a-2 네임스페이스 두 개 만들어줘'],
	['add one, web-defaults: 100m', 'add one called web-defaults: 100m'],
	['they are night (use that priority class)', 'they are priority class night'],
	['its headless service is to be called web-hl', 'its headless service called web-hl'],
	['shop has no quota. Add one: 20 pods', 'add a quota in shop: 20 pods'],
	['web에 minAvailable 2인 web-guard를 만들어줘', 'web에 minAvailable 2인 PDB web-guard를 만들어줘'],
	['shop에 shop-quota를 걸어줘', 'shop에 쿼터 shop-quota를 걸어줘'],
])('kinds and words for names that are left out: %s', (request, spelled) => {
	expect(namesSpelled(request).toLowerCase()).toBe(spelled.toLowerCase());
});

test.each(['delete shop-quota', 'web has no quota, fine', 'shop에 쿼터 shop-quota를 걸어줘', 'restart web (that one)'])(
	'what says its kind, or makes nothing, stays: %s',
	request => {
		expect(namesSpelled(request)).toBe(request);
	},
);
