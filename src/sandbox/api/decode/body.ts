import {parse} from 'yaml';
import {isJsonObject, type JsonObject} from '../../../core/json.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {StatusError} from '../../status-error.ts';
import {badRequest} from '../errors.ts';
import {goName} from './go-text.ts';
import {jsonProblem} from './json-problem.ts';
import {yamlProblem} from './yaml-problem.ts';

/** What a request's body has to be. */
export type Expected = {readonly apiVersion: string; readonly kind: string};

const accepted = 'application/json, application/yaml, application/vnd.kubernetes.protobuf';

/**
 * The body as JSON; YAML when the content type says so. Throws 400 for text that is neither, 415 for other types.
 * @param kind named in the refusal, where an object of a kind is read
 */
export function decodeBody(body: string, contentType: string, kind?: string): JsonObject {
	const type = (contentType.split(';')[0] ?? '').trim();
	if (type !== '' && !/json|yaml/.test(type)) {
		const message = `the body of the request was in an unknown format - accepted media types include: ${accepted}`;
		throw new StatusError(415, 'UnsupportedMediaType', message);
	}
	const isYaml = /yaml/.test(type);
	let value: unknown;
	try {
		value = isYaml ? (parse(body, {uniqueKeys: false}) ?? {}) : JSON.parse(body);
	} catch (error) {
		throw badRequest(
			isYaml
				? `error decoding YAML: error converting YAML to JSON: ${yamlProblem(body, error)}`
				: unrecognized(body, jsonProblem(body, error), kind),
		);
	}
	if (!isJsonObject(value)) throw badRequest(isYaml ? notAMap(value) : 'the body of the request is not an object');
	return value;
}

const notAMap = (value: unknown) =>
	`error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${goName(value)} into Go value of type map[string]interface {}`;

function unrecognized(body: string, problem: string, kind: string | undefined): string {
	if (kind === undefined) return `error decoding the body: ${problem}`;
	const start = body === '' ? '<empty>' : body.length > 30 ? `${body.slice(0, 30)} ...` : body;
	return `the object provided is unrecognized (must be of type ${kind}): couldn't get version/kind; json parse error: ${problem} (${start})`;
}

/** Reads an object; one that does not say its kind is of the expected one, and without an expected one it is refused. */
export function decodeObject(value: JsonObject, expected?: Expected): KubeObject {
	const kind = value.kind || expected?.kind;
	const apiVersion = value.apiVersion || expected?.apiVersion;
	if (typeof kind !== 'string' || typeof apiVersion !== 'string') {
		throw badRequest(`invalid object type: /${String(apiVersion ?? '')}, Kind=${String(kind ?? '')}`);
	}
	const metadata = isJsonObject(value.metadata) ? value.metadata : {};
	const name = typeof metadata.name === 'string' ? metadata.name : '';
	return {...value, kind, apiVersion, metadata: {...metadata, name}} as KubeObject; // labels and the like are checked by validation
}
