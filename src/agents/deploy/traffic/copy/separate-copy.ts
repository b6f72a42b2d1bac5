import {MkcoaError} from '../../../../core/error.ts';
import {isJsonObject, type JsonObject} from '../../../../core/json.ts';
import {valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {longest, shortName} from '../../../../core/kube/short-name.ts';
import {textMapAt} from '../../../../mcp/kubernetes/model/fields.ts';
import {trackLabel} from '../../track-label.ts';
import {unowned} from '../../unowned.ts';
import {type Foreign, type Labels, type Rewrite, rewriteLabels} from './rewrite-labels.ts';
import {rewriteTerms} from './rewrite-terms.ts';

/** A ReplicaSet is named like its Deployment, with a dash and up to ten letters: a longer name makes no pod. */
const longestDeployment = longest.name - 11;

const copyOfLabel = 'mkcoa.dev/copy-of';

/** The name of the Deployment that stands beside another, such as `web-canary`. */
export const copyName = (name: string, suffix: string) => shortName(name, longestDeployment, `-${suffix}`);

/** The labels that only the pods of this copy carry: what its Deployment and its Service select. */
export const copySelector = (name: string, suffix: string): Labels => ({
	[copyOfLabel]: shortName(name, longest.label),
	[trackLabel]: suffix,
});

/** Whether labels are those of a copy of this workload, or of what it brought along. */
export const isCopyOf = (labels: Labels, name: string) => labels[copyOfLabel] === shortName(name, longest.label);

/** Whether a selector finds the pods of some copy. */
export const isCopySelector = (selector: Labels) => copyOfLabel in selector;

export type SeparateCopy = {
	readonly manifest: KubeObject;
	/** What selects the copy's pods and no others, as a Service writes it. */
	readonly selector: Labels;
	/** All labels of the copy's pods. */
	readonly labels: Labels;
	/** The labels that the copy's pods carry otherwise than the stable ones. */
	readonly rewritten: readonly Rewrite[];
};

/**
 * A Deployment beside another, whose pods neither its selector nor any of the Services finds: its autoscaler and its clients do not
 * notice them. Labels, and the terms of the pod spec that name them, are rewritten as far as needed.
 * @param services those of the namespace; one that finds the stable pods, or would find the copy's, is kept off
 * @param template the pod template that the copy runs, with the stable workload's labels
 * @throws `cannot-separate` where no labels keep the two apart
 */
export function separateCopy(
	workload: KubeObject,
	services: readonly KubeObject[],
	{suffix, template, replicas}: {readonly suffix: string; readonly template: JsonObject; readonly replicas: number},
): SeparateCopy {
	const {metadata} = workload;
	const selector = copySelector(metadata.name, suffix);
	const original = textMapAt(template, 'metadata', 'labels');
	const apart = rewriteLabels({...original, ...selector}, foreignTo(workload, services), {suffix, kept: new Set(Object.keys(selector))});
	if (apart === undefined) throw cannotSeparate(metadata.name);
	const {labels, rewritten} = apart;
	const spec = valueAt(workload, 'spec');
	const podSpec = isJsonObject(template.spec) ? template.spec : {};
	const annotations = textMapAt(template, 'metadata', 'annotations');
	return {
		selector,
		labels,
		rewritten,
		manifest: {
			apiVersion: 'apps/v1',
			kind: 'Deployment',
			metadata: {
				name: copyName(metadata.name, suffix),
				...(metadata.namespace === undefined ? {} : {namespace: metadata.namespace}),
				labels: {...unowned(metadata.labels ?? {}), ...selector, 'app.kubernetes.io/managed-by': 'mkcoa'},
			},
			spec: {
				...pick(isJsonObject(spec) ? spec : {}, ['strategy', 'minReadySeconds', 'progressDeadlineSeconds']),
				replicas,
				selector: {matchLabels: selector},
				template: {
					metadata: {labels, ...(Object.keys(annotations).length === 0 ? {} : {annotations})},
					spec: rewriteTerms(podSpec, {original, rewritten, own: selector}),
				},
			},
		},
	};
}

const cannotSeparate = (name: string) =>
	new MkcoaError({
		kind: 'usage',
		code: 'cannot-separate',
		what: `No labels keep a copy of ${name} apart from it`,
		why: 'its selector, or that of a Service, finds pods by labels that the copy needs for itself',
		next: `Use mkcoa deploy rolling ${name}`,
	});

/** The workload's own selector, and the Services. The labels of the copy itself are never theirs to choose. */
const foreignTo = (workload: KubeObject, services: readonly KubeObject[]): readonly Foreign[] => [
	{kind: 'selector', selector: valueAt(workload, 'spec', 'selector')},
	...services
		.filter(({metadata: {namespace}}) => namespace === workload.metadata.namespace)
		.map((service): Foreign => ({kind: 'map', selector: valueAt(service, 'spec', 'selector')}))
		.filter(({selector}) => !isCopySelector(textMapAt(selector))),
];

const pick = (object: JsonObject, keys: readonly string[]): JsonObject =>
	Object.fromEntries(keys.filter(key => object[key] !== undefined).map(key => [key, object[key]]));
