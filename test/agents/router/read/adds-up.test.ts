import {expect, test} from 'vitest';
import {addsUp} from '../../../../src/agents/router/read/count.ts';
import {clauseOf} from '../../../../src/agents/router/words/clauses-of.ts';

test.each([
	['list all pods in all namespaces', false],
	['how many pods is that in all?', true],
	['the replicas of web and cart, altogether', true],
])('%s adds up: %s', (request, isSum) => {
	expect(addsUp(clauseOf(request))).toBe(isSum);
});
