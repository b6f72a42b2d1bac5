import type * as z from 'zod';
import type {JsonObject} from '../core/json.ts';
import {oneLine} from '../core/text/one-line.ts';
import {cutText} from '../core/text/text-width.ts';
import {type InputField, isShared} from './input-field.ts';
import type {Options} from './options.ts';
import {usageError} from './usage.ts';

/** Texts as they were typed, by field; a list for flags given several times and for the last argument. */
export type Typed = {readonly [field: string]: string | boolean | readonly string[] | undefined};

type Reading = {
	readonly options: Pick<Options, 'context' | 'namespace'>;
	/** Reads a named file; `-` is standard input. */
	readonly readFile: (path: string) => Promise<string>;
	/** Names of the fields given without a flag: their commas are kept. */
	readonly positionals: readonly string[];
};

/** A field as an error names it: the argument, or the flag with its dashes. */
const labelOf = ({name, flag}: InputField, positionals: readonly string[]) => (positionals.includes(name) ? name : `--${flag}`);

/** A value as an error quotes it: one line, and of a long one its beginning. */
const cut = (text: string) => cutText(oneLine(text), 60);

function numberOf(text: string, label: string): number {
	const number = Number(text);
	if (text.trim() !== '' && Number.isFinite(number)) return number;
	throw usageError(`Value '${cut(text)}' of ${label} is not a number`);
}

function choiceOf(text: string, choices: readonly string[], label: string): string {
	if (choices.includes(text)) return text;
	throw usageError(`Value '${cut(text)}' of ${label} is not one of ${choices.join(', ')}`);
}

async function itemOf(text: string, field: InputField, {readFile, positionals}: Reading) {
	const label = labelOf(field, positionals);
	if (field.kind === 'file') return readFile(text);
	if (field.kind === 'number') return numberOf(text, label);
	return field.choices === undefined ? text : choiceOf(text, field.choices, label);
}

const splitCommas = (text: string) =>
	text
		.split(',')
		.map(item => item.trim())
		.filter(item => item !== '');

function givenOf(typed: string | boolean | readonly string[], field: InputField, reading: Reading) {
	if (typeof typed === 'boolean') return typed;
	if (!field.isList) return itemOf(typeof typed === 'string' ? typed : typed.join(' '), field, reading);
	const texts = typeof typed === 'string' ? [typed] : typed;
	const keepsCommas = !field.splits || reading.positionals.includes(field.name);
	return Promise.all((keepsCommas ? texts : texts.flatMap(splitCommas)).map(text => itemOf(text, field, reading)));
}

/**
 * The input of a tool from what was typed and from the global flags. Left out fields stay out: defaults are the schema's.
 * @throws MkcoaError of kind usage, quoting what arrived and what was expected
 */
export async function readInput(fields: readonly InputField[], typed: Typed, reading: Reading): Promise<JsonObject> {
	const entries = fields.map(async field => {
		const shared = field.name === 'context' ? reading.options.context : reading.options.namespace;
		const value = isShared(field.name) ? shared : typed[field.name];
		return [field.name, value === undefined ? undefined : await givenOf(value, field, reading)] as const;
	});
	return Object.fromEntries((await Promise.all(entries)).filter(([, value]) => value !== undefined));
}

/**
 * Checks the input against the tool's own schema. A missing namespace or context is left to the kubeconfig.
 * @throws MkcoaError of kind usage for the first field that does not fit
 */
export function checkInput(schema: z.ZodObject, input: JsonObject, fields: readonly InputField[], positionals: readonly string[]): void {
	const {error} = schema.safeParse(input);
	const issue = error?.issues.find(({path: [name]}) => !(isShared(String(name)) && input[String(name)] === undefined));
	if (issue === undefined) return;
	const field = fields.find(({name}) => name === issue.path[0]);
	if (field === undefined) throw usageError(issue.message);
	const label = labelOf(field, positionals);
	const value = input[field.name];
	if (value === undefined) throw usageError(`${label} is missing`, field.summary === '' ? {} : {why: field.summary});
	throw usageError(`Value '${cut(typeof value === 'string' ? value : JSON.stringify(value))}' of ${label} does not fit`, {
		why: issue.message,
	});
}
