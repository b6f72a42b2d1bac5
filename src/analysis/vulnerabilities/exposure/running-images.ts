import {listAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject, Ref} from '../../../core/kube/kube-object.ts';
import {digestsIn} from '../sbom/sbom.ts';
import {type Reach, reachOf} from './reached-pods.ts';

/** An image that containers of the cluster run. */
export type RunningImage = {
	/** As pods name it. */
	readonly image: string;
	/** By which the nodes hold it. */
	readonly digests: readonly string[];
	readonly workloads: readonly Ref[];
	/** The widest of its pods'. */
	readonly reach: Reach;
	/** Whether a container of it may do anything to its node. */
	readonly isPrivileged: boolean;
};

/** `nginx` → `docker.io/library/nginx:latest`: one spelling for one image. */
export function fullName(image: string): string {
	const [name = ''] = image.split('@', 1);
	const slash = name.indexOf('/');
	const host = slash === -1 ? '' : name.slice(0, slash);
	const hasHost = /[.:]/.test(host) || host === 'localhost';
	const placed = hasHost ? name.replace(/^index\.docker\.io\//, 'docker.io/') : `docker.io/${slash === -1 ? 'library/' : ''}${name}`;
	return /:[^/]*$/.test(placed) || image.includes('@') ? placed : `${placed}:latest`;
}

const widths = ['nowhere', 'cluster', 'outside'] as const;
const wider = (a: Reach, b: Reach) => (widths.indexOf(b.from) > widths.indexOf(a.from) ? b : a);

/** The workload that a pod belongs to: a Deployment where its ReplicaSet does. */
function workloadOf(pod: KubeObject, sets: ReadonlyMap<string, KubeObject>): Ref {
	const {namespace} = pod.metadata;
	const controllerOf = ({metadata}: KubeObject) => metadata.ownerReferences?.find(({controller}) => controller === true);
	const owner = controllerOf(pod);
	const set = owner?.kind === 'ReplicaSet' ? sets.get(`${namespace}/${owner.name}`) : undefined;
	const top = (set === undefined ? undefined : controllerOf(set)) ?? owner;
	const {apiVersion, kind, name} = top ?? {apiVersion: pod.apiVersion, kind: pod.kind, name: pod.metadata.name};
	return {apiVersion, kind, name, namespace};
}

const isOver = (pod: KubeObject) => ['Succeeded', 'Failed'].includes(textAt(pod, 'status', 'phase') ?? '');

/** The images of all pods that are not over, by their full names. */
export function runningImages(objects: readonly KubeObject[]): readonly RunningImage[] {
	const reach = reachOf(objects);
	const sets = new Map(
		objects.filter(({kind}) => kind === 'ReplicaSet').map(set => [`${set.metadata.namespace}/${set.metadata.name}`, set] as const),
	);
	const used = objects
		.filter(object => object.kind === 'Pod' && !isOver(object))
		.flatMap(pod => {
			const statuses = [...listAt(pod, 'status', 'containerStatuses'), ...listAt(pod, 'status', 'initContainerStatuses')];
			const [workload, from] = [workloadOf(pod, sets), reach(pod)];
			return [...listAt(pod, 'spec', 'containers'), ...listAt(pod, 'spec', 'initContainers')].map(container => {
				const image = textAt(container, 'image') ?? '';
				const status = statuses.find(each => textAt(each, 'name') === textAt(container, 'name'));
				return {
					image,
					workload,
					reach: from,
					digests: digestsIn(image, textAt(status, 'imageID')),
					isPrivileged: valueAt(container, 'securityContext', 'privileged') === true,
				};
			});
		})
		.filter(({image}) => image !== '');
	const keyOf = ({image, digests}: (typeof used)[number]) => (image.includes('@') ? (digests[0] ?? image) : fullName(image));
	return [...Map.groupBy(used, keyOf).values()].flatMap(group => {
		const [first] = group;
		if (first === undefined) return [];
		const workloads = new Map(group.map(({workload}) => [`${workload.kind} ${workload.namespace}/${workload.name}`, workload]));
		return [
			{
				image: first.image,
				digests: [...new Set(group.flatMap(({digests}) => digests))],
				workloads: [...workloads.values()],
				reach: group.map(each => each.reach).reduce(wider),
				isPrivileged: group.some(({isPrivileged}) => isPrivileged),
			},
		];
	});
}

/** Whether a list of packages or a report is about an image that runs: the same digest, or the same full name. */
export const isOfImage = (about: {readonly subject?: string | undefined; readonly digests: readonly string[]}, running: RunningImage) =>
	about.digests.some(digest => running.digests.includes(digest)) ||
	(about.subject !== undefined && fullName(about.subject) === fullName(running.image) && !running.image.includes('@'));
