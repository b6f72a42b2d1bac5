import {isJsonObject} from '../../core/json.ts';
import type {ModelEvent} from './model.ts';

/** A call whose pieces are all there. No input at all means none is needed. */
export function callEvent(id: string, tool: string, text: string): Extract<ModelEvent, {kind: 'call' | 'broken'}> {
	const input = parsed(text.trim() === '' ? '{}' : text);
	return isJsonObject(input) ? {kind: 'call', id, tool, input} : {kind: 'broken', id, tool, text};
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
