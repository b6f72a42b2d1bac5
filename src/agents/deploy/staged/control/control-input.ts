import * as z from 'zod';
import {textLines} from '../../../../core/text/styled.ts';
import type {View} from '../../../../core/tool.ts';
import {judgedStage} from '../../strategies/canary/judging/judged-stage.ts';

/** What can be done with a rollout that lasts. */
export type ControlVerb = 'promote' | 'pause' | 'resume' | 'abort';

/**
 * How: `ask` the one who is at it, `take-over` from one who died, or `remove` what one left who had not begun. Of a rollout that is
 * taken over, where it goes on.
 */
export const controlInput = z.object({
	name: z.string(),
	namespace: z.string(),
	kind: z.string().optional(),
	verb: z.enum(['promote', 'pause', 'resume', 'abort']),
	full: z.boolean(),
	way: z.enum(['ask', 'take-over', 'remove']),
	phase: z.enum(['forward', 'back']),
	position: z.number(),
	back: z.number(),
	/** Somebody deleted the record before. */
	lost: z.boolean().exactOptional(),
	/** Of `remove`: so many pods of the workload are ready before anything goes. */
	pods: z.number().exactOptional(),
});

export type ControlInput = z.output<typeof controlInput>;

export const controlOutput = z.object({
	name: z.string(),
	namespace: z.string(),
	/**
	 * `went-back`: it was to go on, and was taken back instead; `stuck`: not all of that could be done. `over`: the rollout came to its end before anybody could see what was made of the request.
	 */
	result: z.enum([
		'promoted',
		'promoted-in-full',
		'taken-back',
		'let-through',
		'going-on',
		'paused',
		'removed',
		'over',
		'went-back',
		'stuck',
	]),
	reason: z.string(),
	/** The step that this is about, from 1; left out where there is none. */
	step: z.object({number: z.number(), of: z.number(), title: z.string()}).optional(),
	/** What comes after that step, in words. */
	after: z.string().optional(),
	undone: z.array(z.string()),
	/** Of a rollout that was taken over: the steps that were judged, those of earlier runs without what their verdicts rest on. */
	stages: z.array(judgedStage).readonly().exactOptional(),
	/** Command lines for what to do next, the likeliest first. */
	next: z.array(z.string()),
});

export type ControlOutput = z.output<typeof controlOutput>;

const heads: {readonly [result in ControlOutput['result']]: (workload: string, step: string) => string} = {
	promoted: workload => `✓ promoted ${workload}`,
	'promoted-in-full': workload => `✓ ${workload} is promoted in full: nothing more is judged or waited for`,
	'taken-back': (workload, step) => `✓ took back ${workload}${step === '' ? '' : ` from ${step}`}`,
	'let-through': (workload, step) => `✓ ${workload}: ${step} is let through`,
	'going-on': (workload, step) => `✓ ${workload} goes on${step === '' ? '' : ` with ${step}`}`,
	paused: (workload, step) => `✓ paused ${workload}${step === '' ? '' : ` at ${step}`}`,
	'went-back': workload => `✗ ${workload} is as it was before`,
	stuck: workload => `✗ ${workload} stands between two versions`,
	removed: workload => `✓ removed what was left of a rollout of ${workload}`,
	over: workload => `- ${workload}: the rollout is over by now`,
};

export function controlText({name, namespace, result, reason, step, after, next}: ControlOutput, view: View): string {
	const place = step === undefined ? '' : `step ${step.number} of ${step.of}`;
	return [
		...textLines('', `${heads[result](`${namespace}/${name}`, place)}${reason === '' ? '' : `: ${reason}`}`, view),
		...(step === undefined || step.title === '' ? [] : textLines('  that is: ', step.title, view)),
		...(after === undefined || after === '' ? [] : textLines('  next: ', after, view)),
		...next.flatMap(command => textLines('> ', command, view)),
	].join('\n');
}
