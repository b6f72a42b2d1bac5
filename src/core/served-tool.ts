import * as z from 'zod';
import type {JsonObject} from './json.ts';
import type {Annotations} from './tool.ts';

/** A tool as a model or another program is told of it. */
type Served = {
	readonly name: string;
	readonly description: string;
	readonly inputSchema: {readonly [word: string]: unknown};
	readonly annotations: Annotations;
	/** See `Tool`. */
	readonly origin?: string | undefined;
};

/**
 * Words of JSON Schema 2020-12 that inputs use. What else stands in a schema is for the command line alone: completion, letters, where a
 * value comes from, examples that are command lines.
 */
const served = new Set(
	`type properties required additionalProperties items enum const default description title anyOf oneOf allOf pattern format minLength maxLength
	minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minItems maxItems uniqueItems`.split(/\s+/),
);

type Tool = {
	readonly name: string;
	readonly summary: string;
	readonly input: z.ZodObject;
	readonly annotations: Annotations;
	readonly inputSchema?: JsonObject | undefined;
	readonly origin?: string | undefined;
};

const known = new WeakMap<Tool, Served>();

/**
 * The description of a tool that an MCP server gives out: its schema without `$schema`, whose dialect MCP assumes, and without mkcoa's own words.
 * Made once for a tool: each conversation and each session of a client is told of all of them.
 */
export function servedTool(tool: Tool): Served {
	const made = known.get(tool) ?? describe(tool);
	known.set(tool, made);
	return made;
}

function describe(tool: Tool): Served {
	const {name, summary, input, annotations, origin} = tool;
	if (tool.inputSchema !== undefined) return {name, description: summary, inputSchema: tool.inputSchema, annotations, origin};
	const {$schema, ...inputSchema} = z.toJSONSchema(input, {
		io: 'input',
		override: ({jsonSchema}) => {
			for (const word of Object.keys(jsonSchema)) if (!served.has(word)) Reflect.deleteProperty(jsonSchema, word);
		},
	});
	return {name, description: summary, inputSchema, annotations};
}
