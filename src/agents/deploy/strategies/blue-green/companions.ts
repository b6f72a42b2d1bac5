import {type JsonObject, withoutKeys} from '../../../../core/json.ts';
import {objectAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, type Ref, refOf} from '../../../../core/kube/kube-object.ts';
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
	/** Autoscalers by which one of the two grows with the other, which serves meanwhile. */
	readonly scalers: {readonly stable: readonly Ref[]; readonly preview: readonly Ref[]};
};

/**
 * The preview gets an autoscaler and a disruption budget like the stable ones. The stable autoscaler sees no traffic meanwhile: it is
 * kept from taking pods away, so that the stable pods are as many as now, or as the preview by then, when they serve again.
 */
export function companionsOf(
	{manifest, selector}: SeparateCopy,
	scalers: readonly KubeObject[],
	budgets: readonly KubeObject[],
	replicas: number,
): Companions {
	const copied = scalers.map(scaler => copiedScaler(scaler, manifest.metadata.name, replicas));
	const make = [...copied, ...budgets.map(budget => copiedBudget(budget, selector))];
	return {
		make,
		remove: make.map(({ref}): Write => ({op: 'delete', ref, propagation: 'Background'})),
		pin: scalers.map(scaler => pinnedScaler(scaler, replicas)),
		unpin: scalers.map(unpinnedScaler),
		scalers: {stable: scalers.map(refOf), preview: copied.map(({ref}) => ref)},
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
