import {canonicalJson, isJsonObject, type Json} from '../json.ts';
import type {FieldChange, PathSegment} from '../plan.ts';
import {redactedMark} from '../secrets/redact.ts';
import {secretPlaces} from '../secrets/secret-places.ts';
import {hidePlaces} from '../secrets/spans-by-path.ts';

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
	const places = secretPlaces(placed(path, value), kind);
	return hidePlaces(
		value,
		places.map(place => ({...place, path: place.path.slice(path.length)})),
		redactedMark,
	);
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
