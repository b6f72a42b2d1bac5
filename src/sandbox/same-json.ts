import {isJsonObject, type Json} from '../core/json.ts';

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
