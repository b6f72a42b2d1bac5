import {at} from '../servers/questions.ts';
import {deployment} from './compare/row.ts';
import type {OnePlane} from './one-plane.ts';

/** Paths of the namespace shop: the collection without a name. */
const pathIn = (group: string, plural: string) => (name?: string) =>
	`${group}/namespaces/shop/${plural}${name === undefined ? '' : `/${name}`}`;
export const shop = {
	deployments: pathIn('/apis/apps/v1', 'deployments'),
	pods: pathIn('/api/v1', 'pods'),
	configMaps: pathIn('/api/v1', 'configmaps'),
	quotas: pathIn('/api/v1', 'resourcequotas'),
	budgets: pathIn('/apis/policy/v1', 'poddisruptionbudgets'),
	autoscalers: pathIn('/apis/autoscaling/v2', 'horizontalpodautoscalers'),
};

/** An object of the other tests, in the namespace shop. */
export const inShop = <Object extends {readonly metadata: object}>(object: Object) => ({
	...object,
	metadata: {...object.metadata, namespace: 'shop'},
});

export const podsOf = (app: string) => `${shop.pods()}?labelSelector=app%3D${app}`;
export const imageOf = (object: unknown) => at(object, 'spec', 'template', 'spec', 'containers', 0, 'image');

/** Whether every pod of a Deployment is of its newest version, available, and there are so many of them. */
export function isRolledOut(object: unknown, replicas: number): boolean {
	const counts = ['replicas', 'availableReplicas', 'updatedReplicas'].every(field => at(object, 'status', field) === replicas);
	return counts && at(object, 'status', 'observedGeneration') === at(object, 'metadata', 'generation');
}

/** Creates a Deployment in the shop and waits for its pods. */
export async function deployed({create, eventually}: OnePlane, name: string, shape: Parameters<typeof deployment>[1] = {}) {
	await create(shop.deployments(), deployment(name, shape));
	return eventually(shop.deployments(name), object => isRolledOut(object, shape.replicas ?? 1));
}

/** Waits until so many pods of the newest version serve, of this image. */
export const serves = ({eventually}: OnePlane, name: string, image: string, replicas: number) =>
	eventually(shop.deployments(name), object => imageOf(object) === image && isRolledOut(object, replicas));
