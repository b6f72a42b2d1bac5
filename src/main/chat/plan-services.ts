import {parse} from 'yaml';
import {editText} from '../../commands/edit-text.ts';
import {yamlText} from '../../commands/render/yaml-text.ts';
import {MkcoaError} from '../../core/error.ts';
import {isJsonObject, type JsonObject} from '../../core/json.ts';
import type {Plan} from '../../core/plan.ts';
import type {ReviewServices} from '../../tui/review-services.ts';
import type {Host} from '../host.ts';
import type {Session} from '../session.ts';
import type {Again, EditedPlans} from './edited-plans.ts';

/** All of it can be done in a conversation. */
export type PlanServices = {readonly [service in keyof ReviewServices]-?: NonNullable<ReviewServices[service]>};

/** What a person can do with a plan before the answer: try it on a copy, and edit the inputs that it was made from. */
export const planServices = (session: Session, host: Host, plans: EditedPlans): PlanServices => ({
	rehearse: (plan, signal) => rehearsed(plan.tool, madeOf(plan, plans).input, {session, host, signal}),
	async edit(plan) {
		const {input, agent} = madeOf(plan, plans);
		const before = yamlText(input);
		const after = await editText(before, host.env);
		if (after.trim() === before.trim()) return undefined;
		const again = {tool: plan.tool, input: readInput(after), agent};
		plans.edited(again);
		return `planned again with ${JSON.stringify(again.input)}`;
	},
});

/** @throws MkcoaError `no-inputs` for a plan that no call of the conversation made */
function madeOf(plan: Plan, plans: EditedPlans): Again {
	const made = plans.madeOf(plan);
	if (made !== undefined) return made;
	throw new MkcoaError({
		kind: 'usage',
		code: 'no-inputs',
		what: 'This plan has no inputs that could be used again',
		next: 'Answer it as it is, or say no and ask for the change in words',
	});
}

type Around = {readonly session: Session; readonly host: Host; readonly signal: AbortSignal};

async function rehearsed(tool: string, input: JsonObject, {session, host: {streams, clock}, signal}: Around): Promise<string> {
	const {rehearse} = await import('../../agents/deploy/rehearsal/rehearse.ts');
	const outcome = await session.run(rehearse, {tool, input: JSON.stringify(input)}, {signal, emit() {}});
	const told = 'output' in outcome ? rehearse.output.safeParse(outcome.output) : undefined;
	if (told?.success === true) {
		const view = {width: streams.width, terminal: false, nowMs: clock.now()};
		return `\`\`\`\n${rehearse.text(told.data, view)}\n\`\`\``;
	}
	if (outcome.kind === 'failed') throw new MkcoaError(outcome.error);
	return 'Nothing was rehearsed';
}

/** @throws MkcoaError `bad-input` for what is no YAML, or no object: the plan on the screen stays as it is */
function readInput(text: string): JsonObject {
	try {
		const input: unknown = parse(text);
		// Plain YAML of one document is JSON; what the tool does not take, its own schema refuses.
		if (isJsonObject(input)) return input;
	} catch (error) {
		throw badInput(error instanceof Error ? error.message : undefined);
	}
	throw badInput(undefined);
}

const badInput = (quoted: string | undefined) =>
	new MkcoaError({
		kind: 'usage',
		code: 'bad-input',
		what: 'The edited inputs cannot be read',
		why: 'they are no YAML object',
		next: 'Edit them again, and keep one KEY: VALUE a line',
		quoted,
	});
