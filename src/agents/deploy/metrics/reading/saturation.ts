import type {JsonObject} from '../../../../core/json.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {quantityOf} from '../../../../core/kube/quantity.ts';
import {objectsAt, wordAt} from '../../../../mcp/kubernetes/model/fields.ts';

/** Cores and bytes that a container used at a moment. */
export type Use = {readonly cpu?: number | undefined; readonly memory?: number | undefined};

/** By container. */
export type PodUse = {readonly atMs: number; readonly containers: ReadonlyMap<string, Use>};

const resources = ['cpu', 'memory'] as const;

const limitsOf = (pod: KubeObject) =>
	objectsAt(pod, 'spec', 'containers').flatMap(container =>
		resources.flatMap(resource => {
			const limit = quantityOf(wordAt(container, 'resources', 'limits', resource) || undefined);
			return limit === undefined || limit === 0 ? [] : [{container: wordAt(container, 'name'), resource, limit}];
		}),
	);

/** Whether any container may use only so much. */
export const hasLimits = (pod: KubeObject) => limitsOf(pod).length > 0;

/** The fullest of what a pod's containers are limited in, 0 to about 1; undefined where nothing is limited, or not all of it is measured. */
export function saturationOf(pod: KubeObject, {containers}: PodUse): number | undefined {
	const parts = limitsOf(pod).map(({container, resource, limit}) => (containers.get(container)?.[resource] ?? Number.NaN) / limit);
	const fullest = Math.max(...parts);
	return Number.isFinite(fullest) ? fullest : undefined;
}

/** Path of what the pods of a namespace use now. */
export const metricsPath = (namespace: string) => `/apis/metrics.k8s.io/v1beta1/namespaces/${namespace}/pods`;

/** Reads the answer of metrics.k8s.io, by pod. */
export const measuredIn = (answer: JsonObject): ReadonlyMap<string, PodUse> =>
	new Map(
		objectsAt(answer, 'items').map(item => [
			wordAt(item, 'metadata', 'name'),
			{atMs: Date.parse(wordAt(item, 'timestamp')), containers: new Map(objectsAt(item, 'containers').map(containerUse))},
		]),
	);

function containerUse(container: JsonObject): readonly [string, Use] {
	const [cpu, memory] = resources.map(resource => quantityOf(wordAt(container, 'usage', resource) || undefined));
	return [wordAt(container, 'name'), {cpu, memory}];
}
