import type {JsonObject} from '../../../core/json.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {StatusError} from '../../status-error.ts';
import {apiVersionOf, type Resource} from '../resource.ts';
import {itemText, objectText} from '../storage/json-text.ts';
import type {TableMaker} from './table.ts';

/** How objects are written for one request: as they are, as a Table, or as their metadata alone. */
export type Shape = {
	readonly one: (object: KubeObject) => string;
	readonly many: (objects: readonly KubeObject[], metadata: JsonObject) => string;
	/** Writes the objects of one watch, one after the other. */
	readonly stream: () => (object: KubeObject) => string;
};

const notAcceptable =
	'406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, application/vnd.kubernetes.protobuf, application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch';

type MediaType = {readonly type: string; readonly parameters: ReadonlyMap<string, string>};

const mediaTypes = (accept: string): readonly MediaType[] =>
	accept.split(',').map(part => {
		const [type = '', ...rest] = part.split(';').map(piece => piece.trim());
		return {type, parameters: new Map(rest.map(piece => [piece.split('=')[0] ?? '', piece.split('=')[1] ?? '']))};
	});

/**
 * The first shape in the Accept header that the server can write. Throws 406 when there is none.
 * @param includeObject query parameter of tables: None, Metadata (default) or Object
 */
export function shapeFor(accept: string, includeObject: string, resource: Resource, table: TableMaker): Shape {
	for (const {type, parameters} of mediaTypes(accept === '' ? '*/*' : accept)) {
		if (type !== 'application/json' && type !== '*/*' && type !== 'application/*') continue;
		const as = parameters.get('as');
		if (as === undefined) return plain(resource);
		if (parameters.get('g') !== 'meta.k8s.io' || parameters.get('v') !== 'v1') continue;
		if (as === 'Table') return table(resource, includeObject);
		if (as === 'PartialObjectMetadata' || as === 'PartialObjectMetadataList') return partial;
	}
	throw new StatusError(406, 'NotAcceptable', notAcceptable, {});
}

const plain = (resource: Resource): Shape => {
	// Custom resources carry kind and apiVersion in lists, built-in kinds do not.
	return {
		one: objectText,
		stream: () => objectText,
		many: (objects, metadata) =>
			list(`${resource.kind}List`, apiVersionOf(resource), metadata, objects.map(resource.isCustom ? objectText : itemText)),
	};
};

const metadataOf = ({metadata}: KubeObject) => JSON.stringify({kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata});

const partial: Shape = {
	one: metadataOf,
	stream: () => metadataOf,
	many: (objects, metadata) => list('PartialObjectMetadataList', 'meta.k8s.io/v1', metadata, objects.map(metadataOf)),
};

const list = (kind: string, apiVersion: string, metadata: JsonObject, items: readonly string[]) =>
	`{"kind":"${kind}","apiVersion":"${apiVersion}","metadata":${JSON.stringify(metadata)},"items":[${items.join(',')}]}`;
