import {expect, test} from 'vitest';
import {saidRight} from '../../../../src/agents/router/route/said-right.ts';
import {clauseOf} from '../../../../src/agents/router/words/clauses-of.ts';

test.each([
	['ferry is shut out. The policy is right; change the deployment', ['NetworkPolicy']],
	['the service looks fine, mend the ingress', ['Service']],
	['서비스는 정상이니 디플로이먼트를 고쳐줘', ['Service']],
	['the policy is wrong, change it', []],
	['restart ferry right now', []],
])('%s', (request, kinds) => {
	expect([...saidRight(clauseOf(request))]).toEqual(kinds);
});
