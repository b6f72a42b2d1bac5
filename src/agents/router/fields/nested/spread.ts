import {objectAt, valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {templatePath} from '../../../../core/kube/pod-spec.ts';
import {placing} from '../../create/manifests/placing.ts';
import {placingIn, placingOf} from '../../create/pods/placing-words.ts';
import {type Nested, podKinds} from './nested.ts';

/** Labels by which the workload finds its pods. */
function ownOf(object: KubeObject): {readonly [key: string]: string} {
	const chosen = objectAt(object, 'spec', 'selector', 'matchLabels');
	const all = Object.keys(chosen).length > 0 ? chosen : objectAt(object, ...(templatePath(object) ?? []), 'metadata', 'labels');
	return Object.fromEntries(Object.entries(all).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])));
}

const at = (...path: readonly string[]): Nested => ({
	kinds: podKinds,
	place: 'pod',
	path,
	read: ({text}, object) => valueAt(placing(placingOf(placingIn(text).found).placing, ownOf(object)), ...path),
});

/** `spread over the zones`, `never two of them on one node`. */
export const spread: readonly Nested[] = [at('topologySpreadConstraints'), at('affinity', 'podAntiAffinity')];
