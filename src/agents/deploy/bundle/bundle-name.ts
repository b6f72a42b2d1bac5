import type {KubeObject, Ref} from '../../../core/kube/kube-object.ts';
import {longest, shortName} from '../../../core/kube/short-name.ts';
import {workloadWord} from '../workload-word.ts';

/** Marks the Secrets that keep bundles of one workload. */
export const bundleOfLabel = 'mkcoa.dev/bundle-of';

type Workload = Pick<KubeObject, 'kind' | 'metadata'>;

const wordOf = ({kind, metadata: {name}}: Workload) => workloadWord({kind, name});

/** The value of the label by which a workload's bundles are found. */
export const bundleLabel = (workload: Workload) => shortName(wordOf(workload), longest.label);

/** The name of the Secret that keeps a workload's bundle of one revision. */
export const bundleName = (workload: Workload, revision: number) =>
	shortName(`mkcoa-bundle-${wordOf(workload)}`, longest.name, `-${revision}`);

/** That Secret as a reference. */
export const bundleRef = (workload: Workload, revision: number): Ref => ({
	apiVersion: 'v1',
	kind: 'Secret',
	...(workload.metadata.namespace === undefined ? {} : {namespace: workload.metadata.namespace}),
	name: bundleName(workload, revision),
});
