/**
 * How Kubernetes types are built and how their lists are merged, for differences, patches and server-side apply.
 * The data is `core/generated/kube-schema.ts`; load it only where it is needed:
 * `readKubeSchema((await import('../generated/kube-schema.ts')).kubeSchemaJson)`.
 */
export type KubeSchema = {
	/** The root of a kind; undefined for kinds that Kubernetes itself does not define (custom resources). */
	readonly kind: (apiVersion: string, kind: string) => ObjectField | undefined;
	/** The field at a path of names, e.g. `['spec', 'template', 'spec', 'containers']`; a list or a map is passed through with `'*'`. */
	readonly at: (apiVersion: string, kind: string, path: readonly string[]) => FieldSchema | undefined;
	/** `apps/v1 Deployment`, … */
	readonly kinds: readonly string[];
};

/** Of objects that are no kind of Kubernetes: their fields are compared as they stand. */
export const noSchema: KubeSchema = {kind: () => undefined, at: () => undefined, kinds: []};

export type FieldSchema = ScalarField | ObjectField | MapField | ListField | AnyField;

export type ScalarField = {
	readonly kind: 'scalar';
	readonly scalar: 'string' | 'integer' | 'number' | 'boolean' | 'quantity' | 'time' | 'bytes' | 'intOrString';
	/** The values the server accepts, if it documents them. */
	readonly values?: readonly string[];
};
/** Named fields. `atomic` means that server-side apply owns and replaces it as a whole. */
export type ObjectField = {
	readonly kind: 'object';
	/** Short name of the definition, e.g. `core.v1.PodSpec`. */
	readonly type: string;
	readonly atomic: boolean;
	readonly required: readonly string[];
	readonly names: readonly string[];
	readonly field: (name: string) => FieldSchema | undefined;
	/** Strategic patch: `retainKeys` drops keys that the patch does not list, `replace` replaces. */
	readonly strategy?: string;
};
/** Free keys, one type of value: labels, limits, data. */
type MapField = {readonly kind: 'map'; readonly atomic: boolean; readonly of: FieldSchema};
export type ListField = {
	readonly kind: 'list';
	/** Server-side apply: `atomic` lists are replaced, `set` lists hold unique scalars, `map` lists hold objects told apart by `keys`. */
	readonly list: 'atomic' | 'set' | 'map';
	readonly keys: readonly string[];
	/** Strategic patch: undefined replaces the list, `''` merges scalars, a name merges objects by that key. */
	readonly mergeKey?: string;
	readonly of: FieldSchema;
};
/** Anything: raw extensions, JSON values. `deduced` (custom kinds) is owned key by key, by what it holds; otherwise it is owned as a whole. */
type AnyField = {readonly kind: 'any'; readonly deduced?: true};

type RawField =
	| string
	| {readonly scalar: ScalarField['scalar']; readonly values: readonly string[]}
	| {readonly map: RawField; readonly atomic?: true}
	| {readonly list: ListField['list']; readonly keys?: readonly string[]; readonly merge?: string; readonly of: RawField}
	| {readonly type: string; readonly strategy?: string; readonly granular?: true};
type RawType = {readonly fields: {readonly [name: string]: RawField}; readonly required?: readonly string[]; readonly atomic?: true};
type KubeSchemaTable = {readonly kinds: {readonly [gvk: string]: string}; readonly types: {readonly [name: string]: RawType}};

const scalarNames = new Set(['string', 'integer', 'number', 'boolean', 'quantity', 'time', 'bytes', 'intOrString']);
const isScalar = (name: string): name is ScalarField['scalar'] => scalarNames.has(name);
const any: AnyField = {kind: 'any'};

/** @param json the generated table; it is trusted to have the shape the generator writes */
export function readKubeSchema(json: string): KubeSchema {
	const table: KubeSchemaTable = JSON.parse(json);
	const objects = new Map<string, ObjectField>();

	const objectOf = (type: string): ObjectField => {
		const known = objects.get(type);
		if (known !== undefined) return known;
		const {fields = {}, required = [], atomic = false} = table.types[type] ?? {};
		const read = new Map<string, FieldSchema>();
		const made: ObjectField = {
			kind: 'object',
			type,
			atomic,
			required,
			names: Object.keys(fields),
			field(name) {
				const raw = Object.hasOwn(fields, name) ? fields[name] : undefined;
				if (raw === undefined) return undefined;
				const field = read.get(name) ?? fieldOf(raw);
				read.set(name, field);
				return field;
			},
		};
		objects.set(type, made);
		return made;
	};

	const fieldOf = (raw: RawField): FieldSchema => {
		if (typeof raw === 'string') return raw === 'any' ? any : isScalar(raw) ? {kind: 'scalar', scalar: raw} : objectOf(raw);
		if ('scalar' in raw) return {kind: 'scalar', ...raw};
		if ('map' in raw) return {kind: 'map', atomic: raw.atomic ?? false, of: fieldOf(raw.map)};
		if ('list' in raw) {
			const {list, keys = [], merge, of} = raw;
			return {kind: 'list', list, keys, ...(merge === undefined ? {} : {mergeKey: merge}), of: fieldOf(of)};
		}
		const {type, strategy, granular} = raw;
		const object = objectOf(type);
		return {...object, atomic: granular ? false : object.atomic, ...(strategy === undefined ? {} : {strategy})};
	};

	const kind = (apiVersion: string, name: string) => {
		const type = table.kinds[`${apiVersion} ${name}`];
		return type === undefined ? undefined : objectOf(type);
	};
	return {
		kind,
		at: (apiVersion, name, path) => path.reduce<FieldSchema | undefined>(childField, kind(apiVersion, name)),
		kinds: Object.keys(table.kinds),
	};
}

/** One step down: a name in an object, anything in a map or a list. */
export function childField(field: FieldSchema | undefined, name: string): FieldSchema | undefined {
	if (field?.kind === 'object') return field.field(name);
	if (field?.kind === 'map' || field?.kind === 'list') return field.of;
	return field?.kind === 'any' ? field : undefined;
}
