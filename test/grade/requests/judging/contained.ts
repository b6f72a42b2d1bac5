import {canonicalJson, isJsonObject, type Json} from '../../../../src/core/json.ts';
import {sameQuantity} from '../../../../src/core/kube/quantity.ts';
import {grantsOf} from './grants-of.ts';

/** Where a value stands: keys from the root, which decide how it is compared. */
type Place = {readonly kind: string; readonly path: readonly string[]};
type Value = Json | undefined;

const exactMaps = new Set(['selector', 'matchLabels', 'nodeSelector', 'podSelector', 'namespaceSelector']);
const unordered = new Set(['verbs', 'resources', 'apiGroups', 'resourceNames', 'accessModes', 'policyTypes', 'hosts', 'values']);
const quantityMaps = new Set(['requests', 'limits', 'hard', 'default', 'defaultRequest']);

const below = ({kind, path}: Place, key: string): Place => ({kind, path: [...path, key]});
const isRules = ({kind, path}: Place) => ['Role', 'ClusterRole'].includes(kind) && path.length === 1 && path[0] === 'rules';
const isQuantity = ({path}: Place) => path.at(-1) === 'averageValue' || quantityMaps.has(path.at(-2) ?? '');

/** The readings of an expected value: `{"$oneOf": […]}` has several. */
export const readingsOf = (expected: Json): readonly Json[] =>
	isJsonObject(expected) && Array.isArray(expected.$oneOf) ? expected.$oneOf.flatMap(readingsOf) : [expected];

/** Whether a list is of items that go by their name. */
export const areNamed = (items: readonly Json[]) =>
	items.length > 0 && items.every(item => isJsonObject(item) && typeof item.name === 'string');

/** The item of a list that has this name. */
export const itemNamed = (list: Value, name: Value): Value =>
	Array.isArray(list) ? list.find(item => isJsonObject(item) && item.name === name) : undefined;

/** Whether a map is compared as a whole, so that nothing of it is left over. */
export const isExact = (key: string | undefined) => exactMaps.has(key ?? '');

/** What of the expectation an object does not hold, one sentence for each place; none: it is contained. */
export function lacking(expected: Json, actual: Value, place: Place): readonly string[] {
	const readings = readingsOf(expected);
	if (readings.length !== 1 || readings[0] !== expected) {
		const answers = readings.map(reading => lacking(reading, actual, place));
		return answers.some(answer => answer.length === 0) ? [] : (answers[0] ?? []);
	}
	const key = place.path.at(-1);
	if (isQuantity(place) && isPlain(expected) && isPlain(actual))
		return sameQuantity(expected, actual) ? [] : [differs(expected, actual, place)];
	if (isRules(place))
		return canonicalJson(grantsOf(expected)) === canonicalJson(grantsOf(actual)) ? [] : [differs(expected, actual, place)];
	if (isJsonObject(expected)) {
		if (isExact(key)) return exactly(expected, actual) ? [] : [differs(expected, actual, place)];
		if (!isJsonObject(actual) && Object.keys(expected).length > 0) return [differs(expected, actual, place)];
		const fields = isJsonObject(actual) ? actual : {};
		return Object.entries(expected).flatMap(([name, value]) => lacking(value ?? null, fields[name], below(place, name)));
	}
	if (Array.isArray(expected)) return lackingInList(expected, actual, place);
	return same(expected, actual) ? [] : [differs(expected, actual, place)];
}

function lackingInList(expected: readonly Json[], actual: Value, place: Place): readonly string[] {
	const whole = differs([...expected], actual, place);
	if (!Array.isArray(actual)) return expected.length === 0 && actual === undefined ? [] : [whole];
	if (unordered.has(place.path.at(-1) ?? '')) return canonicalJson(sorted(expected)) === canonicalJson(sorted(actual)) ? [] : [whole];
	if (areNamed(expected))
		return expected.flatMap(item => {
			const name = isJsonObject(item) ? item.name : undefined;
			return lacking(item, itemNamed(actual, name), below(place, String(name)));
		});
	if (!expected.some(isJsonObject)) return canonicalJson([...expected]) === canonicalJson(actual) ? [] : [whole];
	return expected.length === actual.length && canPair(expected, actual, place) ? [] : [whole];
}

/** Whether each expected item has an item of its own. Lists are short, so trying all is fine. */
function canPair(expected: readonly Json[], actual: readonly Json[], place: Place): boolean {
	const [first, ...rest] = expected;
	if (first === undefined) return true;
	return actual.some((item, index) => lacking(first, item, place).length === 0 && canPair(rest, actual.toSpliced(index, 1), place));
}

/** `{}` is matched by the empty map alone; a selector that is not there selects otherwise. */
const exactly = (expected: Json, actual: Value): boolean =>
	isJsonObject(expected) && isJsonObject(actual)
		? Object.keys(expected).length === Object.keys(actual).length &&
			Object.entries(expected).every(([key, value]) => readingsOf(value ?? null).some(reading => exactly(reading, actual[key])))
		: Array.isArray(expected) && Array.isArray(actual)
			? canonicalJson(sorted(expected)) === canonicalJson(sorted(actual))
			: same(expected, actual);

const sorted = (list: readonly Json[]): readonly string[] => list.map(canonicalJson).sort();
const same = (expected: Json, actual: Value) => canonicalJson(expected) === canonicalJson(actual);
const isPlain = (value: Value): value is string | number => typeof value === 'string' || typeof value === 'number';

const longest = 300;
const shown = (value: Value) => (value === undefined ? 'nothing' : canonicalJson(value).slice(0, longest));
const differs = (expected: Json, actual: Value, {path}: Place) =>
	`${path.join('.') || 'object'} is ${shown(actual)}, not ${shown(expected)}`;
