import * as z from 'zod';
import type {EmitChat} from '../../conversation/event.ts';
import type {Model} from '../../models/model.ts';
import type {Specialist} from '../specialist.ts';
import {structuredAnswer} from './structured-answer.ts';

/** A part of a request, and who does it. */
export type Step = {readonly specialist: Specialist; readonly task: string};

/** Who does what of a request. `together`: the parts only look, and none waits for another. */
export type WorkPlan = {readonly steps: readonly Step[]; readonly together: boolean};

const mostSteps = 6;

const form = {
	name: 'plan_work',
	description: 'Says which specialist does which part of the request',
	schema: z.object({
		steps: z.array(z.object({specialist: z.string(), task: z.string()})),
		together: z.boolean().describe('True when every part only looks and none needs the result of another'),
	}),
};

/** The plan of a model, held against the closed set of specialists: what does not fit it is told, and nothing of the plan is run. */
export function checkedPlan(asked: z.output<typeof form.schema>, specialists: readonly Specialist[]): WorkPlan | string {
	if (asked.steps.length === 0) return 'The plan has no step.';
	if (asked.steps.length > mostSteps) return `The plan has ${asked.steps.length} steps, and ${mostSteps} are allowed.`;
	const steps: Step[] = [];
	for (const {specialist: name, task} of asked.steps) {
		const specialist = specialists.find(each => each.name === name);
		if (specialist === undefined)
			return `There is no specialist ${JSON.stringify(name.slice(0, 60))}: ${specialists.map(each => each.name).join(', ')}.`;
		if (task.trim() === '') return `The task of ${name} is empty.`;
		steps.push({specialist, task: task.trim().slice(0, 2000)});
	}
	return {steps, together: asked.together && steps.length > 1};
}

type Planning = {
	readonly model: Model;
	readonly request: string;
	/** At least one. The first one takes what cannot be planned. */
	readonly specialists: readonly [Specialist, ...Specialist[]];
	readonly emit: EmitChat;
	readonly signal: AbortSignal;
};

/**
 * Routes a request: one step where one specialist can do all of it, several where it takes more. It sees the words of the person alone, so that no
 * foreign text chooses who works. A plan that does not fit is sent back once with the reason; after that the first specialist takes the request.
 */
export async function planSteps({model, request, specialists, emit, signal}: Planning): Promise<WorkPlan> {
	const [first] = specialists;
	const whole: WorkPlan = {steps: [{specialist: first, task: request}], together: false};
	if (specialists.length === 1) return whole;
	const names = specialists.map(({name, summary}) => `- ${name}: ${summary}`).join('\n');
	const system = `Choose who works on the request. Use one specialist unless parts of it belong to different ones. Specialists:\n${names}`;
	let text = request;
	for (let attempt = 0; attempt < 2; attempt++) {
		const asked = await structuredAnswer({model, system, text, form, emit, signal});
		const plan = asked === undefined ? 'Fill in the form.' : checkedPlan(asked, specialists);
		if (typeof plan !== 'string')
			return plan.steps.length === 1 ? {...plan, steps: plan.steps.map(step => ({...step, task: request}))} : plan;
		text = `${request}\n\n(Your last plan was not accepted: ${plan})`;
	}
	return whole;
}
