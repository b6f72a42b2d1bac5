import {canonicalJson, isJsonObject, type Json, type JsonObject} from '../json.ts';
import {valueAt} from '../kube/json-at.ts';
import type {KubeObject} from '../kube/kube-object.ts';
import {sameQuantity} from '../kube/quantity.ts';
import type {PathSegment} from '../plan.ts';
import {defaultMergeKeys, kubeDefaults} from './kube-defaults.ts';
import type {FieldSchema, KubeSchema, ObjectField} from './kube-schema.ts';

/** One field: its name, its type where it is known, and what the server fills in. */
export type Place = {readonly name: string; readonly field: FieldSchema | undefined; readonly fallback: Json | undefined};

/** How the values of one field are compared and merged. */
export type Shape =
	/** As a whole: scalars, atomic lists, whatever changed its type. */
	| {readonly kind: 'leaf'}
	/** Key by key. */
	| {readonly kind: 'keys'; readonly child: (key: string) => Place}
	/** Item by item, matched by `keyOf`; the order says nothing. */
	| {
			readonly kind: 'items';
			readonly keyOf: (item: Json, index: number) => string;
			readonly segment: (item: Json, index: number) => PathSegment;
			readonly item: Place;
	  };

const quantityOwners = new Set(['limits', 'requests', 'hard', 'capacity']);

/** The root of an object. Custom resources have the metadata that all have, and a pod template where they carry one (`spec.template`). */
export function rootPlace(schema: KubeSchema, {apiVersion, kind, spec}: KubeObject): Place {
	return {name: '', field: schema.kind(apiVersion, kind) ?? customRoot(schema, spec), fallback: undefined};
}

const synthetic = (fields: {readonly [name: string]: FieldSchema | undefined}): ObjectField => ({
	kind: 'object',
	type: '',
	atomic: false,
	required: [],
	names: Object.keys(fields),
	field: name => (Object.hasOwn(fields, name) ? fields[name] : undefined),
});

function customRoot(schema: KubeSchema, spec: Json | undefined): ObjectField {
	const metadata = schema.at('v1', 'Pod', ['metadata']);
	const template = isJsonObject(spec) && isJsonObject(spec.template) && isJsonObject(spec.template.spec) ? spec.template.spec : undefined;
	if (!Array.isArray(template?.containers)) return synthetic({metadata});
	return synthetic({metadata, spec: synthetic({template: schema.at('apps/v1', 'Deployment', ['spec', 'template'])})});
}

function childPlace({field, name: owner}: Place, name: string): Place {
	if (field?.kind === 'object') return {name, field: field.field(name), fallback: valueAt(kubeDefaults[field.type], name)};
	if (field?.kind === 'map') return {name, field: field.of, fallback: undefined};
	return {name, field: quantityOwners.has(owner) ? {kind: 'scalar', scalar: 'quantity'} : undefined, fallback: undefined};
}

/** The shape that fits all given values at once; null and undefined fit any. */
export function shapeOf(place: Place, values: readonly (Json | undefined)[]): Shape {
	const present = values.filter(value => value !== undefined && value !== null);
	if (present.length > 0 && present.every(isJsonObject)) return {kind: 'keys', child: key => childPlace(place, key)};
	const lists = present.filter(value => Array.isArray(value));
	return lists.length === 0 || lists.length < present.length ? {kind: 'leaf'} : listShape(place, lists);
}

function listShape({field, name}: Place, lists: readonly (readonly Json[])[]): Shape {
	if (field?.kind === 'list') {
		const item: Place = {name, field: field.of, fallback: undefined};
		if (field.list === 'map') return unlessAmbiguous(lists, mergeSegment(field.keys), item);
		return field.list === 'set' ? unlessAmbiguous(lists, setSegment, item) : {kind: 'leaf'};
	}
	return customListShape(name, lists);
}

/**
 * Lists of custom resources: by `name` where every item has its own; by position where all lists are equally long and hold objects
 * (the steps of a Rollout); as a whole otherwise, which is how the server takes them.
 */
function customListShape(name: string, lists: readonly (readonly Json[])[]): Shape {
	const item: Place = {name, field: undefined, fallback: undefined};
	const items = lists.flat();
	const byName = items.length > 0 && items.every(value => isJsonObject(value) && typeof value.name === 'string');
	const shape: Shape = byName ? unlessAmbiguous(lists, mergeSegment(['name']), item) : {kind: 'leaf'};
	if (shape.kind === 'items') return shape;
	const sameLength = lists.length > 1 && lists.every(list => list.length === lists[0]?.length);
	return sameLength && items.every(isJsonObject)
		? {kind: 'items', keyOf: (_, index) => String(index), segment: (_, index) => index, item}
		: {kind: 'leaf'};
}

const isScalar = (value: Json | undefined): value is string | number => typeof value === 'string' || typeof value === 'number';

type Segment = {readonly [key: string]: string | number};

const mergeSegment =
	(keys: readonly string[]) =>
	(item: Json): Segment | undefined => {
		if (!isJsonObject(item)) return undefined;
		const found = keys.flatMap(key => {
			const value = item[key] ?? defaultMergeKeys[key];
			return isScalar(value) ? [[key, value] as const] : [];
		});
		return found.length === 0 ? undefined : Object.fromEntries(found);
	};

/** An item of a set is its own key. */
const setSegment = (item: Json): Segment | undefined => (isScalar(item) ? {'': item} : undefined);

/** Two items with one key, or one without, cannot be told apart: then the list is one value. */
function unlessAmbiguous(lists: readonly (readonly Json[])[], segmentOf: (item: Json) => Segment | undefined, item: Place): Shape {
	const clear = lists.every(list => {
		const keys = list.map(value => canonicalJson(segmentOf(value)));
		return !keys.includes('null') && new Set(keys).size === keys.length;
	});
	if (!clear) return {kind: 'leaf'};
	return {kind: 'items', keyOf: value => canonicalJson(segmentOf(value)), segment: value => segmentOf(value) ?? {}, item};
}

const bytesOf = (value: string) => Buffer.from(value, 'base64');

/** Whether two values of one field mean the same: defaults, quantities, int-or-string and base64 by value. */
export function sameValue({field, fallback}: Place, left: Json | undefined, right: Json | undefined): boolean {
	const [first, second] = [left ?? fallback, right ?? fallback];
	if (canonicalJson(first) === canonicalJson(second)) return true;
	if (field?.kind === 'list' && isEmptyList(first) && isEmptyList(second)) return true;
	if (field?.kind !== 'scalar') return false;
	if (field.scalar === 'bytes') return typeof first === 'string' && typeof second === 'string' && bytesOf(first).equals(bytesOf(second));
	if (!isScalar(first) || !isScalar(second)) return false;
	if (field.scalar === 'quantity') return sameQuantity(first, second);
	return field.scalar === 'intOrString' && String(first) === String(second);
}

const isEmptyList = (value: Json | undefined) => value === undefined || value === null || (Array.isArray(value) && value.length === 0);

/** Every key of the given objects, in order of first sight. */
export const keysOf = (...objects: readonly (JsonObject | undefined)[]): readonly string[] => [
	...new Set(objects.flatMap(object => Object.keys(object ?? {}))),
];
