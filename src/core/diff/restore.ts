import type {Json} from '../json.ts';
import {listAt, objectAt, valueAt} from '../kube/json-at.ts';
import type {KubeObject} from '../kube/kube-object.ts';
import type {FieldChange, PathSegment} from '../plan.ts';
import {diffObjects} from './diff.ts';
import {keysOf, type Place, rootPlace, type Shape, sameValue, shapeOf} from './field-shape.ts';
import {emptyIsNothing} from './kube-defaults.ts';
import type {KubeSchema} from './kube-schema.ts';
import {withoutNoise} from './noise.ts';

/** A field that was not set back, and why. */
export type Kept = {readonly path: readonly PathSegment[]; readonly reason: string};

type Value = Json | undefined;
/** The three states of one field. */
type Three = {readonly before: Value; readonly after: Value; readonly live: Value};
type Keep = (path: readonly PathSegment[], reason: string) => void;

const changedSince = 'it was changed since';
const removedSince = 'it was removed since';

/**
 * Takes one change back: each field that `before` and `after` differ in gets its earlier value in `live`, if `live` still holds what the change
 * wrote. A field that somebody changed since is kept and named; everything else of `live`, status and bookkeeping too, stays as it is.
 * @param states three states of one object, read from the server; `live` is the newest
 */
export function restore({
	before,
	after,
	live,
	schema,
}: {
	readonly before: KubeObject;
	readonly after: KubeObject;
	readonly live: KubeObject;
	readonly schema: KubeSchema;
}): {readonly object: KubeObject; readonly restored: readonly FieldChange[]; readonly kept: readonly Kept[]} {
	const kept: Kept[] = [];
	const keep: Keep = (path, reason) => {
		kept.push({path, reason});
	};
	const three = {before: withoutNoise(before), after: withoutNoise(after), live};
	// The walk sets back fields; what names the object is the same in all three states.
	const object = restored(rootPlace(schema, live), three, [], keep) as KubeObject;
	return {object, restored: diffObjects(live, object, schema), kept};
}

function restored(place: Place, three: Three, path: readonly PathSegment[], keep: Keep): Value {
	const {before, after, live} = three;
	if (sameValue(place, before, after) || sameValue(place, live, before)) return live;
	if (sameValue(place, live, after)) return before;
	// Somebody took the whole of it away: a part of it alone would be no valid object.
	if (isMissing(live) && !isMissing(after)) {
		keep(path, removedSince);
		return live;
	}
	const shape = shapeOf(place, [before, after, live]);
	const cameOrWent = isMissing(before) || isMissing(after);
	if (cameOrWent && !isDivisible(place, shape)) {
		keep(path, changedSince);
		return live;
	}
	if (shape.kind === 'keys') return restoredKeys(shape, three, path, keep);
	if (shape.kind === 'items') return restoredItems(shape, three, path, keep);
	keep(path, changedSince);
	return live;
}

/** Half of a probe or of a container is no valid one: such objects come and go as a whole. Labels, limits and lists of items do not. */
const isDivisible = ({name, field}: Place, {kind}: Shape) =>
	kind === 'items' || field?.kind === 'map' || name === 'metadata' || emptyIsNothing.has(name);

const isMissing = (value: Value) => value === undefined || value === null;

function restoredKeys(
	shape: Extract<Shape, {kind: 'keys'}>,
	{before, after, live}: Three,
	path: readonly PathSegment[],
	keep: Keep,
): Value {
	const [left, right] = [objectAt(before), objectAt(after)];
	const answer = new Map<string, Value>(Object.entries(objectAt(live)));
	for (const key of keysOf(left, right)) {
		const value = restored(
			shape.child(key),
			{before: valueAt(left, key), after: valueAt(right, key), live: answer.get(key)},
			[...path, key],
			keep,
		);
		if (value === undefined) answer.delete(key);
		else answer.set(key, value);
	}
	return isMissing(before) && answer.size === 0 ? undefined : Object.fromEntries(answer);
}

function restoredItems(shape: Extract<Shape, {kind: 'items'}>, three: Three, path: readonly PathSegment[], keep: Keep): Value {
	const byKey = (value: Value) =>
		new Map(listAt(value).map((item, index) => [shape.keyOf(item, index), {item, segment: shape.segment(item, index)}]));
	const [before, after, live] = [byKey(three.before), byKey(three.after), byKey(three.live)];
	const answer = new Map<string, Json>([...live].map(([key, {item}]) => [key, item]));
	for (const key of new Set([...before.keys(), ...after.keys()])) {
		const [earlier, written, now] = [before.get(key), after.get(key), live.get(key)];
		const here = [...path, (earlier ?? written)?.segment ?? key];
		const value = restored(shape.item, {before: earlier?.item, after: written?.item, live: now?.item}, here, keep);
		if (value === undefined) answer.delete(key);
		else if (answer.has(key)) answer.set(key, value);
		else insertWhereItStood(answer, [...before.keys()], key, value);
	}
	return isMissing(three.before) && answer.size === 0 ? undefined : [...answer.values()];
}

/** Puts an item behind the nearest one that stood before it, or first. The order of env variables and init containers has a meaning. */
function insertWhereItStood(items: Map<string, Json>, order: readonly string[], key: string, value: Json): void {
	const leader = order.slice(0, order.indexOf(key)).findLast(other => items.has(other));
	const entries = [...items];
	const place = leader === undefined ? 0 : entries.findIndex(([other]) => other === leader) + 1;
	items.clear();
	for (const [other, item] of entries.toSpliced(place, 0, [key, value])) items.set(other, item);
}
