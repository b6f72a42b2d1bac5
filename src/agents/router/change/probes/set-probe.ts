import {isJsonObject, type Json, type JsonObject, withoutKeys} from '../../../../core/json.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {changeAt} from '../change-at.ts';
import type {Container} from '../containers.ts';

export type ProbeKind = 'livenessProbe' | 'readinessProbe' | 'startupProbe';

/** How a probe looks at its container: one of these at a time. */
type Handler = 'httpGet' | 'tcpSocket' | 'exec' | 'grpc';
const handlers: ReadonlySet<string> = new Set<Handler>(['httpGet', 'tcpSocket', 'exec', 'grpc']);

/** What is said of a probe: the fields of its handler, and times in seconds and counts by their names in the API. */
export type ProbeChange = {
	readonly handler?: {readonly type: Handler; readonly fields: JsonObject} | undefined;
	readonly numbers: JsonObject;
};

/** The probe with what was said of it; another way of looking replaces the earlier one. Undefined for a probe that would look at nothing. */
function changedProbe(before: Json | undefined, {handler, numbers}: ProbeChange): JsonObject | undefined {
	const probe = isJsonObject(before) ? before : {};
	if (handler === undefined) return before === undefined ? undefined : {...probe, ...numbers};
	const same = probe[handler.type];
	return {
		...withoutKeys(probe, handlers),
		[handler.type]: {...(isJsonObject(same) ? same : {}), ...handler.fields},
		...numbers,
	};
}

export const withProbe = (object: KubeObject, container: Container, kind: ProbeKind, change: ProbeChange | 'remove'): Json | undefined =>
	changeAt(object, [...container.path, kind], before => (change === 'remove' ? undefined : changedProbe(before, change)));
