import * as z from 'zod';
import {type Clock, sleep} from '../../core/clock.ts';
import type {JsonObject} from '../../core/json.ts';
import {checkedInput} from './checked-input.ts';
import type {EdgeTool} from './edge-tool.ts';
import {changeSchema} from './listed-schema.ts';
import {type PlanSight, planAnswer} from './plan-sight.ts';

type Asking = {readonly sight: PlanSight; readonly clock: Clock};

const mostSeconds = 300;
const input = z.object({id: z.string().min(1).max(100), wait_seconds: z.int().min(0).max(mostSeconds).default(0)});
const lookEveryMs = 500;

type Told = {readonly answer: JsonObject; readonly isFinal: boolean};

const unknown: Told = {
	answer: {kind: 'unknown', means: 'No plan of yours has this id, or it was answered more than a week ago'},
	isFinal: true,
};

/**
 * Tells whoever had a plan made what came of it. The one way to learn that, beside a task: nothing that a client sends says yes.
 */
export const planResult = ({sight, clock}: Asking): EdgeTool => ({
	needs: {effect: 'read'},
	listed: {
		name: 'plan_result',
		title: 'Plan result',
		description:
			'Tells what came of a plan that waited: waiting, running, done, rejected with words, drifted or failed. Waits for an answer if asked to',
		inputSchema: {
			type: 'object',
			properties: {
				id: {type: 'string', description: 'Id that the change answered'},
				wait_seconds: {type: 'integer', default: 0, maximum: mostSeconds, description: 'How long to wait for an answer'},
			},
			required: ['id'],
		},
		outputSchema: changeSchema,
		annotations: {readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false},
	},
	async call(given, {caller, signal, progress}) {
		const {id, wait_seconds: seconds} = checkedInput(input, given);
		const until = clock.now() + seconds * 1000;
		const look = async (): Promise<Told> => (await sight(id, caller)) ?? unknown;
		let seen = await look();
		while (!seen.isFinal && clock.now() < until && !signal.aborted) {
			progress(`Plan ${id}: ${seen.answer.kind}`);
			await sleep(clock, lookEveryMs, signal).catch(() => {});
			seen = await look();
		}
		return planAnswer(seen.answer);
	},
});
