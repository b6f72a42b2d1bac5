/** The OpenAPI document of a kube-apiserver, as far as the table needs it. */
type Field = {
	readonly description?: string;
	readonly type?: string;
	readonly format?: string;
	readonly $ref?: string;
	readonly items?: Field;
	readonly additionalProperties?: Field;
	readonly enum?: readonly string[];
	readonly 'x-kubernetes-list-type'?: string;
	readonly 'x-kubernetes-list-map-keys'?: readonly string[];
	readonly 'x-kubernetes-map-type'?: string;
	readonly 'x-kubernetes-patch-strategy'?: string;
	readonly 'x-kubernetes-patch-merge-key'?: string;
};
type Definition = Field & {
	readonly properties?: {readonly [name: string]: Field};
	readonly required?: readonly string[];
	readonly 'x-kubernetes-group-version-kind'?: readonly {readonly group: string; readonly version: string; readonly kind: string}[];
};
export type OpenApi = {readonly definitions: {readonly [name: string]: Definition}};

const scalars: {readonly [name: string]: string} = {
	'io.k8s.apimachinery.pkg.api.resource.Quantity': 'quantity',
	'io.k8s.apimachinery.pkg.util.intstr.IntOrString': 'intOrString',
	'io.k8s.apimachinery.pkg.apis.meta.v1.Time': 'time',
	'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime': 'time',
};
const formats: {readonly [format: string]: string} = {byte: 'bytes', 'date-time': 'time', 'int-or-string': 'intOrString'};
export const shortName = (name: string) => name.split('.').slice(-3).join('.');
const refName = (ref: string) => ref.slice('#/definitions/'.length);

/**
 * The type graph of every served kind, one type a line, so that a new Kubernetes version shows as a readable difference.
 * The shape is `KubeSchemaTable` of `src/core/diff/kube-schema.ts`.
 */
export function schemaTable({definitions}: OpenApi): string {
	const kinds = Object.entries(definitions).flatMap(([name, {properties, 'x-kubernetes-group-version-kind': gvks}]) =>
		gvks?.length === 1 && properties?.metadata !== undefined && properties.metadata.$ref?.endsWith('.ObjectMeta') === true
			? gvks.map(({group, version, kind}) => [`${group === '' ? '' : `${group}/`}${version} ${kind}`, name] as const)
			: [],
	);
	const reached = new Set<string>();
	const visit = (name: string) => {
		const definition = definitions[name];
		if (definition?.properties === undefined || reached.has(name)) return;
		reached.add(name);
		for (const field of Object.values(definition.properties)) {
			for (const {$ref} of [field, field.items ?? {}, field.additionalProperties ?? {}]) if ($ref !== undefined) visit(refName($ref));
		}
	};
	for (const [, name] of kinds) visit(name);
	const field = (value: Field) => fieldOf(value, definitions);
	const types = [...reached].sort().map(name => {
		const {properties = {}, required, 'x-kubernetes-map-type': mapType} = definitions[name] ?? {};
		const type = {
			fields: Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, field(value)])),
			...(required === undefined ? {} : {required}),
			...(mapType === 'atomic' ? {atomic: true} : {}),
		};
		return `${JSON.stringify(shortName(name))}:${JSON.stringify(type)}`;
	});
	const roots = kinds.map(([gvk, name]) => `${JSON.stringify(gvk)}:${JSON.stringify(shortName(name))}`);
	return `{"kinds":{\n${roots.join(',\n')}\n},"types":{\n${types.join(',\n')}\n}}`;
}

function fieldOf(field: Field, definitions: OpenApi['definitions']): unknown {
	const {type, items, additionalProperties, enum: values, 'x-kubernetes-map-type': mapType} = field;
	if (items !== undefined) {
		const keys = field['x-kubernetes-list-map-keys'];
		const merge = field['x-kubernetes-patch-merge-key'];
		return {
			list: field['x-kubernetes-list-type'] ?? 'atomic',
			...(keys === undefined ? {} : {keys}),
			...(field['x-kubernetes-patch-strategy']?.startsWith('merge') ? {merge: merge ?? ''} : {}),
			of: fieldOf(items, definitions),
		};
	}
	if (additionalProperties !== undefined) {
		return {map: fieldOf(additionalProperties, definitions), ...(mapType === 'atomic' ? {atomic: true} : {})};
	}
	if (field.$ref !== undefined) return referenceOf(field, refName(field.$ref), definitions);
	const scalar = formats[field.format ?? ''] ?? type ?? 'any';
	if (scalar === 'object') return 'any';
	return values === undefined ? scalar : {scalar, values};
}

function referenceOf(field: Field, name: string, definitions: OpenApi['definitions']): unknown {
	const scalar = scalars[name];
	if (scalar !== undefined) return scalar;
	if (definitions[name]?.properties === undefined) return 'any';
	const strategy = field['x-kubernetes-patch-strategy'];
	const granular = field['x-kubernetes-map-type'] === 'granular';
	if (strategy === undefined && !granular) return shortName(name);
	return {type: shortName(name), ...(strategy === undefined ? {} : {strategy}), ...(granular ? {granular} : {})};
}
