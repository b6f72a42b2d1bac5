import {isJsonObject, type Json, type JsonObject} from '../../core/json.ts';

/** Reading steps into JSON of unknown shape: what is absent or of another type reads as empty. */
export const objectAt = (value: Json | undefined, ...path: readonly string[]): JsonObject => {
	const found = valueAt(value, ...path);
	return isJsonObject(found) ? found : {};
};

export const listAt = (value: Json | undefined, ...path: readonly string[]): readonly Json[] => {
	const found = valueAt(value, ...path);
	return Array.isArray(found) ? found : [];
};

export const textAt = (value: Json | undefined, ...path: readonly string[]): string | undefined => {
	const found = valueAt(value, ...path);
	return typeof found === 'string' ? found : undefined;
};

export const valueAt = (value: Json | undefined, ...path: readonly string[]): Json | undefined =>
	path.reduce<Json | undefined>((here, step) => (isJsonObject(here) && Object.hasOwn(here, step) ? here[step] : undefined), value);

/** The value with one path set; objects on the way are made. Undefined takes the last key away. */
export function withValue(value: JsonObject, path: readonly string[], leaf: Json | undefined): JsonObject {
	const [step, ...rest] = path;
	if (step === undefined) return value;
	if (rest.length > 0) return {...value, [step]: withValue(objectAt(value, step), rest, leaf)};
	if (leaf !== undefined) return {...value, [step]: leaf};
	const {[step]: _gone, ...others} = value;
	return others;
}

/** Whether two JSON values mean the same; shared branches are not entered. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
	if (a === b) return true;
	if (Array.isArray(a) || Array.isArray(b)) {
		return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, index) => sameJson(item, b[index]));
	}
	if (!isJsonObject(a) || !isJsonObject(b)) return false;
	const keys = Object.keys(a).filter(key => a[key] !== undefined);
	return keys.length === Object.keys(b).filter(key => b[key] !== undefined).length && keys.every(key => sameJson(a[key], b[key]));
}
