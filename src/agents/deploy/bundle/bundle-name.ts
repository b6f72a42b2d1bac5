import {createHash} from 'node:crypto';
import type {KubeObject, Ref} from '../../../core/kube/kube-object.ts';

/** Marks the Secrets that keep bundles of one workload. */
export const bundleOfLabel = 'mkcoa.dev/bundle-of';

/** Longest name of an object, and longest value of a label. */
const [longestName, longestValue] = [253, 63];

/** A text that is too long ends in a hash of the whole, so that two long ones differ. */
function shortened(text: string, longest: number): string {
	if (text.length <= longest) return text;
	const hash = createHash('sha256').update(text).digest('hex').slice(0, 10);
	return `${text.slice(0, longest - hash.length - 1).replace(/[-.]+$/, '')}-${hash}`;
}

/** A Deployment by its name alone; the other kinds say what they are, since workloads of two kinds may have one name. */
const wordOf = ({kind, metadata}: Pick<KubeObject, 'kind' | 'metadata'>) =>
	kind === 'Deployment' ? metadata.name : `${kind.toLowerCase()}.${metadata.name}`;

/** The value of the label by which a workload's bundles are found. */
export const bundleLabel = (workload: Pick<KubeObject, 'kind' | 'metadata'>) => shortened(wordOf(workload), longestValue);

/** The name of the Secret that keeps a workload's bundle of one revision. */
export function bundleName(workload: Pick<KubeObject, 'kind' | 'metadata'>, revision: number): string {
	const end = `-${revision}`;
	return `${shortened(`mkcoa-bundle-${wordOf(workload)}`, longestName - end.length)}${end}`;
}

/** That Secret as a reference. */
export const bundleRef = (workload: Pick<KubeObject, 'kind' | 'metadata'>, revision: number): Ref => ({
	apiVersion: 'v1',
	kind: 'Secret',
	...(workload.metadata.namespace === undefined ? {} : {namespace: workload.metadata.namespace}),
	name: bundleName(workload, revision),
});
