import {isJsonObject, type Json, withoutKeys} from '../../../core/json.ts';

/** A step into JSON: a key of a map, or the item of a list that has this name. */
export type Step = string | {readonly named: string};

type Change = (value: Json | undefined) => Json | undefined;

const isNamed = (item: Json, name: string) => isJsonObject(item) && item.name === name;

/**
 * The value with one place in it changed. What is missing on the way is made; a change to undefined takes the place out.
 * @param change from what is there, undefined where nothing is, to what shall be there
 */
export function changeAt(value: Json | undefined, path: readonly Step[], change: Change): Json | undefined {
	const [step, ...rest] = path;
	if (step === undefined) return change(value);
	const within: Change = inner => changeAt(inner, rest, change);
	return typeof step === 'string' ? changeKey(value, step, within) : changeItem(value, step.named, within);
}

function changeKey(value: Json | undefined, key: string, change: Change): Json | undefined {
	const map = isJsonObject(value) ? value : {};
	const changed = change(Object.hasOwn(map, key) ? map[key] : undefined);
	if (changed !== undefined) return {...map, [key]: changed};
	return Object.hasOwn(map, key) ? withoutKeys(map, new Set([key])) : value;
}

/** An item that is not there yet comes last. */
function changeItem(value: Json | undefined, name: string, change: Change): Json | undefined {
	const list: readonly Json[] = Array.isArray(value) ? value : [];
	const index = list.findIndex(item => isNamed(item, name));
	const changed = change(index === -1 ? undefined : list[index]);
	if (index === -1) return changed === undefined ? value : [...list, isJsonObject(changed) ? {name, ...changed} : changed];
	return changed === undefined ? list.toSpliced(index, 1) : list.with(index, changed);
}
