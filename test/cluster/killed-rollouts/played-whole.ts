import {expect} from 'vitest';
import type {OnePlane} from '../one-plane.ts';
import {type Ends, settled} from './ends.ts';
import {stageOf} from './stage.ts';
import type {Story} from './story.ts';
import {withNewImage} from './told.ts';

/** A story that nobody kills: its writes, and what stands in the namespace before it and at its end. */
export async function playedWhole(real: OnePlane, story: Story, slug: string): Promise<Ends & {readonly writes: readonly string[]}> {
	const stage = await stageOf(real, story, `${slug}-whole`);
	const before = await stage.held();
	const {writes, code, said} = await stage.played();
	expect([code, said]).toEqual([0, expect.any(String)]);
	const after = story.ends === 'as given' ? (stage.atFirst ?? []) : withNewImage(before);
	await settled(stage, after);
	await stage.leave();
	return {writes, before, after};
}
