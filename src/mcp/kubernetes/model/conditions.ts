import type {JsonObject} from '../../../core/json.ts';
import {objectsAt} from './fields.ts';

/** The condition of a type in the status of an object; undefined where it has none. */
export const conditionOf = (object: JsonObject, type: string): JsonObject | undefined =>
	objectsAt(object, 'status', 'conditions').find(condition => condition.type === type);

/** Whether the kubelet calls a pod ready. */
export const isReady = (pod: JsonObject): boolean => conditionOf(pod, 'Ready')?.status === 'True';
