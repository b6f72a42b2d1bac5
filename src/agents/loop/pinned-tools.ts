import {canonicalJson, type Json} from '../../core/json.ts';
import type {Tools} from '../conversation/brain.ts';

type Served = Awaited<ReturnType<Tools['list']>>[number];

/** Tools as they were first told, and those that say something else of themselves now. */
export type Pinned = {readonly tools: readonly Served[]; readonly changed: readonly string[]};

/**
 * Holds a conversation to what it was told of each tool first. One that changes its description, its input or its hints on the way could turn an
 * approved habit into something else, so it is not offered any more.
 */
export function pinTools(): (listed: readonly Served[]) => Pinned {
	const first = new Map<string, string>();
	return listed => {
		const isSame = (tool: Served) => {
			// A schema is JSON, of a wider type.
			const text = canonicalJson(JSON.parse(JSON.stringify(tool)) as Json);
			const known = first.get(tool.name) ?? text;
			first.set(tool.name, known);
			return known === text;
		};
		const [tools, changed]: [Served[], string[]] = [[], []];
		for (const tool of listed) {
			if (isSame(tool)) tools.push(tool);
			else changed.push(tool.name);
		}
		return {tools, changed};
	};
}
