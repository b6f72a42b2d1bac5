import {expect, test} from 'vitest';
import {controlText} from '../../../../src/agents/deploy/staged/control/control-input.ts';

test.each([
	['promoted', '✓ promoted shop/web'],
	['taken-back', '✓ took back shop/web'],
	['going-on', '✓ shop/web goes on'],
	['paused', '✓ paused shop/web'],
	['removed', '✓ removed what was left of a rollout of shop/web'],
] as const)('%s is told in a sentence', (result, text) => {
	expect(controlText({namespace: 'shop', name: 'web', result, reason: '', undone: []}, {width: 200, terminal: false, nowMs: 0})).toBe(text);
});
