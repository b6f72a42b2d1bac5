import type {FieldSchema} from '../../../core/diff/kube-schema.ts';
import {isJsonObject, type Json, type JsonObject} from '../../../core/json.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {compare} from './compare.ts';
import {difference, type FieldSet, noFields} from './field-set.ts';
import {mergeConfig} from './merge-config.ts';
import {fieldsOf, ownable} from './of-object.ts';

const annotation = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * Fields that `kubectl apply` set from the client and that still have the value it gave them. The server lets the manager `kubectl`
 * take these over without force, so that people can move from one kind of apply to the other (lastappliedmanager of the real server).
 */
export function lastAppliedFields(schema: FieldSchema | undefined, live: KubeObject): FieldSet {
	const config = parse(live.metadata.annotations?.[annotation]);
	if (config === undefined) return noFields;
	const given = ownable(config);
	const merged: Json = mergeConfig(schema, ownable(live), given);
	const {changed} = compare(schema, ownable(live), merged);
	return difference(fieldsOf(schema, given), changed);
}

function parse(text: string | undefined): JsonObject | undefined {
	if (text === undefined) return undefined;
	try {
		const value: unknown = JSON.parse(text);
		return isJsonObject(value) ? value : undefined;
	} catch {
		return undefined;
	}
}
