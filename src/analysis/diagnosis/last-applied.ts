import {isJsonObject, type Json} from '../../core/json.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';

/** What kubectl applied last, by its annotation: it may still have what was edited away. Undefined where there is none. */
export function lastApplied({metadata}: KubeObject): Json | undefined {
	const text = metadata.annotations?.['kubectl.kubernetes.io/last-applied-configuration'];
	if (text === undefined) return undefined;
	try {
		const value: unknown = JSON.parse(text);
		// Whatever parses as JSON is JSON.
		return isJsonObject(value) ? (value as Json) : undefined;
	} catch {
		return undefined;
	}
}
