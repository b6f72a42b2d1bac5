import type {Json, JsonObject} from '../../../core/json.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Resource} from '../resource.ts';
import type {Column} from './column.ts';
import {createdColumn} from './common-columns.ts';

/** Writes objects of a resource as `meta.k8s.io/v1 Table`, the form that `kubectl get` asks for. */
export type TableMaker = (
	resource: Resource,
	includeObject: string,
) => {
	readonly one: (object: KubeObject) => string;
	readonly many: (objects: readonly KubeObject[], metadata: JsonObject) => string;
	readonly stream: () => (object: KubeObject) => string;
};

/**
 * @param columnsFor the columns of a resource
 * @param now milliseconds, for ages
 */
export function tableMaker(columnsFor: (resource: Resource) => readonly Column[], now: () => number): TableMaker {
	return (resource, includeObject) => {
		const columns = columnsFor(resource);
		const rowsOf = (objects: readonly KubeObject[]) =>
			objects.map(object => ({cells: columns.map(({cell}) => cell(object, now())), object: shown(object, includeObject)}));
		// The server's printer of kinds without columns of their own writes no rows as null.
		const empty = columns.includes(createdColumn) ? null : [];
		const write = (objects: readonly KubeObject[], metadata: JsonObject, columnDefinitions: Json) =>
			JSON.stringify({
				kind: 'Table',
				apiVersion: 'meta.k8s.io/v1',
				metadata,
				columnDefinitions,
				rows: objects.length === 0 ? empty : rowsOf(objects),
			});
		const definitions = columns.map(definition);
		const one = (object: KubeObject, columnDefinitions: Json = definitions) =>
			write([object], {resourceVersion: object.metadata.resourceVersion ?? ''}, columnDefinitions);
		return {
			one: object => one(object),
			many: (objects, metadata) => write(objects, metadata, definitions),
			stream() {
				// A watch tells the columns with its first object, and not again.
				let told: Json = definitions;
				return object => {
					const text = one(object, told);
					told = null;
					return text;
				};
			},
		};
	};
}

const definition = ({name, type = 'string', format = '', description = '', wide = false}: Column): JsonObject => ({
	name,
	type,
	format,
	description,
	priority: wide ? 1 : 0,
});

function shown(object: KubeObject, includeObject: string): Json {
	if (includeObject === 'None') return null;
	if (includeObject === 'Object') return object;
	return {kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata};
}
