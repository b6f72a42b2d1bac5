import type {Json} from '../json.ts';
import {type JsonPath, mapStrings} from './map-strings.ts';
import {joinSpans, replaceSpans, type Span} from './secret-patterns.ts';
import {type SecretPlace, secretPlaces} from './secret-places.ts';

/** The spans of each string that has any; undefined for a path without. */
export function spansByPath(places: readonly SecretPlace[]): (path: JsonPath) => readonly Span[] | undefined {
	const spans = new Map<string, Span[]>();
	for (const {path, start, end} of places) {
		const key = JSON.stringify(path);
		spans.set(key, [...(spans.get(key) ?? []), {start, end}]);
	}
	return path => (spans.size === 0 ? undefined : spans.get(JSON.stringify(path)));
}

/** The object with what stands at its secret places replaced. Needed before a part is taken out of it: a bare value no longer says what it was. */
export const hideSecretPlaces = <Value extends Json | undefined>(value: Value, mark: string): Value =>
	hidePlaces(value, secretPlaces(value), mark);

/** The value with what stands at these places replaced; itself where there are none. */
export function hidePlaces<Value extends Json | undefined>(value: Value, places: readonly SecretPlace[], mark: string): Value {
	if (places.length === 0) return value;
	const spansAt = spansByPath(places);
	return mapStrings(value, (text, path) => replaceSpans(text, joinSpans(spansAt(path) ?? []), () => mark));
}
