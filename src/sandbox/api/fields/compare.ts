import {childField, type FieldSchema} from '../../../core/diff/kube-schema.ts';
import {isJsonObject, type Json} from '../../../core/json.ts';
import {sameJson} from '../../same-json.ts';
import {isCustomType} from '../custom/custom-field.ts';
import {type FieldSet, isEmpty, noFields} from './field-set.ts';
import {itemsByStep} from './list-items.ts';
import {fieldsOf, isLeaf} from './of-object.ts';

export type Comparison = {
	/** Added or given another value. */
	readonly changed: FieldSet;
	readonly removed: FieldSet;
};

// Structures that are part of their parent and so are there, empty, before anybody fills them: they are not pointers in the API's own types.
const neverPointers = new Set([
	'metadata',
	'spec',
	'status',
	'template',
	'strategy',
	'updateStrategy',
	'jobTemplate',
	'resources',
	'containers',
	'scaleTargetRef',
	'names',
	'podSelector',
]);

// The one type that keeps its template behind a pointer.
const isPointer = (owner: FieldSchema | undefined, name: string) =>
	name === 'template' && owner?.kind === 'object' && owner.type === 'core.v1.ReplicationControllerSpec';

/** Which fields differ between two values of one type; undefined is a value that is not there. */
export function compare(schema: FieldSchema | undefined, before: Json | undefined, after: Json | undefined): Comparison {
	// A custom kind has no types of Go, so everything but its metadata appears.
	const alwaysThere = isCustomType(schema) ? new Set(['metadata']) : neverPointers;
	const node = compareNode({schema, was: before ?? {}, is: after, isNew: false}, alwaysThere);
	return {changed: node.changed ?? noFields, removed: node.removed ?? noFields};
}

type NodeComparison = {readonly changed?: FieldSet | undefined; readonly removed?: FieldSet | undefined};
type Node = {
	readonly schema: FieldSchema | undefined;
	readonly was: Json | undefined;
	readonly is: Json | undefined;
	/** Neither it nor what holds it was there before, so it counts itself. */
	readonly isNew: boolean;
};

function compareNode({schema, was: before, is: after, isNew}: Node, alwaysThere: ReadonlySet<string>): NodeComparison {
	if (before === after || (before !== undefined && after !== undefined && isLeaf(schema, after) && sameJson(before, after)))
		return unchanged;
	if (after === undefined) return {removed: before === undefined ? undefined : wholly(fieldsOf(schema, before))};
	const old = before === undefined || isLeaf(schema, before) ? undefined : before;
	if (isLeaf(schema, after)) return {changed: noFields, removed: old === undefined ? undefined : wholly(fieldsOf(schema, old))};
	const counts = isNew || (before !== undefined && before !== null && old === undefined);
	const pairs = Array.isArray(after) ? itemPairs(schema, old, after) : keyPairs(schema, old, after);
	const changed: {[step: string]: FieldSet} = {};
	const removed: {[step: string]: FieldSet} = {};
	for (const {step, field, was, is, key} of pairs) {
		const isThere = was !== undefined || (!isNew && alwaysThere.has(key) && !isPointer(schema, key));
		const empty = was === undefined && isThere && is !== undefined ? emptyOf(is) : was;
		const inner = compareNode({schema: field, was: empty, is, isNew: !isThere}, alwaysThere);
		if (inner.changed !== undefined) changed[step] = inner.changed;
		if (inner.removed !== undefined) removed[step] = inner.removed;
	}
	const empty = isEmpty(changed);
	return {
		changed: counts && empty ? noFields : counts ? {'.': noFields, ...changed} : empty ? undefined : changed,
		removed: isEmpty(removed) ? undefined : removed,
	};
}

const emptyOf = (value: Json): Json => (Array.isArray(value) ? [] : {});

const unchanged: NodeComparison = {};

/** A removed structure takes every membership inside it along. */
function wholly(set: FieldSet): FieldSet {
	if (isEmpty(set)) return set;
	return {'.': noFields, ...Object.fromEntries(Object.entries(set).map(([step, node]) => [step, wholly(node)]))};
}

type Pair = {
	readonly step: string;
	readonly key: string;
	readonly field: FieldSchema | undefined;
	readonly was: Json | undefined;
	readonly is: Json | undefined;
};

function keyPairs(schema: FieldSchema | undefined, before: Json | undefined, after: Json): readonly Pair[] {
	const old = isJsonObject(before) ? before : {};
	const now = isJsonObject(after) ? after : {};
	return [...new Set([...Object.keys(old), ...Object.keys(now)])]
		.filter(key => old[key] !== now[key])
		.sort()
		.map(key => ({step: `f:${key}`, key, field: childField(schema, key), was: old[key], is: now[key]}));
}

function itemPairs(schema: FieldSchema | undefined, before: Json | undefined, after: readonly Json[]): readonly Pair[] {
	if (schema?.kind !== 'list') return [];
	const old = itemsByStep(schema, Array.isArray(before) ? before : []);
	const now = itemsByStep(schema, after);
	const field = schema.list === 'set' ? undefined : schema.of;
	return [...new Set([...old.keys(), ...now.keys()])].sort().map(step => ({step, key: '', field, was: old.get(step), is: now.get(step)}));
}
