import type {KubeObject} from '../../../core/kube/kube-object.ts';

/** kubectl keeps the whole object in it, values and all. */
const applied = 'kubectl.kubernetes.io/last-applied-configuration';

/** Keys of a Secret stay, its values do not; other kinds are as they were. */
export function withoutValues(object: KubeObject): KubeObject {
	if (object.kind !== 'Secret') return object;
	const {stringData: _, ...rest} = object;
	const {annotations, ...metadata} = rest.metadata;
	const kept = Object.fromEntries(Object.entries(annotations ?? {}).filter(([key]) => key !== applied));
	const data = Object.fromEntries(Object.keys(object.data ?? {}).map(key => [key, '']));
	return {...rest, metadata: annotations === undefined ? metadata : {...metadata, annotations: kept}, data};
}
