import type {JsonObject} from '../../../core/json.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {StatusError} from '../../status-error.ts';
import {badRequest} from '../errors.ts';
import {apiVersionOf, type Resource} from '../resource.ts';
import {type ApiRequest, header} from '../routing/request.ts';
import {itemText, objectText} from '../storage/json-text.ts';
import type {TableMaker} from './table.ts';

/** How objects are written for one request: as they are, as a Table, or as their metadata alone. */
export type Shape = {
	readonly one: (object: KubeObject) => string;
	readonly many: (objects: readonly KubeObject[], metadata: JsonObject) => string;
	/** Writes the objects of one watch, one after the other. */
	readonly stream: () => (object: KubeObject) => string;
};

type MediaType = {readonly type: string; readonly parameters: ReadonlyMap<string, string>};

const mediaTypes = (accept: string): readonly MediaType[] =>
	accept.split(',').map(part => {
		const [type = '', ...rest] = part.split(';').map(piece => piece.trim());
		return {type, parameters: new Map(rest.map(piece => [piece.split('=')[0] ?? '', piece.split('=')[1] ?? '']))};
	});

/** What a request says about the form of its answer. */
type Wanted = {
	/** The Accept header. */
	readonly accept: string;
	/** Query parameter of tables: None, Metadata (default) or Object. */
	readonly includeObject: string;
	/** A collection can be watched too. */
	readonly isCollection: boolean;
};

export const wantedForm = (request: ApiRequest, isCollection = false): Wanted => ({
	accept: header(request, 'accept'),
	includeObject: request.query.get('includeObject') ?? 'Metadata',
	isCollection,
});

/** The first shape in the Accept header that the server can write. Throws 406 when there is none. */
export function shapeFor({accept, includeObject, isCollection}: Wanted, resource: Resource, table: TableMaker): Shape {
	const json = mediaTypes(accept === '' ? '*/*' : accept).filter(({type}) => ['application/json', '*/*', 'application/*'].includes(type));
	for (const {parameters} of json) {
		const as = parameters.get('as');
		if (as === undefined) return plain(resource);
		if (parameters.get('g') !== 'meta.k8s.io' || parameters.get('v') !== 'v1') continue;
		if (as === 'Table') return table(resource, checkedInclude(includeObject));
		if (as === 'PartialObjectMetadata') return {...partial, many: refuseList(resource)};
		if (as === 'PartialObjectMetadataList') return {...partial, one: refuseOne(resource)};
	}
	const known = 'application/json, application/yaml, application/vnd.kubernetes.protobuf';
	if (json.length > 0) throw new StatusError(406, 'NotAcceptable', `only the following media types are accepted: ${known}`);
	const streams = isCollection ? ', application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch' : '';
	throw new StatusError(406, 'NotAcceptable', `406: Not Acceptable\n\nAvailable representations: ${known}${streams}`, {});
}

function checkedInclude(includeObject: string): string {
	if (['', 'None', 'Metadata', 'Object'].includes(includeObject)) return includeObject;
	const why = `includeObject: Invalid value: ${JSON.stringify(includeObject)}: must be 'Metadata', 'Object', 'None', or empty`;
	throw badRequest(`Unable to convert to Table as requested: ${why}`);
}

const refuseList = (resource: Resource) => (): never => {
	throw new StatusError(
		406,
		'NotAcceptable',
		`you requested PartialObjectMetadata, but the requested object is a list (*${goType(resource)}List)`,
	);
};
const refuseOne = (resource: Resource) => (): never => {
	throw new StatusError(
		406,
		'NotAcceptable',
		`you requested PartialObjectMetadataList, but the requested object is not a list (*${goType(resource)})`,
	);
};
/** The server's own type of a kind: `core.ConfigMap`, `apps.Deployment`. */
const goType = ({group, kind, isCustom}: Resource) =>
	isCustom ? 'unstructured.Unstructured' : `${group === '' ? 'core' : (group.split('.')[0] ?? '')}.${kind}`;

const plain = (resource: Resource): Shape => {
	// Custom resources carry kind and apiVersion in lists, built-in kinds do not; and their lists tell that there is no more.
	const {isCustom} = resource;
	return {
		one: objectText,
		stream: () => objectText,
		many: (objects, metadata) =>
			list(
				`${resource.kind}List`,
				apiVersionOf(resource),
				isCustom ? {continue: '', ...metadata} : metadata,
				objects.map(isCustom ? objectText : itemText),
			),
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
