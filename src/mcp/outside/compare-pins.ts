import {canonicalJson, type Json} from '../../core/json.ts';
import {hashOf, type ToolDefinition} from './tool-definition.ts';

/** How a tool stands to what a person approved. `gone`: the server does not list it any more. */
export type Standing = 'pinned' | 'changed' | 'new' | 'gone';

export type Compared = {
	readonly name: string;
	readonly standing: Standing;
	/** As the server says it now, or as it was approved where it is gone. */
	readonly definition: ToolDefinition;
	/** Of a changed one: what it was when it was approved. */
	readonly was?: ToolDefinition | undefined;
	/** Of a changed one: which parts are different. */
	readonly parts: readonly string[];
};

const partsOf = {
	title: 'title',
	description: 'description',
	inputSchema: 'input',
	annotations: 'hints',
} as const;

/** Each tool that is listed or was approved, by name. */
export function comparePins(approved: readonly ToolDefinition[], listed: readonly ToolDefinition[]): readonly Compared[] {
	const before = new Map(approved.map(tool => [tool.name, tool]));
	const now = listed.map((definition): Compared => {
		const {name} = definition;
		const was = before.get(name);
		if (was === undefined) return {name, standing: 'new', definition, parts: []};
		if (hashOf(was) === hashOf(definition)) return {name, standing: 'pinned', definition, parts: []};
		return {name, standing: 'changed', definition, was, parts: changedParts(was, definition)};
	});
	const names = new Set(listed.map(({name}) => name));
	const gone = approved
		.filter(({name}) => !names.has(name))
		.map((definition): Compared => ({name: definition.name, standing: 'gone', definition, parts: []}));
	return [...now, ...gone].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function changedParts(was: ToolDefinition, is: ToolDefinition): readonly string[] {
	const isSame = (part: keyof typeof partsOf) => canonicalJson((was[part] ?? null) as Json) === canonicalJson((is[part] ?? null) as Json);
	return Object.entries(partsOf).flatMap(([part, word]) => (isSame(part as keyof typeof partsOf) ? [] : [word]));
}
