import {expect, test} from 'vitest';
import type {Event} from '../../../src/core/event.ts';
import type {RolloutPicture} from '../../../src/core/rollout-picture.ts';
import {lineText} from '../../../src/core/text/styled.ts';
import {armsChart} from '../../../src/tui/rollout/arms-chart.ts';
import {rolloutAfter} from '../../../src/tui/rollout/rollout.ts';
import {rolloutView} from '../../../src/tui/rollout/rollout-view.ts';
import {sampleRollout} from '../../../src/tui/samples/sample-rollout.ts';
import {viewFrames} from '../../support/view-frames.ts';

const bare: RolloutPicture = {...sampleRollout, metrics: [], told: [], step: undefined, progress: undefined, verdict: undefined};
const after = (...events: readonly Event[]) => events.reduce<RolloutPicture>((rollout, event) => rolloutAfter(rollout, event), bare);

test('a rollout follows the events of its run', () => {
	const rollout = after(
		{kind: 'step', index: 1, of: 4, title: 'Send 10 %'},
		{kind: 'progress', text: 'look', done: 2, total: 5},
		{kind: 'verdict', verdict: 'pass', text: 'no worse', data: {}},
		{kind: 'verdict', verdict: 'pass', text: 'no worse', data: {}},
	);
	expect(rollout).toMatchObject({
		step: {index: 1, of: 4, title: 'Send 10 %'},
		progress: {done: 2, total: 5},
		verdict: {verdict: 'pass', text: 'no worse'},
		told: ['Send 10 %', 'pass: no worse'],
	});
});

test('evidence becomes charts with the band that the judge gave', () => {
	const evidence = {metrics: sampleRollout.metrics, pods: {canary: [], stable: []}, words: []};
	const rollout = after({kind: 'verdict', verdict: 'fail', text: 'worse', data: {}, evidence});
	expect(rollout.metrics[0]?.within).toEqual({low: 0.005, high: 0.027});
});

const broken = {kind: 'environment', code: 'unreachable', what: 'The cluster did not answer'} as const;

test.each([
	[{kind: 'done', tool: 't', output: null}, 'done'],
	[{kind: 'failed', tool: 't', error: broken, done: [], undone: [], left: []}, 'failed'],
	[{kind: 'drifted', tool: 't', digest: 'd', moved: []}, 'failed'],
] as const)('%j ends it as %s', (outcome, state) => {
	expect(after({kind: 'ended', outcome})).toMatchObject({state, progress: undefined});
});

test('words of others cannot move the cursor', () => {
	expect(after({kind: 'note', text: 'a\u001B[2Jb\nc'}).told).toEqual(['ab c']);
});

test('a chart with nothing counted says so', () => {
	const [first] = sampleRollout.metrics;
	if (first === undefined) throw new Error('there is a metric');
	const {within: _, ...bare} = first;
	const empty = {...bare, canary: {samples: 0, looks: []}, stable: {samples: 0, looks: []}};
	expect(armsChart(empty, 60).map(lineText).join('\n').trim()).toBe('● canary nothing counted   ─ stable nothing counted');
	const still = {
		...bare,
		canary: {value: 0, samples: 9, looks: [0, 0]},
		stable: {value: 0, samples: 9, looks: [0, null]},
	};
	expect(armsChart(still, 60)).toHaveLength(7);
});

test('the screen follows the data, at most 30 times a second, and keys steer the rollout', async () => {
	let current = sampleRollout;
	let changed: () => void = () => undefined;
	const live = {
		current: () => current,
		subscribe: (listener: () => void) => {
			changed = listener;
			return () => undefined;
		},
	};
	const acts: string[] = [];
	const onAct = ({kind}: {kind: string}) => {
		acts.push(kind);
		return kind === 'abort' ? 'close' : 'stay';
	};
	const {waitForText, clock, send, end, press, screen} = viewFrames(rolloutView, live, {columns: 120, rows: 36, onAct});
	await waitForText('running, began');
	for (let share = 26; share <= 50; share += 1) {
		current = {...current, weights: [{name: 'canary', share: share / 100}]};
		changed();
	}
	await clock.advance(40);
	await waitForText(' 50 %');
	send('p');
	await expect.poll(() => acts).toEqual(['promote']);
	send(' ');
	await expect.poll(() => acts).toHaveLength(2);
	current = {...current, state: 'paused'};
	changed();
	await clock.advance(40);
	await waitForText('go on');
	send(' ');
	await expect.poll(() => acts).toHaveLength(3);
	expect(await press('?')).toContain('not now: the rollout is paused');
	await press('?');
	send('a');
	expect(await end).toEqual({kind: 'abort'});
	expect(acts).toEqual(['promote', 'pause', 'resume', 'abort']);
	expect(screen.text()).toBe('');
});

test('leaving lets the rollout go on', async () => {
	const {waitForText, abort, end} = viewFrames(rolloutView, sampleRollout);
	await waitForText('Rollout');
	abort();
	expect(await end).toEqual({kind: 'leave'});
});
