import * as z from 'zod';
import {textLines} from '../../../../core/text/styled.ts';
import type {View} from '../../../../core/tool.ts';

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
});

export type ControlInput = z.output<typeof controlInput>;

export const controlOutput = z.object({
	name: z.string(),
	namespace: z.string(),
	result: z.enum(['promoted', 'taken-back', 'going-on', 'paused', 'removed']),
	reason: z.string(),
	undone: z.array(z.string()),
});

export type ControlOutput = z.output<typeof controlOutput>;

const heads: {readonly [result in ControlOutput['result']]: (workload: string) => string} = {
	promoted: workload => `✓ promoted ${workload}`,
	'taken-back': workload => `✓ took back ${workload}`,
	'going-on': workload => `✓ ${workload} goes on`,
	paused: workload => `✓ paused ${workload}`,
	removed: workload => `✓ removed what was left of a rollout of ${workload}`,
};

export const controlText = ({name, namespace, result, reason}: ControlOutput, view: View): string =>
	textLines('', `${heads[result](`${namespace}/${name}`)}${reason === '' ? '' : `: ${reason}`}`, view).join('\n');
