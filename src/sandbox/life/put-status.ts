import type {Json} from '../../core/json.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import type {Machine} from '../machine.ts';
import {sameJson} from '../same-json.ts';

/** Writes a status, unless it is the one that is there: most looks of a controller change nothing and must cost nothing. */
export function putStatus(machine: Machine, object: KubeObject, status: Json, by = 'kube-controller-manager'): boolean {
	if (sameJson(object.status, status)) return false;
	machine.update({...object, status}, by, 'status');
	return true;
}
