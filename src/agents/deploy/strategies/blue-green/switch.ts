import {isJsonObject, type JsonObject} from '../../../../core/json.ts';
import {valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, type Ref, refOf} from '../../../../core/kube/kube-object.ts';
import {mergePatchBetween} from '../../../../core/patch/merge-patch.ts';
import type {Write} from '../../../../core/plan.ts';
import {someOf} from '../../../../core/text/count.ts';
import {copyService} from '../../traffic/copy/canary-service.ts';
import type {SeparateCopy} from '../../traffic/copy/separate-copy.ts';
import type {Traffic} from '../../traffic/traffic.ts';

/** How all requests move from the stable pods to the preview at once, and back. Each list is idempotent. */
export type Switch = {
	/** For people: `Service web`, `HTTPRoute shop/web, rule 1`. */
	readonly words: string;
	/** The Service by which the preview is reached before. */
	readonly preview: Ref;
	readonly prepare: readonly Write[];
	readonly over: readonly Write[];
	readonly back: readonly Write[];
	readonly cleanup: readonly Write[];
};

/** What copies are called by: `web-preview`. */
export const previewSuffix = 'preview';

/** By the route in front, whose backend becomes the preview's Service. Undefined where pods alone share the requests. */
export function switchByRoute({kind, words, prepare, toWeight, restore, cleanup, services}: Traffic): Switch | undefined {
	const [first] = services;
	if (kind === 'replicas' || first === undefined) return undefined;
	return {words, preview: first.canary, prepare, over: toWeight(100), back: restore, cleanup};
}

/**
 * By the Services themselves: their selector is the preview's for a while. One write for each of them.
 * @param services those that select the stable pods, at least one
 */
export function switchBySelector(workload: KubeObject, services: readonly KubeObject[], {selector}: SeparateCopy): Switch {
	const first = services.find(service => valueAt(service, 'spec', 'clusterIP') !== 'None') ?? services[0];
	if (first === undefined) throw new Error(`No Service selects the pods of ${workload.metadata.name}`);
	const preview = copyService(first, workload.metadata.name, previewSuffix);
	const ref = refOf(preview);
	return {
		words: services.length === 1 ? `Service ${first.metadata.name}` : `Services ${someOf(services.map(({metadata}) => metadata.name))}`,
		preview: ref,
		prepare: [{op: 'create', ref, manifest: preview}],
		over: services.map(service => selecting(service, selectorOf(service), selector)),
		back: services.map(service => selecting(service, selector, selectorOf(service))),
		cleanup: [{op: 'delete', ref, propagation: 'Background'}],
	};
}

function selectorOf(service: KubeObject): JsonObject {
	const selector = valueAt(service, 'spec', 'selector');
	return isJsonObject(selector) ? selector : {};
}

/** Keys of the other selector are taken away by name, so that the patch does not depend on which of the two is there. */
const selecting = (service: KubeObject, from: JsonObject, to: JsonObject): Write => ({
	op: 'patch',
	ref: refOf(service),
	type: 'merge',
	patch: {spec: {selector: {...mergePatchBetween(from, to), ...to}}},
});
