import {expect, test} from 'vitest';
import type {Event} from '../../src/core/event.ts';
import {liveRuns} from '../../src/main/live-runs.ts';
import {samplePlan} from '../../src/tui/sample-plan.ts';

const web = {name: 'web', namespace: 'shop'};
const planned: Event = {kind: 'planned', plan: samplePlan, digest: 'd'};
const approved: Event = {kind: 'approved', digest: 'd', journal: 'j'};
const look: Event = {kind: 'progress', text: 'look', done: 2, total: 6};
const ended: Event = {kind: 'ended', outcome: {kind: 'done', tool: 't', output: null}};

test('what a run tells after the yes is known of its workload until it ends, and goes on to who listens', () => {
	const runs = liveRuns();
	const told: string[] = [];
	let changes = 0;
	const stop = runs.subscribe(() => {
		changes += 1;
	});
	const emit = runs.heard(({kind}) => void told.push(kind));
	emit(planned);
	expect(runs.of(web)).toBeUndefined();
	emit(approved);
	emit(look);
	expect(runs.of(web)).toMatchObject({progress: {text: 'look', done: 2, total: 6}});
	expect(runs.of({...web, name: 'deployment/web'})).toBeDefined();
	expect(runs.of({...web, namespace: 'other'})).toBeUndefined();
	stop();
	emit(ended);
	expect(runs.of(web)).toBeUndefined();
	expect([told, changes]).toEqual([['planned', 'approved', 'progress', 'ended'], 3]);
});

test('a run of another plan is told apart', () => {
	const runs = liveRuns();
	const other = runs.heard(() => {});
	other({...planned, plan: {...samplePlan, input: {name: 'cart', namespace: 'shop'}}});
	other(approved);
	other(look);
	expect(runs.of(web)).toBeUndefined();
	expect(runs.of({name: 'cart', namespace: 'shop'})).toBeDefined();
});
