import {createHash} from 'node:crypto';
import type {Tool} from '@modelcontextprotocol/client';
import * as z from 'zod';
import {canonicalJson, isJsonObject, type Json, type JsonObject} from '../../core/json.ts';
import {mapStrings} from '../../core/secrets/map-strings.ts';
import {shortLine} from '../../core/text/short-line.ts';
import {hasUnseen, stripControl} from '../../core/text/strip-control.ts';

/** All that a server says of a tool and that a model goes by. */
export const toolDefinition = z.strictObject({
	name: z.string(),
	title: z.string().optional(),
	description: z.string(),
	inputSchema: z.custom<JsonObject>(isJsonObject),
	annotations: z.strictObject({
		readOnlyHint: z.boolean().optional(),
		destructiveHint: z.boolean().optional(),
		idempotentHint: z.boolean().optional(),
		openWorldHint: z.boolean().optional(),
	}),
});

export type ToolDefinition = z.output<typeof toolDefinition>;

/** What is taken of a server's list. */
const listLimits = {tools: 200, descriptionLetters: 2000, schemaLetters: 20_000, nameLetters: 128} as const;

/** Tools that can be used, and why the others cannot. */
export type Listed = {readonly tools: readonly ToolDefinition[]; readonly leftOut: readonly string[]};

/**
 * Tools as a server listed them, as far as they can be used: the first of each name, within the limits. Nothing is cut or cleaned here: an
 * approval is given to every letter, also to those that nobody sees.
 */
export function definitionsOf(listed: readonly Tool[]): Listed {
	const leftOut: string[] = [];
	const tools = new Map<string, ToolDefinition>();
	for (const tool of listed.slice(0, listLimits.tools)) {
		const why = tools.has(tool.name) ? 'its name stands there twice' : unusable(tool);
		if (why === undefined) tools.set(tool.name, definitionOf(tool));
		else leftOut.push(`${shortLine(tool.name, 60)}: ${why}`);
	}
	if (listed.length > listLimits.tools) leftOut.push(`${listed.length - listLimits.tools} tools beyond the first ${listLimits.tools}`);
	return {tools: [...tools.values()], leftOut};
}

function unusable({name, description = '', title = '', inputSchema}: Tool): string | undefined {
	if (!/^[A-Za-z0-9_./-]+$/.test(name) || name.length > listLimits.nameLetters)
		return `its name is none: letters, digits, _ . / and -, at most ${listLimits.nameLetters}`;
	if (description.length + title.length > listLimits.descriptionLetters)
		return `its description has ${description.length + title.length} letters, and ${listLimits.descriptionLetters} are read`;
	const letters = JSON.stringify(inputSchema).length;
	// Names of fields are sent back as they are, so they cannot be cleaned.
	if (keysOf(inputSchema).some(hasUnseen)) return 'names of its input hold letters that nobody sees';
	return letters > listLimits.schemaLetters
		? `its input schema has ${letters} letters, and ${listLimits.schemaLetters} are read`
		: undefined;
}

const keysOf = (value: unknown): readonly string[] =>
	typeof value === 'object' && value !== null
		? Object.entries(value).flatMap(([key, each]) => [...(Array.isArray(value) ? [] : [key]), ...keysOf(each)])
		: [];

function definitionOf({name, title, description = '', inputSchema, annotations = {}}: Tool): ToolDefinition {
	const {readOnlyHint, destructiveHint, idempotentHint, openWorldHint} = annotations;
	const hints = {readOnlyHint, destructiveHint, idempotentHint, openWorldHint};
	// The list came as JSON: this drops what is undefined, and nothing else.
	return JSON.parse(
		JSON.stringify({name, title: title ?? annotations.title, description, inputSchema, annotations: hints}),
	) as ToolDefinition;
}

/** The definition without what a reader cannot see. */
export const cleanDefinition = (definition: ToolDefinition): ToolDefinition =>
	mapStrings(definition as unknown as Json, stripControl) as unknown as ToolDefinition;

/** What an approval is bound to. */
export const hashOf = (definition: ToolDefinition): string =>
	// A definition is JSON, of a narrower type.
	createHash('sha256')
		.update(canonicalJson(definition as unknown as JsonObject))
		.digest('hex');

/** Only what says of itself that it reads may run unasked; silence is no promise. */
export const reads = ({annotations}: ToolDefinition): boolean => annotations.readOnlyHint === true;
