import type {KubeSchema, ObjectField} from '../../../core/diff/kube-schema.ts';
import {isJsonObject, type JsonObject} from '../../../core/json.ts';
import {listAt, objectAt, textAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Store} from '../storage/store.ts';
import {customRoot} from './custom-field.ts';

/** Schemas of all kinds, those of stored definitions among them. */
export type CustomKinds = {
	readonly schema: KubeSchema;
	/** The structural schema of a custom kind; undefined for built-in kinds and for definitions without one. */
	readonly structural: (apiVersion: string, kind: string) => JsonObject | undefined;
};

/** Keeps up with the definitions in the store. */
export function customKinds(store: Store, builtIn: KubeSchema): CustomKinds {
	const structural = new Map<string, JsonObject>();
	const roots = new Map<string, ObjectField>();
	store.listen(({type, object, resource, before}) => {
		if (resource !== 'customresourcedefinitions.apiextensions.k8s.io') return;
		for (const {key} of versionsOf(before ?? object)) {
			structural.delete(key);
			roots.delete(key);
		}
		if (type === 'DELETED') return;
		for (const {key, name, schema} of versionsOf(object)) {
			if (schema === undefined) continue;
			structural.set(key, schema);
			roots.set(key, customRoot(schema, name, builtIn));
		}
	});
	const kind: KubeSchema['kind'] = (apiVersion, name) => builtIn.kind(apiVersion, name) ?? roots.get(`${apiVersion} ${name}`);
	return {schema: {...builtIn, kind}, structural: (apiVersion, name) => structural.get(`${apiVersion} ${name}`)};
}

function versionsOf(definition: KubeObject) {
	const group = textAt(definition, 'spec', 'group') ?? '';
	const kind = textAt(definition, 'spec', 'names', 'kind') ?? '';
	return listAt(definition, 'spec', 'versions').map(version => {
		const name = textAt(version, 'name') ?? '';
		const schema = objectAt(version, 'schema').openAPIV3Schema;
		return {key: `${group}/${name} ${kind}`, name: `${group}.${name}.${kind}`, schema: isJsonObject(schema) ? schema : undefined};
	});
}
