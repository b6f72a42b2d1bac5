import {expect, test} from 'vitest';
import {evictionRule} from '../../../../src/agents/router/words/eviction-rule.ts';

test.each([
	'allow only one ferry pod to be down at a time',
	'never more than one ferry pod down at once',
	'at most two pods of ferry may be unavailable',
	'one ferry pod at a time may be missing',
	'at least two ferry pods must survive a drain',
	'during node maintenance keep at least 2 ferry pods',
	'never let a drain take the last ferry pod',
	'ferry 파드는 한 번에 하나만 내려갈 수 있게 해줘',
	'드레인할 때 ferry는 최소 2개 유지',
])('how many may be taken away is no number of replicas: %s', text => {
	expect(evictionRule.test(text)).toBe(true);
});

test.each([
	'scale ferry down to one pod',
	'only one pod of ferry is needed',
	'run at most three ferry pods',
	'take one pod of ferry away',
	'one ferry pod is down, restart it',
	'roll ferry two at a time',
	'ferry 파드를 하나만 남겨줘',
])('and a number of replicas is no rule of it: %s', text => {
	expect(evictionRule.test(text)).toBe(false);
});
