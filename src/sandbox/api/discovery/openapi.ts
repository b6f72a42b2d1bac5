import {childField, type FieldSchema, type KubeSchema, type ObjectField} from '../../../core/diff/kube-schema.ts';
import type {JsonObject} from '../../../core/json.ts';
import type {Catalogue} from '../catalogue.ts';
import {apiVersionOf, type Resource} from '../resource.ts';
import {descriptionOf} from './descriptions.ts';

/** The list of OpenAPI v3 documents, one per group and version. */
export function openApiIndex(catalogue: Catalogue): JsonObject {
	const paths = new Set(catalogue.all().map(({group, version}) => (group === '' ? `api/${version}` : `apis/${group}/${version}`)));
	return {
		paths: Object.fromEntries([...paths].map(path => [path, {serverRelativeURL: `/openapi/v3/${path}?hash=${catalogue.revision()}`}])),
	};
}

/** An OpenAPI v3 document of one group and version: enough for explain, and for clients that ask what a write accepts. */
export function openApiV3(catalogue: Catalogue, schema: KubeSchema, path: string): JsonObject | undefined {
	const [root, ...rest] = path.split('/');
	const [group = '', version = ''] = root === 'api' ? ['', rest[0]] : rest;
	const resources = catalogue.all().filter(resource => resource.group === group && resource.version === version);
	if (resources.length === 0) return undefined;
	const schemas: {[name: string]: JsonObject} = {};
	for (const resource of resources) {
		const root = schema.kind(apiVersionOf(resource), resource.kind);
		const gvk = [{group, version, kind: resource.kind}];
		if (root === undefined) schemas[definitionName(resource)] = {type: 'object', 'x-kubernetes-group-version-kind': gvk};
		else {
			collect(root, schemas);
			schemas[root.type] = {...schemas[root.type], 'x-kubernetes-group-version-kind': gvk};
		}
	}
	return {
		openapi: '3.0.0',
		info: {title: 'Kubernetes', version: 'v1.36.3'},
		paths: Object.fromEntries(resources.flatMap(resource => pathsOf(resource))),
		components: {schemas},
	};
}

const definitionName = ({group, version, kind}: Resource) => [...group.split('.').reverse(), version, kind].join('.');

function pathsOf(resource: Resource): readonly (readonly [string, JsonObject])[] {
	const {group, version, kind, plural, namespaced, verbs} = resource;
	const base = `${group === '' ? '/api' : `/apis/${group}`}/${version}${namespaced ? '/namespaces/{namespace}' : ''}/${plural}`;
	const parameters = ['dryRun', 'fieldManager', 'fieldValidation'].map(name => ({name, in: 'query', schema: {type: 'string'}}));
	const operation = (action: string) => ({
		'x-kubernetes-action': action,
		'x-kubernetes-group-version-kind': {group, version, kind},
		parameters,
		responses: {},
	});
	const one = [
		...(verbs.includes('get') ? [['get', operation('get')] as const] : []),
		...(verbs.includes('patch') ? [['patch', operation('patch')] as const] : []),
		...(verbs.includes('update') ? [['put', operation('put')] as const] : []),
	];
	return [
		[base, verbs.includes('create') ? {post: operation('post')} : {}],
		[`${base}/{name}`, Object.fromEntries(one)],
	];
}

function collect(object: ObjectField, into: {[name: string]: JsonObject}): void {
	if (into[object.type] !== undefined) return;
	into[object.type] = {};
	const properties = object.names.map(name => {
		const description = descriptionOf(object.type, name);
		return [name, {...property(childField(object, name), into), ...(description === undefined ? {} : {description})}] as const;
	});
	const description = descriptionOf(object.type);
	into[object.type] = {
		type: 'object',
		...(description === undefined ? {} : {description}),
		properties: Object.fromEntries(properties),
		...(object.required.length === 0 ? {} : {required: object.required}),
	};
}

const scalarTypes: {readonly [scalar: string]: JsonObject} = {
	integer: {type: 'integer', format: 'int32'},
	number: {type: 'number', format: 'double'},
	boolean: {type: 'boolean'},
	time: {type: 'string', format: 'date-time'},
	bytes: {type: 'string', format: 'byte'},
};

/** Scalars that have a name, by which explain calls them. */
const namedScalars: {readonly [scalar: string]: {readonly name: string; readonly schema: JsonObject}} = {
	intOrString: {name: 'intstr.IntOrString', schema: {oneOf: [{type: 'integer'}, {type: 'string'}], format: 'int-or-string'}},
	quantity: {name: 'resource.Quantity', schema: {oneOf: [{type: 'string'}, {type: 'number'}]}},
};

function property(field: FieldSchema | undefined, into: {[name: string]: JsonObject}): JsonObject {
	switch (field?.kind) {
		case 'scalar': {
			const named = namedScalars[field.scalar];
			if (named !== undefined) {
				into[named.name] = named.schema;
				return {allOf: [{$ref: `#/components/schemas/${named.name}`}]};
			}
			return {...(scalarTypes[field.scalar] ?? {type: 'string'}), ...(field.values === undefined ? {} : {enum: field.values})};
		}
		case 'object':
			collect(field, into);
			return {allOf: [{$ref: `#/components/schemas/${field.type}`}]};
		case 'map':
			return {type: 'object', additionalProperties: property(field.of, into)};
		case 'list':
			return {
				type: 'array',
				items: property(field.of, into),
				'x-kubernetes-list-type': field.list,
				...(field.keys.length === 0 ? {} : {'x-kubernetes-list-map-keys': field.keys}),
				...(field.mergeKey ? {'x-kubernetes-patch-merge-key': field.mergeKey, 'x-kubernetes-patch-strategy': 'merge'} : {}),
			};
		default:
			return {type: 'object', 'x-kubernetes-preserve-unknown-fields': true};
	}
}
