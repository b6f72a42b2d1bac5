import {canonicalJson, isJsonObject, type Json, type JsonObject} from '../../../../src/core/json.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import type {ExpectedChange} from '../request.ts';
import {areNamed, isExact, itemNamed, lacking, readingsOf} from './contained.ts';

type Value = Json | undefined;
type Path = readonly string[];

const bookkeeping: readonly Path[] = ['annotations', 'managedFields', 'resourceVersion', 'generation'].map(key => ['metadata', key]);

/** What an update changed beside what it was to change: paths, none where all the rest stays as it was. */
export function leftOver(
	{after: expected = {}, absent, anyValue}: ExpectedChange,
	before: KubeObject,
	after: KubeObject,
): readonly string[] {
	const covered = [
		...coveredBy(expected, before, after, {kind: before.kind, path: []}),
		...[...absent, ...anyValue].map(pathOf),
		...bookkeeping,
		['status'],
	];
	const rest = (object: KubeObject) => covered.reduce<Value>((value, path) => without(value, path), object);
	return differences(rest(before), rest(after), []);
}

/** A JSON pointer taken apart. */
export const pathOf = (pointer: string): Path =>
	pointer
		.split('/')
		.slice(1)
		.map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'));

/** What stands below a key, or in a list below an item's name or number. */
const child = (value: Value, key: string): Value =>
	Array.isArray(value) ? (itemNamed(value, key) ?? value[Number(key)]) : isJsonObject(value) ? value[key] : undefined;

/** The value at a place; items of lists are entered by name. */
export const valueAt = (value: Value, path: Path): Value => path.reduce<Value>(child, value);

type Place = {readonly kind: string; readonly path: Path};

/** The places that an expectation speaks of. What was not there before is new as a whole: the server fills it with defaults. */
function coveredBy(expected: Json, before: Value, after: Value, {kind, path}: Place): readonly Path[] {
	const reading = readingsOf(expected).find(each => lacking(each, after, {kind, path}).length === 0) ?? expected;
	const isWhole = before === undefined || before === null || isExact(path.at(-1));
	if (!isWhole && isJsonObject(reading))
		return Object.entries(reading).flatMap(([key, value]) =>
			coveredBy(value ?? null, child(before, key), child(after, key), {kind, path: [...path, key]}),
		);
	if (!isWhole && Array.isArray(reading) && areNamed(reading))
		return reading.flatMap(item => {
			// The name is how the item is found: it stays until the last place in it is taken away.
			const {name: named, ...rest} = isJsonObject(item) ? item : {};
			const name = String(named);
			return coveredBy(rest, itemNamed(before, name), itemNamed(after, name), {kind, path: [...path, name]});
		});
	return [path];
}

/** The value without what stands at a place, and without what is empty then. */
function without(value: Value, [key, ...rest]: Path): Value {
	if (key === undefined) return undefined;
	const inner = without(child(value, key), rest);
	if (Array.isArray(value)) {
		const at = value.findIndex((item, index) => (isJsonObject(item) && item.name === key) || String(index) === key);
		const list = at === -1 ? value : inner === undefined ? value.toSpliced(at, 1) : value.with(at, inner);
		return list.length === 0 ? undefined : list;
	}
	if (!isJsonObject(value)) return value;
	const {[key]: _, ...others} = value;
	const map: JsonObject = inner === undefined ? others : {...others, [key]: inner};
	return Object.keys(map).length === 0 ? undefined : map;
}

function differences(before: Value, after: Value, path: Path): readonly string[] {
	if (canonicalJson(before) === canonicalJson(after)) return [];
	if (isJsonObject(before) && isJsonObject(after))
		return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap(key =>
			differences(before[key], after[key], [...path, key]),
		);
	return [path.join('.')];
}
