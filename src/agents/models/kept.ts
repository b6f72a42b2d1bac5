import {createHash} from 'node:crypto';
import {canonicalJson, isJsonObject, type Json, type JsonObject} from '../../core/json.ts';
import type {Message, ModelEvent, ModelRequest} from './model.ts';

/** What an answer said, as far as people and tools see it. */
export type Said = {
	readonly text: string;
	readonly calls: readonly {readonly id: string; readonly tool: string; readonly input: JsonObject}[];
};

/** What an answer said, by the events that were told of it. */
export const saidBy = (events: readonly ModelEvent[]): Said => ({
	text: events.map(event => (event.kind === 'text' ? event.delta : '')).join(''),
	calls: events.filter(event => event.kind === 'call').map(({id, tool, input}) => ({id, tool, input})),
});

const digest = (...parts: readonly Json[]) => createHash('sha256').update(canonicalJson(parts)).digest('base64url');

/** A mark of the same answer in the same place: `before` is the mark of all that stood before it, or empty where that does not matter. */
export const markOf = (before: string, {text, calls}: Said) => digest(before, text, [...calls]);

/** The mark of a conversation so far. It does not depend on what was kept, so that it is the same on the next turn. */
export function marksOf({system, tools, messages}: ModelRequest): {readonly before: ReadonlyMap<Message, string>; readonly end: string} {
	const before = new Map<Message, string>();
	// Schemas are JSON, though their type is wider.
	let end = digest(system, JSON.stringify(tools));
	for (const message of messages) {
		before.set(message, end);
		end = message.role === 'assistant' ? markOf(end, message) : digest(end, {...message});
	}
	return {before, end};
}

/** What to hand back with the `stop`: the provider's own blocks, good for this model and this mark alone. */
export const keep = (by: string, mark: string, blocks: readonly unknown[]): Json => ({by, mark, blocks: blocks.filter(isJsonObject)});

/** The blocks, if this model made them for this mark; else undefined, and the message is written anew from its text and calls. */
export function keptBlocks(kept: Json | undefined, by: string, mark: string): readonly JsonObject[] | undefined {
	if (!isJsonObject(kept) || kept.by !== by || kept.mark !== mark || !Array.isArray(kept.blocks)) return undefined;
	return kept.blocks.filter(isJsonObject);
}
