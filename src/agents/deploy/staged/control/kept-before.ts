import {MkcoaError} from '../../../../core/error.ts';
import {numberAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {seeObject} from '../../../../mcp/kubernetes/plan/see-object.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import {bundleRef} from '../../bundle/bundle-name.ts';
import {keptBundles} from '../../bundle/kept-bundles.ts';
import {openBundle} from '../../bundle/open-bundle.ts';
import {currentRevision, workloadHistory} from '../../bundle/workload-history.ts';
import {commandWords, workloadName} from '../lease/held-by.ts';

/** Where what was there before a rollout lies, the command that brings it back, and what that does not: the number of pods. */
export type Kept = {readonly secret: string; readonly command: string; readonly replicas: number | undefined};

/**
 * The snapshot of the revision that serves, or else the newest: a rollout keeps what stands before it begins. Undefined where there is none.
 * Of one that may not be read, or is of another workload under this name, the number of pods is not known.
 */
export async function keptBefore(cluster: Cluster, workload: KubeObject): Promise<Kept | undefined> {
	const current = currentRevision(workload, await workloadHistory(cluster, workload));
	const {revisions} = await keptBundles(cluster, workload, current);
	const revision = revisions.includes(current) ? current : revisions.at(-1);
	if (revision === undefined) return undefined;
	const ref = bundleRef(workload, revision);
	const command = `mkcoa deploy rollback ${commandWords(workloadName(workload))} --to ${revision}`;
	const {object} = await seeObject(cluster, ref);
	const replicas = object === undefined ? undefined : replicasIn(object, workload);
	return {secret: ref.name, command, replicas};
}

function replicasIn(secret: KubeObject, {metadata}: KubeObject): number | undefined {
	try {
		const {workload} = openBundle(secret);
		return workload.metadata.uid === metadata.uid ? numberAt(workload, 'spec', 'replicas') : undefined;
	} catch (error) {
		if (error instanceof MkcoaError && error.trouble.code === 'bad-bundle') return undefined;
		throw error;
	}
}
