import {expect, test} from 'vitest';
import {tells} from '../../scripts/docs/run-page.ts';

const plan = 'Scale web\n\nPlan    af069f89f721\n\nConsequences\n  ! 3 pods of web restart:\n    1 at once\n\nSteps\n  1. Scale web';

test.each([
	['the same output', plan, true],
	['another id', plan.replace('af069f89f721', '1m8ay5adcz3k'), true],
	['another word', plan.replace('restart', 'stop'), false],
	['an excerpt from the beginning', 'Scale web\n…', true],
	['an excerpt from the middle, broken elsewhere', '…\n  ! 3 pods of web\n    restart: 1 at once\n…', true],
	['an excerpt to the end', '…\nSteps\n  1. Scale web', true],
	['an excerpt in another order', '…\nSteps\n…\nConsequences\n…', false],
	['an excerpt of what is not there', '…\n  2. Wait\n…', false],
	['an excerpt that begins later than it says', 'Consequences\n…', false],
	['an excerpt that ends earlier than it says', '…\nConsequences', false],
])('a page tells %s: %s', (_, written, expected) => {
	expect(tells(written, plan)).toBe(expected);
});
