import {MkcoaError} from '../../../../../core/error.ts';
import {isJsonObject, type JsonObject} from '../../../../../core/json.ts';
import {valueAt} from '../../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../../core/kube/kube-object.ts';
import {textMapAt} from '../../../../../mcp/kubernetes/model/fields.ts';
import {trackLabel} from '../../../track-label.ts';
import {unowned} from '../../../unowned.ts';

/** A ReplicaSet is named like its Deployment, with a dash and up to ten letters: a longer name makes no pod. */
const longestName = 253 - 11;

/** The name of the Deployment that stands beside a stable one while its canary runs. */
export const canaryName = (name: string) => `${name}-canary`;

/** The name of the fresh copy of the stable version that a canary may be compared with. */
export const baselineName = (name: string) => `${name}-baseline`;

/**
 * A copy of the stable Deployment beside it, with the new template and a label of its own, so that every Service which selects
 * the stable pods selects the canary's too and traffic follows the number of pods.
 * @throws `too-long` where the name leaves no room for the suffix
 */
export function canaryManifest(
	stable: KubeObject,
	template: JsonObject,
	replicas: number,
	track: 'canary' | 'baseline' = 'canary',
): KubeObject {
	const {metadata} = stable;
	const name = track === 'canary' ? canaryName(metadata.name) : baselineName(metadata.name);
	if (name.length > longestName) {
		throw new MkcoaError({
			kind: 'usage',
			code: 'too-long',
			what: `${metadata.name} is too long a name for a canary beside it`,
			why: `${canaryName('').length} characters come on top, and a Deployment whose name has more than ${longestName} makes no pods`,
			next: 'Use mkcoa deploy update',
		});
	}
	const spec = valueAt(stable, 'spec');
	if (!isJsonObject(spec)) throw new Error('A Deployment without a spec');
	return {
		apiVersion: 'apps/v1',
		kind: 'Deployment',
		metadata: {
			name,
			...(metadata.namespace === undefined ? {} : {namespace: metadata.namespace}),
			labels: {...unowned(metadata.labels ?? {}), [trackLabel]: track},
			annotations: {[`mkcoa.dev/${track}-of`]: metadata.name},
		},
		spec: {
			...pick(spec, ['strategy', 'minReadySeconds', 'progressDeadlineSeconds']),
			replicas,
			selector: {
				...(isJsonObject(spec.selector) ? spec.selector : {}),
				matchLabels: {...textMapAt(spec, 'selector', 'matchLabels'), [trackLabel]: track},
			},
			template: {
				metadata: {
					...(Object.keys(textMapAt(template, 'metadata', 'annotations')).length === 0
						? {}
						: {annotations: textMapAt(template, 'metadata', 'annotations')}),
					labels: {...textMapAt(template, 'metadata', 'labels'), [trackLabel]: track},
				},
				spec: template.spec,
			},
		},
	};
}

const pick = (object: JsonObject, keys: readonly string[]): JsonObject =>
	Object.fromEntries(keys.filter(key => object[key] !== undefined).map(key => [key, object[key]]));
