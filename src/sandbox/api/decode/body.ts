import {parse} from 'yaml';
import {isJsonObject, type JsonObject} from '../../../core/json.ts';
import type {KubeObject} from '../../../core/kube-object.ts';
import {StatusError} from '../../status-error.ts';
import {badRequest} from '../errors.ts';

/** The body as JSON; YAML when the content type says so. Throws 400 for text that is neither, 415 for other types. */
export function decodeBody(body: string, contentType: string): JsonObject {
	const type = (contentType.split(';')[0] ?? '').trim();
	if (type !== '' && !/json|yaml/.test(type)) {
		throw new StatusError(
			415,
			'UnsupportedMediaType',
			'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml',
		);
	}
	let value: unknown;
	try {
		value = /yaml/.test(type) ? parse(body) : JSON.parse(body);
	} catch (error) {
		throw badRequest(`couldn't parse the body: ${error instanceof Error ? error.message : String(error)}`);
	}
	if (!isJsonObject(value)) throw badRequest('the body of the request is not an object');
	return value;
}

/** Reads an object that must say its kind. */
export function decodeObject(value: JsonObject): KubeObject {
	const {kind, apiVersion} = value;
	if (typeof kind !== 'string' || kind === '') throw badRequest(`Object 'Kind' is missing in '${JSON.stringify(value)}'`);
	if (typeof apiVersion !== 'string' || apiVersion === '') throw badRequest(`Object 'apiVersion' is missing in '${JSON.stringify(value)}'`);
	const metadata = isJsonObject(value.metadata) ? value.metadata : {};
	const name = typeof metadata.name === 'string' ? metadata.name : '';
	return {...value, kind, apiVersion, metadata: {...metadata, name}} as KubeObject; // labels and the like are checked by validation
}
