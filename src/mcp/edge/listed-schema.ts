import * as z from 'zod';
import {isJsonObject, type Json, type JsonObject} from '../../core/json.ts';
import {servedTool} from '../../core/served-tool.ts';
import type {AnyTool} from '../../core/tool.ts';

/** What a client is told of one tool by `tools/list`. */
export type ListedTool = ReturnType<typeof servedTool> & {
	readonly title: string;
	readonly inputSchema: {readonly type: 'object'; readonly [word: string]: unknown};
	readonly outputSchema: {readonly type: 'object'; readonly [word: string]: unknown};
};

/** Tokens of a text or of the JSON of a value, at four characters a token. */
export const tokensOf = (value: unknown): number => Math.ceil((typeof value === 'string' ? value : JSON.stringify(value)).length / 4);

/** How much of a tool's schemas is told. */
type Detail = {
	/** Fields of the input told at most, required ones first. */
	readonly fields: number;
	/** Everything: limits such as `maxLength`, which are checked in any case, and the answer below its first level. */
	readonly whole: boolean;
	/** Fields of the edge that every tool takes. */
	readonly shared: JsonObject;
};

const whole = {fields: Number.POSITIVE_INFINITY, whole: true};

/** Tried in turn for all tools alike. */
const fieldsTold = [Number.POSITIVE_INFINITY, 16, 12, 10, 8, 7, 6, 5, 4, 3, 2, 1, 0] as const;

/**
 * The tools as they are listed, with as much of their schemas as fits. A field that is not told is taken all the same: `tool_search` tells
 * everything of one tool.
 * @param tokens for all of them together
 * @param shared fields that every one of them takes
 */
export function listedTools<Ports>(tools: readonly AnyTool<Ports>[], tokens: number, shared: JsonObject = {}): readonly ListedTool[] {
	const described = tools.map(describedTool);
	const made = (fields: number) => described.map(tool => listedAs(tool, {fields, whole: false, shared}));
	const fitting = fieldsTold.find(fields => tokensOf(made(fields)) <= tokens);
	return made(fitting ?? 0);
}

/** All that there is to tell of one tool. */
export const wholeTool = <Ports>(tool: AnyTool<Ports>, shared: JsonObject = {}): ListedTool =>
	listedAs(describedTool(tool), {...whole, shared});

/** A tool with all of its schemas. */
type DescribedTool = {readonly isRead: boolean; readonly served: ReturnType<typeof servedTool>; readonly answer: JsonObject | undefined};

const knownTools = new WeakMap<object, DescribedTool>();

/** Made once for a tool, as that takes most of the time of a start. */
function describedTool<Ports>(tool: AnyTool<Ports>): DescribedTool {
	const known = knownTools.get(tool);
	if (known !== undefined) return known;
	const described = {
		isRead: tool.effect === 'read',
		served: servedTool(tool),
		answer:
			tool.effect === 'read'
				? (z.toJSONSchema((tool.compact ?? tool).output, {io: 'output', unrepresentable: 'any'}) as JsonObject)
				: undefined,
	};
	knownTools.set(tool, described);
	return described;
}

function listedAs({isRead, served, answer}: DescribedTool, detail: Detail): ListedTool {
	const {name, description, inputSchema, annotations} = served;
	const input = inputOf(inputSchema as JsonObject, isRead, detail);
	const more = input.untold === 0 ? '' : ` (${input.untold} more fields: tool_search)`;
	return {
		name,
		title: titleOf(name),
		description: `${description}${more}`,
		inputSchema: input.schema,
		outputSchema: answer === undefined ? changeSchema : answerSchema(answer, detail),
		annotations,
	};
}

/** `deployment_blue_green` as people read it. */
export function titleOf(name: string): string {
	const words = name.replaceAll('_', ' ');
	return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

/** Most tokens that one answer may have, and how many it has where the call does not say. */
export const answerTokens = {least: 500, usual: 4000, most: 25_000} as const;

const budgetField = {type: 'integer', maximum: answerTokens.most, description: 'Tokens of the answer'};

const limitWords = new Set(['maxLength', 'minLength', 'pattern', 'format', 'minItems', 'maxItems', 'uniqueItems', 'minimum', 'maximum']);

/** A client that cannot go on reading where an answer stopped would have to ask for all of it. */
const alwaysTold = ['cursor'];

function inputOf(schema: JsonObject, isRead: boolean, {fields, whole, shared}: Detail) {
	const properties = isJsonObject(schema.properties) ? schema.properties : {};
	const required = Array.isArray(schema.required) ? schema.required : [];
	const names = Object.keys(properties);
	const needed = names.filter(name => required.includes(name) || alwaysTold.includes(name));
	const others = names.filter(name => !needed.includes(name)).slice(0, Math.max(0, fields - needed.length));
	const told = names.filter(name => needed.includes(name) || others.includes(name));
	return {
		untold: names.length - told.length,
		schema: {
			type: 'object' as const,
			properties: {
				...Object.fromEntries(told.map(name => [name, whole ? properties[name] : without(properties[name], limitWords)])),
				...(isRead ? {max_tokens: budgetField} : {}),
				...shared,
			},
			...(required.length === 0 ? {} : {required}),
		},
	};
}

function without(value: Json | undefined, words: ReadonlySet<string>): Json {
	if (Array.isArray(value)) return value.map(each => without(each, words));
	if (!isJsonObject(value)) return value ?? {};
	return Object.fromEntries(
		Object.entries(value)
			.filter(([word]) => !words.has(word))
			.map(([word, each]) => [word, without(each, words)]),
	);
}

/** What says more of a part than a client needs, or would forbid what the edge adds to an answer. */
const silentWords = new Set(['additionalProperties', 'propertyNames', 'readOnly', 'default', '$schema']);

/** The answer's schema, or its first level: what is cut off may be anything, so it stays true of every answer. */
function answerSchema(schema: JsonObject, {whole}: Detail): ListedTool['outputSchema'] {
	if (whole) return {type: 'object', ...Object(without(schema, silentWords))};
	const typed = Object.entries(isJsonObject(schema.properties) ? schema.properties : {}).flatMap(([name, each]) => bare(name, each));
	const names = typed.map(([name]) => name);
	const required = Array.isArray(schema.required) ? schema.required.filter(name => names.includes(String(name))) : [];
	return {type: 'object', properties: Object.fromEntries(typed), ...(required.length === 0 ? {} : {required})};
}

/** The type alone. What may be of any is not told: an empty schema says nothing, and not every client takes one. */
function bare(name: string, schema: Json | undefined): readonly (readonly [string, JsonObject])[] {
	const {type} = isJsonObject(schema) ? schema : {};
	return type === undefined ? [] : [[name, {type}]];
}

/** What every call of a change answers. */
export const changeSchema = {
	type: 'object' as const,
	properties: {kind: {type: 'string'}, id: {type: 'string'}, means: {type: 'string'}},
	required: ['kind'],
};
