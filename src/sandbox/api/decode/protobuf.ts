import {isJsonObject, type Json, type JsonObject} from '../../../core/json.ts';
import {textAt} from '../../../core/kube/json-at.ts';
import {StatusError} from '../../status-error.ts';
import {badRequest} from '../errors.ts';
import {messages} from './protobuf-messages.ts';

export const isProtobuf = (contentType: string) => contentType.startsWith('application/vnd.kubernetes.protobuf');

// Four bytes that open every body in this encoding.
const magic = Buffer.from('k8s\0');

/**
 * A protobuf body as JSON. kubectl's typed clients write in this encoding and read JSON in answer.
 * Throws 415 for kinds whose messages are not known here.
 */
export function protobufToJson(body: Buffer): JsonObject {
	if (!body.subarray(0, 4).equals(magic))
		throw badRequest('provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]');
	const envelope = readMessage('Unknown', body.subarray(4));
	const kind = textAt(envelope, 'typeMeta', 'kind') ?? '';
	const apiVersion = textAt(envelope, 'typeMeta', 'apiVersion') ?? '';
	const name = Object.hasOwn(messages, `${apiVersion} ${kind}`) ? `${apiVersion} ${kind}` : kind;
	if (!Object.hasOwn(messages, name)) {
		throw new StatusError(
			415,
			'UnsupportedMediaType',
			'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml',
		);
	}
	const raw = Buffer.from(textAt(envelope, 'raw') ?? '', 'base64');
	return {kind, apiVersion, ...readMessage(name, raw)};
}

type Wire = {readonly number: number; readonly value: Buffer | number};

function readMessage(name: string, bytes: Buffer): JsonObject {
	const read: {[key: string]: Json} = {};
	for (const {number, value} of fieldsIn(bytes)) {
		const [key, type] = messages[name]?.[number] ?? [];
		if (key === undefined || type === undefined) continue;
		if (type.startsWith('{}')) {
			const [entryKey, entry] = mapEntry(value, type.slice(2));
			const before = read[key];
			read[key] = {...(isJsonObject(before) ? before : {}), [entryKey]: entry};
		} else if (type.startsWith('[]')) {
			const before = read[key];
			read[key] = [...(Array.isArray(before) ? before : []), scalar(value, type.slice(2))];
		} else {
			const one = scalar(value, type);
			// Go writes empty strings for fields that are not set, and zeros for those that are no pointers.
			if (one !== '' && !isUnset(type, one)) read[key] = one;
		}
	}
	return read;
}

function scalar(value: Buffer | number, type: string): Json {
	if (typeof value === 'number') return type === 'boolean' || type === 'flag' ? value === 1 : value;
	if (type === 'string') return value.toString();
	if (type === 'bytes') return value.toString('base64');
	const message = readMessage(type, value);
	if (type === 'quantity') return message.value ?? '0';
	if (type === 'intOrString') return message.isText === true ? (message.text ?? '') : (message.number ?? 0);
	return message;
}

const isUnset = (type: string, value: Json) => (type === 'count' && value === 0) || (type === 'flag' && value === false);

function mapEntry(value: Buffer | number, type: string): readonly [string, Json] {
	let key = '';
	let entry: Json = '';
	if (typeof value !== 'number') {
		for (const field of fieldsIn(value)) {
			if (field.number === 1) key = String(field.value);
			if (field.number === 2) entry = scalar(field.value, type);
		}
	}
	return [key, entry];
}

/** The fields of a message: varints as numbers, everything with a length as bytes. Throws 400 when the bytes end early. */
function* fieldsIn(bytes: Buffer): Generator<Wire> {
	let at = 0;
	const varint = (): number => {
		let result = 0;
		for (let factor = 1; ; factor *= 128) {
			const byte = bytes[at];
			if (byte === undefined) throw badRequest('unexpected EOF');
			at += 1;
			result += (byte & 127) * factor;
			if (byte < 128) return result;
		}
	};
	while (at < bytes.length) {
		const tag = varint();
		const [number, wire] = [tag >>> 3, tag & 7];
		if (wire === 0) yield {number, value: varint()};
		else if (wire === 2) {
			const length = varint();
			if (at + length > bytes.length) throw badRequest('unexpected EOF');
			yield {number, value: bytes.subarray(at, at + length)};
			at += length;
		} else if (wire === 1 || wire === 5) at += wire === 1 ? 8 : 4;
		else throw badRequest(`proto: illegal wireType ${wire}`);
	}
}
