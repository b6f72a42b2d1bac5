import {type JsonObject, withoutKeys} from '../../../../core/json.ts';
import {numberAt, objectAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf} from '../../../../core/kube/kube-object.ts';
import {longest, shortName} from '../../../../core/kube/short-name.ts';
import type {Write} from '../../../../core/plan.ts';
import type {SeparateCopy} from '../../traffic/copy/separate-copy.ts';
import {copiedScaler, pinnedScaler, unpinnedScaler} from '../canary/script/scaler-writes.ts';
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
	const make = [
		...scalers.map(scaler => copiedScaler(scaler, manifest.metadata.name, replicas)),
		...budgets.map(budget => copiedBudget(budget, selector)),
	];
	const low = scalers.filter(scaler => (numberAt(scaler, 'spec', 'minReplicas') ?? 1) < replicas);
	return {
		make,
		remove: make.map(({ref}): Write => ({op: 'delete', ref, propagation: 'Background'})),
		pin: low.map(scaler => pinnedScaler(scaler, replicas)),
		unpin: low.map(unpinnedScaler),
	};
}

function copiedBudget({apiVersion, kind, metadata, spec}: KubeObject, selector: JsonObject): Write {
	const {name, namespace} = metadata;
	const manifest: KubeObject = {
		apiVersion,
		kind,
		metadata: {
			name: shortName(name, longest.name, `-${previewSuffix}`),
			...(namespace === undefined ? {} : {namespace}),
			labels: {'app.kubernetes.io/managed-by': 'mkcoa'},
		},
		spec: {...withoutKeys(objectAt(spec), new Set(['selector'])), selector: {matchLabels: selector}},
	};
	return {op: 'create', ref: refOf(manifest), manifest};
}
