import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {type CheckedManifest, checkManifests} from '../../../../mcp/kubernetes/plan/check-manifests.ts';
import {readManifests} from '../../../../mcp/kubernetes/plan/read-manifests.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import {readAnswers} from './answers.ts';
import type {AnswersInput} from './answers-input.ts';
import {workloadManifests} from './workload-manifests.ts';

/** The manifests that a person gave, or those that follow from their answers; each is of a kind that the cluster knows. */
export async function chosenSet(cluster: Cluster, input: AnswersInput): Promise<readonly CheckedManifest[]> {
	const {manifest, namespace} = input;
	if (manifest !== undefined) return checkManifests(cluster, readManifests(manifest), namespace);
	const objects = workloadManifests(readAnswers(input, cluster.namespace));
	return checkManifests(
		cluster,
		objects.map((object, index) => ({object, document: index + 1, line: 1})),
		namespace,
	);
}

/** The namespace that a set lives in: that of its first object which has one. */
export const namespaceOf = (set: readonly KubeObject[], usual: string) =>
	set.map(({metadata}) => metadata.namespace).find(name => name !== undefined) ?? usual;
