import {canonicalJson, isJsonObject, type Json, type JsonObject} from '../json.ts';
import {listAt, objectAt, valueAt} from '../kube/json-at.ts';
import type {KubeObject} from '../kube/kube-object.ts';
import type {FieldChange, PathSegment} from '../plan.ts';
import {keysOf, type Place, rootPlace, sameValue, shapeOf} from './field-shape.ts';
import {hiddenChange} from './hidden-change.ts';
import {emptyIsNothing} from './kube-defaults.ts';
import type {KubeSchema} from './kube-schema.ts';
import {fieldOwners, ourManager} from './managed-fields.ts';
import {withoutNoise} from './noise.ts';

/** One field that differs, with its values as they are. */
type Difference = {readonly path: readonly PathSegment[]; readonly before: Json | undefined; readonly after: Json | undefined};

/**
 * What changes between two states of one object, field by field, as people mean it: no bookkeeping of the server, no defaults, no other
 * spelling of the same value, no order where order says nothing. Values of secrets are left out. Null is an object that does not exist.
 * `owner` names the other field managers of `before`.
 */
export function diffObjects(before: KubeObject | null, after: KubeObject | null, schema: KubeSchema): readonly FieldChange[] {
	const either = after ?? before;
	if (either === null) return [];
	const root = rootPlace(schema, either);
	const owners = before === null ? () => [] : fieldOwners(before);
	return [...differences(root, comparable(before), comparable(after), [])].map(difference => {
		const others = [...new Set(owners(difference.path).map(({manager}) => manager))].filter(manager => manager !== ourManager);
		return {...hiddenChange(either.kind, difference), ...(others.length === 0 ? {} : {owner: others.join(', ')})};
	});
}

/** The object without noise, without what names it, and with `stringData` where the server puts it. */
function comparable(object: KubeObject | null): JsonObject | undefined {
	if (object === null) return undefined;
	const {apiVersion: _, kind, metadata, ...rest} = withoutNoise(object);
	const {name: __, namespace: ___, ...meta} = metadata;
	return {...(kind === 'Secret' ? foldedSecret(rest) : rest), ...(Object.keys(meta).length === 0 ? {} : {metadata: meta})};
}

function foldedSecret({stringData, ...rest}: JsonObject): JsonObject {
	if (!isJsonObject(stringData)) return rest;
	const encoded = Object.entries(stringData).map(([key, value]) => [key, Buffer.from(String(value)).toString('base64')]);
	return {...rest, data: {...(isJsonObject(rest.data) ? rest.data : {}), ...Object.fromEntries(encoded)}};
}

function* differences(
	place: Place,
	before: Json | undefined,
	after: Json | undefined,
	path: readonly PathSegment[],
): Generator<Difference> {
	if (sameValue(place, before, after)) return;
	const shape = shapeOf(place, [before, after]);
	if (shape.kind === 'leaf') yield {path, before: before ?? undefined, after: after ?? undefined};
	else if (shape.kind === 'items') yield* ofItems(shape, before, after, path);
	else if (isOneSidedEmpty(before, after)) {
		if (path.length > 0 && !emptyIsNothing.has(place.name)) yield {path, before: before ?? undefined, after: after ?? undefined};
	} else {
		for (const key of keysOf(objectAt(before), objectAt(after)))
			yield* differences(shape.child(key), valueAt(before, key), valueAt(after, key), [...path, key]);
	}
}

/** `{}` on one side and nothing on the other. */
const isOneSidedEmpty = (before: Json | undefined, after: Json | undefined) =>
	(before ?? undefined) === undefined
		? canonicalJson(after) === '{}'
		: (after ?? undefined) === undefined && canonicalJson(before) === '{}';

/** Items that stand in one list alone are told as a whole. */
function* ofItems(
	shape: Extract<ReturnType<typeof shapeOf>, {kind: 'items'}>,
	before: Json | undefined,
	after: Json | undefined,
	path: readonly PathSegment[],
): Generator<Difference> {
	const [left, right] = [listAt(before), listAt(after)];
	const later = new Map(right.map((item, index) => [shape.keyOf(item, index), item]));
	for (const [index, item] of left.entries()) {
		const key = shape.keyOf(item, index);
		const here = [...path, shape.segment(item, index)];
		if (later.has(key)) yield* differences(shape.item, item, later.get(key), here);
		else yield {path: here, before: item, after: undefined};
	}
	const earlier = new Set(left.map(shape.keyOf));
	for (const [index, item] of right.entries()) {
		if (!earlier.has(shape.keyOf(item, index))) yield {path: [...path, shape.segment(item, index)], before: undefined, after: item};
	}
}
