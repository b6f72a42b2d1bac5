import type {JsonObject} from '../../../../core/json.ts';
import {isJsonObject, withoutKeys} from '../../../../core/json.ts';
import {numberAt, objectAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {trackLabel} from '../../../deploy/track-label.ts';
import {changeAt} from '../change-at.ts';
import type {Container} from '../containers.ts';

/** What is wanted of a canary. */
export type Wish = {readonly name: string; readonly container: Container; readonly image: string; readonly replicas: number};

/** Replicas that make `share` (0 to 1) of all pods, the stable ones untouched: as near as whole pods come, one at least. */
export const canaryReplicas = (stable: number, share: number) => Math.max(1, Math.round((stable * share) / (1 - share)));

export const stableReplicas = (stable: KubeObject) => numberAt(stable, 'spec', 'replicas') ?? 1;

const marks = new Set([
	'deployment.kubernetes.io/revision',
	'kubectl.kubernetes.io/last-applied-configuration',
	'kubectl.kubernetes.io/restartedAt',
]);

const canaryTrack: JsonObject = {[trackLabel]: 'canary'};

/**
 * A Deployment beside a stable one: its pods carry the labels of the stable ones, so the same Services select them, and one more, by which
 * the new Deployment tells its own.
 */
export function canaryDeployment(stable: KubeObject, {name, container, image, replicas}: Wish): JsonObject {
	const {namespace, labels} = stable.metadata;
	const imaged = changeAt(stable, [...container.path, 'image'], () => image);
	const spec = objectAt(imaged, 'spec');
	const template = objectAt(spec, 'template');
	const metadata = objectAt(template, 'metadata');
	const annotations = withoutKeys(objectAt(metadata, 'annotations'), marks);
	return {
		apiVersion: stable.apiVersion,
		kind: stable.kind,
		metadata: {name, ...(namespace === undefined ? {} : {namespace}), labels: {...labels, ...canaryTrack}},
		spec: {
			...withoutKeys(spec, new Set(['paused'])),
			replicas,
			selector: {...objectAt(spec, 'selector'), matchLabels: {...objectAt(spec, 'selector', 'matchLabels'), ...canaryTrack}},
			template: {
				...template,
				metadata: {
					...(isJsonObject(metadata) ? withoutKeys(metadata, new Set(['annotations', 'creationTimestamp'])) : {}),
					labels: {...objectAt(metadata, 'labels'), ...canaryTrack},
					...(Object.keys(annotations).length === 0 ? {} : {annotations}),
				},
			},
		},
	};
}
