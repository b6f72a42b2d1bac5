import {type JsonObject, withoutKeys} from '../../../core/json.ts';
import {numberAt, objectAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, refOf} from '../../../core/kube/kube-object.ts';
import {longest, shortName} from '../../../core/kube/short-name.ts';
import type {Write} from '../../../core/plan.ts';
import type {SeparateCopy} from '../traffic/separate-copy.ts';
import {previewSuffix} from './switch.ts';

/** What goes with the pods of a workload and has to stand beside its preview too, while that serves everything. */
type Companions = {
	readonly make: readonly Write[];
	readonly remove: readonly Write[];
	readonly pin: readonly Write[];
	readonly unpin: readonly Write[];
};

/**
 * The preview gets an autoscaler and a disruption budget like the stable ones. The stable autoscaler sees no traffic meanwhile: it is
 * kept from taking pods away, so that the stable pods are as many as now when they serve again.
 */
export function companionsOf(
	{manifest, selector}: SeparateCopy,
	scalers: readonly KubeObject[],
	budgets: readonly KubeObject[],
	replicas: number,
): Companions {
	const copies = [
		...scalers.map(scaler =>
			copyOf(scaler, {
				...objectAt(scaler, 'spec'),
				scaleTargetRef: {...objectAt(scaler, 'spec', 'scaleTargetRef'), name: manifest.metadata.name},
				minReplicas: leastOf(scaler, replicas),
			}),
		),
		...budgets.map(budget =>
			copyOf(budget, {...withoutKeys(objectAt(budget, 'spec'), new Set(['selector'])), selector: {matchLabels: selector}}),
		),
	];
	const low = scalers.filter(scaler => minimumOf(scaler) < leastOf(scaler, replicas));
	return {
		make: copies.map((copy): Write => ({op: 'create', ref: refOf(copy), manifest: copy})),
		remove: copies.map((copy): Write => ({op: 'delete', ref: refOf(copy), propagation: 'Background'})),
		pin: low.map(scaler => atLeast(scaler, leastOf(scaler, replicas))),
		unpin: low.map(scaler => atLeast(scaler, minimumOf(scaler))),
	};
}

/** `minReplicas` that is left out is 1. */
const minimumOf = (scaler: KubeObject) => numberAt(scaler, 'spec', 'minReplicas') ?? 1;

/** As many as now; an autoscaler refuses more than its own maximum. */
const leastOf = (scaler: KubeObject, replicas: number) =>
	Math.max(minimumOf(scaler), Math.min(replicas, numberAt(scaler, 'spec', 'maxReplicas') ?? replicas));

const atLeast = (scaler: KubeObject, minReplicas: number): Write => ({
	op: 'patch',
	ref: refOf(scaler),
	type: 'merge',
	patch: {spec: {minReplicas}},
});

function copyOf({apiVersion, kind, metadata}: KubeObject, spec: JsonObject): KubeObject {
	const {name, namespace} = metadata;
	return {
		apiVersion,
		kind,
		metadata: {
			name: shortName(name, longest.name, `-${previewSuffix}`),
			...(namespace === undefined ? {} : {namespace}),
			labels: {'app.kubernetes.io/managed-by': 'mkcoa'},
		},
		spec,
	};
}
