import {isJsonObject, type Json} from '../../../../src/core/json.ts';
import {isOperators} from '../subset.ts';

/** What a remedy asks for (see `isSubset`) as a value that is it; of several the first. */
export function concrete(want: Json | undefined, nowMs: number): Json {
	if (want === undefined || want === '$absent') return null;
	if (want === '$present') return new Date(nowMs).toISOString();
	if (Array.isArray(want)) return want.map(one => concrete(one, nowMs));
	if (!isJsonObject(want)) return want;
	if (!isOperators(want)) return Object.fromEntries(Object.entries(want).map(([key, value]) => [key, concrete(value, nowMs)]));
	const [[name, operand] = []] = Object.entries(want);
	return concrete(name === '$in' && Array.isArray(operand) ? operand[0] : operand, nowMs);
}
