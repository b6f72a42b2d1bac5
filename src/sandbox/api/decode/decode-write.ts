import {isJsonObject} from '../../../core/json.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {StatusError} from '../../status-error.ts';
import type {Cluster} from '../cluster.ts';
import {badRequest} from '../errors.ts';
import type {Expected} from './body.ts';
import {duplicateFields} from './duplicate-fields.ts';
import {decodeAs} from './known-fields.ts';

export type FieldValidation = 'Strict' | 'Warn' | 'Ignore';

/** The mode a query asks for; other words were refused before. */
export const fieldValidation = (text: string | null): FieldValidation => (text === 'Strict' || text === 'Ignore' ? text : 'Warn');

/**
 * Drops fields the type does not have. Throws for wrong types always, for unknown and doubled fields when validation is strict.
 * @param text the JSON the object was read from, to look for doubled fields
 * @param refused how a refusal is worded; 400 about the object if left out
 * @returns the object and what to warn of
 */
export function decodeKnown(
	cluster: Cluster,
	object: KubeObject,
	mode: FieldValidation,
	{text, refused = cannotBeHandled(object)}: {readonly text?: string; readonly refused?: (why: string) => StatusError} = {},
): {readonly object: KubeObject; readonly warnings: readonly string[]} {
	const schema = cluster.schema.kind(object.apiVersion, object.kind);
	if (schema === undefined) return {object, warnings: []};
	const {value, unknown, mismatch} = decodeAs(schema, object);
	if (mismatch !== undefined) throw refused(mismatch);
	const doubled = text === undefined || mode === 'Ignore' ? [] : duplicateFields(text);
	const problems = [
		...doubled.map(path => `duplicate field ${JSON.stringify(path)}`),
		...unknown.map(path => `unknown field ${JSON.stringify(path)}`),
	];
	if (mode === 'Strict' && problems.length > 0) throw refused(`strict decoding error: ${problems.join(', ')}`);
	if (!isJsonObject(value)) return {object, warnings: []};
	// Only unknown fields were taken away, so the object keeps its type.
	return {object: value as KubeObject, warnings: mode === 'Warn' ? problems : []};
}

const cannotBeHandled = (object: KubeObject) => (why: string) =>
	badRequest(`${object.kind} in version "${object.apiVersion.split('/').at(-1) ?? ''}" cannot be handled as a ${object.kind}: ${why}`);

/** Refuses an object that is not what the path takes, in the words of the real server's conversion. */
export function checkExpected(cluster: Cluster, object: KubeObject, expected: Expected): void {
	if (object.kind === expected.kind) {
		if (object.apiVersion === expected.apiVersion) return;
		throw badRequest(`the API version in the data (${object.apiVersion}) does not match the expected API version (${expected.apiVersion})`);
	}
	const version = object.apiVersion.split('/').at(-1) ?? '';
	const isKnown = cluster.schema.kind(object.apiVersion, object.kind) !== undefined;
	const why = isKnown
		? `converting (${version}.${object.kind}) to (${internalGroup(expected)}.${expected.kind}): unknown conversion`
		: `no kind "${object.kind}" is registered for version "${object.apiVersion}" in scheme "pkg/runtime/scheme.go:111"`;
	throw badRequest(`${object.kind} in version "${version}" cannot be handled as a ${expected.kind}: ${why}`);
}

/** The package of the server that holds a group's types: its first word. */
const internalGroup = ({apiVersion}: Expected) => (apiVersion.includes('/') ? (apiVersion.split(/[./]/)[0] ?? '') : 'core');
