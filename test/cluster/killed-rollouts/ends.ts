import {setTimeout} from 'node:timers/promises';
import {expect} from 'vitest';
import type {Rest, Stage, Verb} from './stage.ts';
import type {Held} from './told.ts';

/** The two ends that a rollout may have. */
export type Ends = {readonly before: Held; readonly after: Held};
export type End = 'promoted' | 'as before';

/** Pods end and what they belonged to goes a moment after the command. */
const settleMs = 30_000;
const lookEveryMs = 1000;

/**
 * How it has to end when somebody comes to a rollout that rests.
 * @param ended what it was when there is no record: not begun, or at its end
 */
export function dueEnd(verb: Verb, rest: Rest | undefined, ended: End): End {
	if (rest === undefined) return ended;
	return verb === 'abort' || rest.phase === 'back' ? 'as before' : 'promoted';
}

/** Looks until all that stands in the namespace is one of these, or it stays another thing. */
async function heldAtLast(stage: Pick<Stage, 'held'>, ...wanted: readonly Held[]): Promise<Held> {
	for (let waitedMs = 0; ; waitedMs += lookEveryMs) {
		const held = await stage.held();
		if (waitedMs >= settleMs || wanted.some(each => isSame(held, each))) return held;
		await setTimeout(lookEveryMs);
	}
}

const isSame = (one: Held, other: Held) => JSON.stringify(one) === JSON.stringify(other);

/** Waits until all that stands in the namespace is this. */
export async function settled(stage: Pick<Stage, 'held'>, wanted: Held): Promise<void> {
	expect(await heldAtLast(stage, wanted)).toEqual(wanted);
}

/** How a command answers that reaches its due end. */
function dueAnswer(verb: Verb, rest: Rest | undefined): (played: {readonly code: number; readonly said: string}) => boolean {
	if (rest === undefined) return ({code, said}) => code === 0 || (code === 1 && /There is no rollout/.test(said));
	// Nobody can turn it round, and whoever resumes waits for the new version.
	if (verb === 'resume' && rest.phase === 'back')
		return ({code, said}) => code === 1 && /was taken back: .*Nothing of it is left/s.test(said);
	return ({code}) => code === 0;
}

/** What stands in the namespace when another person has done it, or what is wrong. @param rest what they come to */
export async function endAfter(stage: Stage, verb: Verb, rest: Rest | undefined, {before, after}: Ends): Promise<End | string> {
	await stage.leaseRunsOut();
	const played = await stage.from(verb);
	if (!dueAnswer(verb, rest)(played)) return `exit ${played.code}: ${played.said}`;
	const held = await heldAtLast(stage, before, after);
	if (isSame(held, after)) return 'promoted';
	return isSame(held, before) ? 'as before' : `neither: ${difference(before, held)}`;
}

const difference = (before: Held, held: Held) =>
	[
		...held.filter(text => !before.includes(text)).map(text => `+ ${text}`),
		...before.filter(text => !held.includes(text)).map(text => `- ${text}`),
	].join('\n');
