import type {KubeObject} from '../../../core/kube-object.ts';
import type {KubeSchema} from '../../../core/kube-schema.ts';
import type {StatusCause} from '../../status-error.ts';

export function validateObject(_schema: KubeSchema, _object: KubeObject, _before: KubeObject | undefined): readonly StatusCause[] {
	return [];
}
