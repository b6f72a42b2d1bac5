import {diffObjects} from '../../../../core/diff/diff.ts';
import {MkcoaError} from '../../../../core/error.ts';
import {objectAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, type Ref, refKey, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {seeObject} from '../../../../mcp/kubernetes/plan/see-object.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import type {Bundle} from '../../bundle/bundle.ts';
import {bundleRef} from '../../bundle/bundle-name.ts';
import {openBundle} from '../../bundle/open-bundle.ts';
import {type LiveObjects, liveObjects, type Restoring, restoreBundle} from '../../bundle/restore-bundle.ts';
import type {Chosen} from './choose-revision.ts';

/**
 * What a rollback writes, and the objects that it writes as they are now. Without a bundle the pod template comes back alone; `unseen` is the one
 * that may not be read, so that nobody can tell whether it is there.
 */
export type Back = Restoring & {readonly live: LiveObjects; readonly bundle: Bundle | undefined; readonly unseen?: Ref | undefined};

/**
 * Reads what one revision had, and computes what brings it back. Only reads.
 * @param isListed whether the bundles that there are could be listed; each one is looked for by its name where they could not
 * @throws MkcoaError `bad-bundle` for a Secret that holds something else
 */
export async function whatComesBack(
	cluster: Cluster,
	workload: KubeObject,
	{revision, bundled, kept}: Chosen,
	isListed: boolean,
): Promise<Back> {
	const {kubeSchema} = await import('../../../../mcp/kubernetes/plan/loaded-schema.ts');
	const ref = bundleRef(workload, revision);
	const {object: secret, refused} = bundled || !isListed ? await seeObject(cluster, ref) : {object: undefined};
	const unseen = refused === undefined ? undefined : ref;
	if (secret !== undefined) {
		const bundle = ofWorkload(openBundle(secret), workload);
		const live = await liveObjects(cluster, bundle);
		return {...restoreBundle(bundle, live, kubeSchema), live, bundle};
	}
	const live = new Map([[refKey(refOf(workload)), workload]]);
	const wanted = {...workload, spec: {...objectAt(workload, 'spec'), template: kept?.template}};
	if (kept === undefined || diffObjects(workload, wanted, kubeSchema).length === 0)
		return {writes: [], left: [], live, bundle: undefined, unseen};
	const patch = [{op: 'replace', path: '/spec/template', value: kept.template}];
	return {writes: [{op: 'patch', ref: refOf(workload), type: 'json', patch}], left: [], live, bundle: undefined, unseen};
}

/** A Secret under the name of a bundle may be of something else. */
function ofWorkload(bundle: Bundle, workload: KubeObject): Bundle {
	if (refKey(refOf(bundle.workload)) === refKey(refOf(workload))) return bundle;
	throw new MkcoaError({
		kind: 'environment',
		code: 'bad-bundle',
		what: `Secret ${bundleRef(workload, bundle.revision).name} is no bundle of ${refText(refOf(workload))}`,
		why: `it holds ${refText(refOf(bundle.workload))}`,
		next: `Name a revision that has another bundle with --to, or delete this one: mkcoa k8s delete secret ${bundleRef(workload, bundle.revision).name} -n ${workload.metadata.namespace}`,
	});
}
