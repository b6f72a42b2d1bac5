import {isJsonObject, type Json, type JsonObject} from '../../../core/json.ts';

/** Puts what is absent, level by level; what is there stays. Answers the same object when nothing was missing. */
export function fill(value: JsonObject, defaults: JsonObject): JsonObject {
	let filled: {[key: string]: Json | undefined} | undefined;
	for (const [key, fallback] of Object.entries(defaults)) {
		const present = value[key];
		const wanted = present === undefined ? fallback : isJsonObject(present) && isJsonObject(fallback) ? fill(present, fallback) : present;
		if (wanted !== present) {
			filled ??= {...value};
			filled[key] = wanted;
		}
	}
	return filled ?? value;
}

/** Changes the object at a key if there is one. */
export function within(value: JsonObject, key: string, change: (inner: JsonObject) => JsonObject): JsonObject {
	const inner = value[key];
	if (!isJsonObject(inner)) return value;
	const changed = change(inner);
	return changed === inner ? value : {...value, [key]: changed};
}

/** Changes every object of the list at a key, if there is one. */
export function each(value: JsonObject, key: string, change: (item: JsonObject) => JsonObject): JsonObject {
	const list = value[key];
	if (!Array.isArray(list)) return value;
	const changed = list.map(item => (isJsonObject(item) ? change(item) : item));
	return changed.every((item, index) => item === list[index]) ? value : {...value, [key]: changed};
}
