import {PassThrough} from 'node:stream';
import {expect, test} from 'vitest';
import {digestOf, type Plan} from '../../src/core/plan.ts';
import {plainReview} from '../../src/tui/plain-review.ts';
import {deletionPlan, samplePlan} from '../../src/tui/sample-plan.ts';

async function answer(plan: Plan, typed: string | undefined, signal = new AbortController().signal) {
	const input = new PassThrough();
	let printed = '';
	const output = {write: (text: string) => (printed += text)};
	const decision = plainReview({plan, digest: digestOf(plan), why: ''}, {input, output}, signal);
	if (typed === undefined) input.end();
	else input.write(typed);
	return {decision: await decision, printed};
}

const no = (feedback = '') => ({kind: 'reject', feedback});

test.each([
	['y\n', {kind: 'approve'}],
	['YES\n', {kind: 'approve'}],
	['n\n', no()],
	['no\n', no()],
	['\n', no()],
	['wrong image\n', no('wrong image')],
	[undefined, no()],
])('%j is %j', async (typed, expected) => {
	expect((await answer(samplePlan, typed)).decision).toEqual(expected);
});

test.each([
	['y\n', no()],
	['주문-데이터\n', {kind: 'approve'}],
	['주문\n', no('주문')],
])('before what cannot be undone %j is %j', async (typed, expected) => {
	expect((await answer(deletionPlan, typed)).decision).toEqual(expected);
});

test('an interrupted run is a no', async () => {
	const abort = new AbortController();
	const pending = answer(samplePlan, '', abort.signal);
	abort.abort();
	expect((await pending).decision).toEqual(no());
});

test('prints the plan without escapes, and the question last', async () => {
	const {printed} = await answer(samplePlan, 'n\n');
	expect(printed).not.toContain('\u001B');
	expect(printed).toMatch(/Risk {4}! medium[\s\S]*Apply this plan\? \[y\/N\] Not approved\.\n$/);
});
