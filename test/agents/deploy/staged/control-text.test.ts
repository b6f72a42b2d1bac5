import {expect, test} from 'vitest';
import {type ControlOutput, controlText} from '../../../../src/agents/deploy/staged/control/control-input.ts';

const plain = {namespace: 'shop', name: 'web', reason: '', undone: [], next: []};
const step = {number: 2, of: 4, title: 'Judge 25 % of the traffic for 60s by error ratio'};

test.each<[Partial<ControlOutput>, string]>([
	[{result: 'promoted'}, '✓ promoted shop/web'],
	[{result: 'went-back', reason: 'too many errors'}, '✗ shop/web is as it was before: too many errors'],
	[{result: 'stuck', reason: 'too many errors'}, '✗ shop/web stands between two versions: too many errors'],
	[
		{result: 'taken-back', reason: 'bob@there asked for it', step: {...step, title: ''}},
		'✓ took back shop/web from step 2 of 4: bob@there asked for it',
	],
	[{result: 'taken-back'}, '✓ took back shop/web'],
	[{result: 'removed'}, '✓ removed what was left of a rollout of shop/web'],
	[{result: 'over'}, '- shop/web: the rollout is over by now'],
	[
		{
			result: 'let-through',
			step,
			after: 'grow web-canary to 2 pods; later: judge 50 % of the traffic for 60s',
			next: ['mkcoa deploy status web -n shop'],
		},
		`✓ shop/web: step 2 of 4 is let through
  that is: Judge 25 % of the traffic for 60s by error ratio
  next: grow web-canary to 2 pods; later: judge 50 % of the traffic for 60s
> mkcoa deploy status web -n shop`,
	],
	[
		{result: 'paused', step, next: ['mkcoa deploy resume web -n shop']},
		`✓ paused shop/web at step 2 of 4
  that is: Judge 25 % of the traffic for 60s by error ratio
> mkcoa deploy resume web -n shop`,
	],
	[
		{result: 'going-on', step: {...step, title: ''}, after: 'nothing, it is the last step'},
		'✓ shop/web goes on with step 2 of 4\n  next: nothing, it is the last step',
	],
	[{result: 'promoted-in-full'}, '✓ shop/web is promoted in full: nothing more is judged or waited for'],
])('%j is told in sentences', (output, text) => {
	const whole = {result: 'removed', ...plain, ...output} satisfies ControlOutput;
	expect(controlText(whole, {width: 200, terminal: false, nowMs: 0})).toBe(text);
});

test('in a narrow terminal each part is broken at words', () => {
	const output: ControlOutput = {...plain, result: 'let-through', step, after: 'grow web-canary to 2 pods'};
	expect(controlText(output, {width: 40, terminal: true, nowMs: 0})).toBe(`✓ shop/web: step 2 of 4 is let through
  that is: Judge 25 % of the traffic for
           60s by error ratio
  next: grow web-canary to 2 pods`);
});
