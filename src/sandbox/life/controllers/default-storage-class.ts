import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Machine} from '../../machine.ts';
import {isKind} from '../world.ts';

const isDefault = ({metadata}: KubeObject) => metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true';

/** A new claim that names no class gets the default one, if there is one. */
export function withDefaultStorageClass(machine: Machine, object: KubeObject): KubeObject {
	if (!isKind(object, 'PersistentVolumeClaim') || object.spec.storageClassName !== undefined) return object;
	const name = machine.list('StorageClass').find(isDefault)?.metadata.name;
	return name === undefined ? object : {...object, spec: {...object.spec, storageClassName: name}};
}
