import * as z from 'zod';
import type {EmitChat} from '../../conversation/event.ts';
import type {Model} from '../../models/model.ts';
import {budgetOf, defaultLimits} from '../limits.ts';
import {streamOne} from '../stream-one.ts';

type Asking<Schema extends z.ZodObject> = {
	readonly model: Model;
	readonly system: string;
	readonly text: string;
	/** The form that the model fills in. */
	readonly form: {readonly name: string; readonly description: string; readonly schema: Schema};
	/** Hears what it cost; words beside the form are not told to anybody. */
	readonly emit: EmitChat;
	readonly signal: AbortSignal;
};

/** A form takes fewer words than an answer. */
const formTokens = 1500;

/**
 * What a model fills into a form, checked.
 * @returns undefined where it filled in nothing that fits
 */
export async function structuredAnswer<Schema extends z.ZodObject>({
	model,
	system,
	text,
	form: {name, description, schema},
	emit,
	signal,
}: Asking<Schema>): Promise<z.output<Schema> | undefined> {
	const {$schema, ...inputSchema} = z.toJSONSchema(schema, {io: 'input'});
	const {calls} = await streamOne(
		model,
		{system, messages: [{role: 'user', text}], tools: [{name, description, inputSchema}], maxTokens: formTokens},
		{
			agent: 'orchestrator',
			budget: budgetOf(defaultLimits),
			emit: event => {
				if (event.kind === 'usage' || event.kind === 'note') emit(event);
			},
			signal,
			goesOn: false,
		},
	);
	const filled = calls.find(call => call.tool === name && call.broken !== true);
	const read = filled === undefined ? undefined : schema.safeParse(filled.input);
	return read?.success === true ? read.data : undefined;
}
