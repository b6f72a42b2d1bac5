import {expect, test} from 'vitest';
import {onePlane} from '../one-plane.ts';
import type {Fate, SeenRequest} from '../write-gate.ts';
import {settled} from './ends.ts';
import {stageOf} from './stage.ts';
import {byPods} from './story.ts';
import {withNewImage} from './told.ts';

const real = onePlane();

const rows: readonly (readonly [string, Fate])[] = [
	['too many requests', {status: 429, headers: {'retry-after': '1'}}],
	['errors of the server', {status: 500}],
	['a leader that is away', {status: 503}],
	['answers that are too old', {status: 410}],
	['an expired token', {status: 401}],
	['broken connections', 'reset'],
	['lost answers', 'answer lost'],
];

/** Faults begin when the rollout has begun: a plan that cannot be made says so at once. */
const begun = (writes: number) => writes >= 3;

test.concurrent.each(rows)('a rollout through %s comes to its end', {timeout: 180_000}, async (name, fate) => {
	const namespace = `faults-${name.replaceAll(/\W+/g, '-')}`;
	const stage = await stageOf(real, byPods, namespace);
	const before = await stage.held();
	let requests = 0;
	let writes = 0;
	let faults = 0;
	const played = await stage.through('holder', byPods.words, (seen: SeenRequest) => {
		if (seen.isWrite) writes++;
		// An answer that is lost matters where something was done.
		if (!begun(writes) || (fate === 'answer lost' && !seen.isWrite)) return 'pass';
		if (requests++ % (fate === 'answer lost' ? 2 : 6) !== 1) return 'pass';
		faults++;
		return fate;
	});
	expect([played.code, played.said]).toEqual([0, expect.any(String)]);
	expect(faults).toBeGreaterThan(3);
	await settled(stage, withNewImage(before));
});
