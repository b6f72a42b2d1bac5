import {canonicalJson, isJsonObject, type Json} from '../json.ts';
import type {FieldChange, PathSegment} from '../plan.ts';
import {type JsonPath, mapStrings} from '../secrets/map-strings.ts';
import {redactedMark} from '../secrets/redact.ts';
import {replaceSpans, type Span} from '../secrets/secret-patterns.ts';
import {secretPlaces} from '../secrets/secret-places.ts';

/** The value as it stands in its object, so that its surroundings say whether it is secret: the name of a variable, the kind, the key. */
function placed(path: readonly PathSegment[], value: Json): Json {
	return path.reduceRight<Json>((inner, segment) => {
		if (typeof segment === 'string') return {[segment]: inner};
		if (typeof segment === 'number') return [inner];
		return [isJsonObject(inner) ? Object.assign({}, segment, inner) : inner];
	}, value);
}

/** List segments are one index in JSON, as key segments are one key: a path and its JSON are equally long. */
function hidden(kind: string, path: readonly PathSegment[], value: Json): Json {
	const spans = new Map<string, Span[]>();
	const keyOf = (place: JsonPath) => JSON.stringify(place);
	for (const place of secretPlaces(placed(path, value), kind)) {
		const key = keyOf(place.path.slice(path.length));
		spans.set(key, [...(spans.get(key) ?? []), {start: place.start, end: place.end}]);
	}
	return spans.size === 0
		? value
		: mapStrings(value, (text, place) => replaceSpans(text, spans.get(keyOf(place)) ?? [], () => redactedMark));
}

/** The change as a plan may tell it. Where nothing is left to tell of a secret, `secret` says so instead of the values. */
export function hiddenChange(
	kind: string,
	{path, before, after}: {readonly path: readonly PathSegment[]; readonly before: Json | undefined; readonly after: Json | undefined},
): FieldChange {
	const operation = before === undefined ? 'add' : after === undefined ? 'remove' : 'replace';
	const [left, right] = [before, after].map(value => (value === undefined ? undefined : hidden(kind, path, value)));
	const isSecret =
		left === redactedMark || right === redactedMark || (operation === 'replace' && canonicalJson(left) === canonicalJson(right));
	if (isSecret) return {path, operation, secret: true};
	return {path, operation, ...(left === undefined ? {} : {before: left}), ...(right === undefined ? {} : {after: right})};
}
