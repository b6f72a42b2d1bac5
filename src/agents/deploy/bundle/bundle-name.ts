import type {KubeObject, Ref} from '../../../core/kube/kube-object.ts';
import {longest, shortName} from '../../../core/kube/short-name.ts';

/** Marks the Secrets that keep bundles of one workload. */
export const bundleOfLabel = 'mkcoa.dev/bundle-of';

/** A Deployment by its name alone; the other kinds say what they are, since workloads of two kinds may have one name. */
const wordOf = ({kind, metadata}: Pick<KubeObject, 'kind' | 'metadata'>) =>
	kind === 'Deployment' ? metadata.name : `${kind.toLowerCase()}.${metadata.name}`;

/** The value of the label by which a workload's bundles are found. */
export const bundleLabel = (workload: Pick<KubeObject, 'kind' | 'metadata'>) => shortName(wordOf(workload), longest.label);

/** The name of the Secret that keeps a workload's bundle of one revision. */
export const bundleName = (workload: Pick<KubeObject, 'kind' | 'metadata'>, revision: number) =>
	shortName(`mkcoa-bundle-${wordOf(workload)}`, longest.name, `-${revision}`);

/** That Secret as a reference. */
export const bundleRef = (workload: Pick<KubeObject, 'kind' | 'metadata'>, revision: number): Ref => ({
	apiVersion: 'v1',
	kind: 'Secret',
	...(workload.metadata.namespace === undefined ? {} : {namespace: workload.metadata.namespace}),
	name: bundleName(workload, revision),
});
