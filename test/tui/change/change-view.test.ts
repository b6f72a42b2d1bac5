import {expect, test} from 'vitest';
import {type Change, changeAfter, endedChange, firstChange} from '../../../src/tui/change/change.ts';
import {type ChangeAct, changeView} from '../../../src/tui/change/change-view.ts';
import {sampleDigest, samplePlan} from '../../../src/tui/sample-plan.ts';
import {sampleNow} from '../../../src/tui/samples/sample-now.ts';
import {viewFrames} from '../../support/view-frames.ts';

/** A change that the test moves on, and what the person asked for. */
function changing(columns = 80) {
	let change = firstChange('Update shop/web to image 1.43.0', 'deployment_update', {name: 'web'}, sampleNow);
	const listeners = new Set<() => void>();
	const acts: ChangeAct[] = [];
	const frames = viewFrames(
		changeView,
		{
			current: () => change,
			subscribe(changed: () => void) {
				listeners.add(changed);
				return () => void listeners.delete(changed);
			},
		},
		{
			columns,
			onAct(act) {
				acts.push(act);
				return 'stay';
			},
		},
	);
	const set = async (next: (change: Change) => Change) => {
		change = next(change);
		for (const changed of listeners) changed();
		await frames.clock.advance(50);
	};
	return {...frames, acts, set};
}

const asked = (at: number) => (change: Change) => ({
	...change,
	asked: {id: 1, question: {plan: samplePlan, digest: sampleDigest, why: ''}, shownAt: at},
});

test('what goes on is told, and Ctrl-C cancels it', async () => {
	const {waitForText, set, send, acts, end, abort} = changing();
	await set(change => changeAfter(change, {kind: 'step', index: 0, of: 2, title: 'Update Deployment shop/web'}));
	expect(await waitForText('step 1 of 2')).toContain('Ctrl-C cancel');
	send('ctrl+c');
	await set(change => ({...change, isCancelling: true}));
	await waitForText('cancelling');
	expect(acts).toEqual([{kind: 'cancel'}]);
	// The second one leaves, whatever the run does.
	send('ctrl+c');
	expect(await end).toEqual({kind: 'leave'});
	abort();
});

test('a yes that comes with the plan is none, and a later one is', async () => {
	const {waitForText, set, send, acts, clock, abort, end} = changing();
	await set(asked(clock.now()));
	await waitForText('Apply this plan? [y/N]');
	send('y');
	await clock.advance(100);
	expect(acts).toEqual([]);
	await clock.advance(1000);
	send('y');
	await clock.advance(50);
	expect(acts).toEqual([{kind: 'decide', id: 1, decision: {kind: 'approve'}}]);
	abort();
	await end;
});

test('the end is told with what takes it back, until a key', async () => {
	const {waitForText, set, send, end, clock} = changing();
	await set(change =>
		endedChange(
			change,
			{kind: 'done', tool: 'deployment_update', output: {}, plan: samplePlan, digest: sampleDigest, journal: '7k2q7k2q7k2q'},
			clock.now(),
		),
	);
	expect(await waitForText('takes it back')).toMatch(/mkcoa undo\s+7k2q7k2q7k2q/);
	send('enter');
	expect(await end).toEqual({kind: 'leave'});
});

test('a plan that the cluster moved under says how to get another one, at 40 columns too', async () => {
	const {waitForText, set, send, end, clock, screen} = changing(40);
	await set(change =>
		endedChange(
			change,
			{kind: 'drifted', tool: 'deployment_update', digest: sampleDigest, moved: ['Deployment shop/web moved from 42 to 43']},
			clock.now(),
		),
	);
	await waitForText('Go back and ask for it again');
	expect(
		Math.max(
			...screen
				.text()
				.split('\n')
				.map(line => line.length),
		),
	).toBeLessThanOrEqual(40);
	send('q');
	expect(await end).toEqual({kind: 'leave'});
});
