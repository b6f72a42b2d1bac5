import type {KubeObject} from '../../core/kube/kube-object.ts';

/** The owner that manages an object, as against those that only keep it alive. */
export const controllerOf = ({metadata}: KubeObject) => metadata.ownerReferences?.find(({controller}) => controller === true);

/** The reference by which a controller marks what it makes. */
export const controllerReference = ({apiVersion, kind, metadata}: KubeObject) => ({
	apiVersion,
	kind,
	name: metadata.name,
	uid: metadata.uid ?? '',
	controller: true,
	blockOwnerDeletion: true,
});
