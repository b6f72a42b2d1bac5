import * as z from 'zod';
import {MkcoaError} from '../error.ts';
import {nearestNames} from '../text/nearest-names.ts';
import {shortLine} from '../text/short-line.ts';
import type {AnyTool} from '../tool.ts';

/** What a tool works on, with its defaults. @throws `bad-input` with the field and what was expected */
export function parsedInput<Ports>(tool: AnyTool<Ports>, input: unknown): unknown {
	const result = tool.input.safeParse(input);
	refuseUnknown(tool, input);
	if (result.success) return result.data;
	const [issue] = result.error.issues;
	const field = issue?.path.join('.') || 'the input';
	const isMissing = issue?.path.length === 1 && !Object.hasOwn(Object(input), field);
	throw new MkcoaError({
		kind: 'usage',
		code: 'bad-input',
		what: isMissing ? `${field} is missing` : `The value of ${field} does not fit`,
		...(isMissing ? {} : {why: issue?.message ?? 'it has another shape'}),
		next: nextFor(tool),
	});
}

const nextFor = <Ports>(tool: AnyTool<Ports>) => `See mkcoa ${tool.command.join(' ')} --help`;

/** A field that is misspelt would be left out without a word, and a change go where nobody meant it to go. */
function refuseUnknown<Ports>(tool: AnyTool<Ports>, input: unknown): void {
	if (!(tool.input instanceof z.ZodObject) || tool.input.def.catchall !== undefined) return;
	const known = Object.keys(tool.input.shape);
	const unknown = Object.keys(Object(input)).find(field => !known.includes(field));
	if (unknown === undefined) return;
	const said = shortLine(unknown, 100);
	const [near] = nearestNames(said, known);
	throw new MkcoaError({
		kind: 'usage',
		code: 'bad-input',
		what: `There is no field ${JSON.stringify(said)}`,
		...(near === undefined ? {} : {why: `perhaps ${near} is meant`}),
		next: near === undefined ? `There are ${known.join(', ')}` : nextFor(tool),
	});
}
