import {isJsonObject, type JsonObject} from '../../../core/json.ts';
import {valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {textMapAt} from '../../../mcp/kubernetes/model/fields.ts';
import {podSelectorText} from '../../../mcp/kubernetes/model/label-selector.ts';
import {type Revision, revisionsOf} from '../../../mcp/kubernetes/model/revisions.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {everyObject} from '../../../mcp/kubernetes/read-neighbours.ts';
import {revisionOf, templateOf} from '../rollout/revisions.ts';

/** A revision that the controller keeps by itself: of the workload, its pod template alone. */
export type KeptTemplate = Revision & {
	readonly template: JsonObject;
	/** Numbers that the same template had before it came back, as far as the controller tells. */
	readonly earlier: readonly number[];
};

/** What the controller keeps of a Deployment (ReplicaSets), StatefulSet or DaemonSet (ControllerRevisions), oldest first. */
export async function workloadHistory(cluster: Cluster, workload: KubeObject): Promise<readonly KeptTemplate[]> {
	const kind = workload.kind === 'Deployment' ? 'ReplicaSet' : 'ControllerRevision';
	const type = await cluster.typeOfRef({apiVersion: 'apps/v1', kind});
	const query = {type, namespace: workload.metadata.namespace, labelSelector: podSelectorText(workload)};
	const objects = (await everyObject(cluster, query)).map((object): KubeObject => ({...object, apiVersion: type.apiVersion, kind}));
	const byName = new Map(objects.map(object => [object.metadata.name, object]));
	return revisionsOf(workload, objects).flatMap(revision => {
		const source = byName.get(revision.source);
		return source === undefined ? [] : [{...revision, template: keptTemplate(source), earlier: earlierNumbers(source)}];
	});
}

const earlierNumbers = (source: KubeObject) =>
	(textMapAt(source, 'metadata', 'annotations')['deployment.kubernetes.io/revision-history'] ?? '')
		.split(',')
		.map(Number)
		.filter(number => number > 0);

/** A ControllerRevision keeps a patch, whose template says that it replaces the other. */
function keptTemplate(source: KubeObject): JsonObject {
	if (source.kind === 'ReplicaSet') return templateOf(source);
	const template = valueAt(source, 'data', 'spec', 'template');
	const {$patch: _, ...rest} = isJsonObject(template) ? template : {};
	return rest;
}

/** The number of the template that the workload has now; 0 where nothing tells. */
export function currentRevision(workload: KubeObject, history: readonly Pick<Revision, 'number' | 'current'>[]): number {
	if (workload.kind === 'Deployment' && textMapAt(workload, 'metadata', 'annotations')['deployment.kubernetes.io/revision'] !== undefined)
		return revisionOf(workload);
	return history.findLast(({current}) => current)?.number ?? 0;
}
