import {repositoryOf} from '../../../core/kube/image-reference.ts';
import {listAt, textAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, type Ref, refOf} from '../../../core/kube/kube-object.ts';
import type {RunningComponent} from './assess-cluster.ts';
import type {ClusterComponent} from './known-cves.ts';

/** One program in one version, with all that runs it. */
export type PlacedComponent = RunningComponent & {readonly resources: readonly Ref[]; readonly seen: string};

/** The last part of a repository, as every mirror keeps it. */
const byImage: {readonly [name: string]: ClusterComponent} = {
	'kube-apiserver': 'kube-apiserver',
	'kube-controller-manager': 'kube-controller-manager',
	'kube-proxy': 'kube-proxy',
	etcd: 'etcd',
	coredns: 'coredns',
	'ingress-nginx/controller': 'ingress-nginx',
	'nginx-ingress-controller': 'ingress-nginx',
};

function ofImage(image: string): ClusterComponent | undefined {
	const parts = repositoryOf(image).split('/');
	return byImage[parts.slice(-2).join('/')] ?? byImage[parts.at(-1) ?? ''];
}

const tagOf = (image: string) => /:([\w.-]+)(?:@.*)?$/.exec(image)?.[1];

function ofNode(node: KubeObject): readonly PlacedComponent[] {
	const info = (field: string) => textAt(node, 'status', 'nodeInfo', field) ?? '';
	const os = info('operatingSystem') || 'linux';
	const [, runtime = '', version = ''] = /^([\w-]+):\/\/(.*)$/.exec(info('containerRuntimeVersion')) ?? [];
	const all: readonly (readonly [ClusterComponent, string, string])[] = [
		['kubelet', info('kubeletVersion'), 'status.nodeInfo.kubeletVersion'],
		...(runtime === 'containerd' || runtime === 'cri-o' ? [[runtime, version, 'status.nodeInfo.containerRuntimeVersion'] as const] : []),
	];
	return all.flatMap(([component, told, seen]) => (told === '' ? [] : [{component, version: told, os, resources: [refOf(node)], seen}]));
}

const ofPod = (pod: KubeObject): readonly PlacedComponent[] =>
	[...listAt(pod, 'spec', 'initContainers'), ...listAt(pod, 'spec', 'containers')].flatMap(container => {
		const image = textAt(container, 'image') ?? '';
		const component = ofImage(image);
		return component === undefined ? [] : [{component, version: tagOf(image) ?? '', resources: [refOf(pod)], seen: `image ${image}`}];
	});

/**
 * The programs of a cluster as its objects tell them: kubelets and runtimes by the status of Nodes, the rest by their images. The same program in the
 * same version is told once, with all that runs it.
 * @param server what the API server says of itself, where it was asked
 */
export function componentsOf(objects: readonly KubeObject[], server: string | undefined): readonly PlacedComponent[] {
	const nodes = objects.filter(({kind}) => kind === 'Node').flatMap(ofNode);
	// The server's own word counts: a tag may be anything.
	const pods = objects.filter(({kind}) => kind === 'Pod').flatMap(ofPod);
	const own: readonly PlacedComponent[] =
		server === undefined ? [] : [{component: 'kube-apiserver', version: server, resources: [], seen: 'GET /version'}];
	const kept = server === undefined ? pods : pods.filter(({component}) => component !== 'kube-apiserver');
	const groups = Map.groupBy([...own, ...kept, ...nodes], ({component, version, os}) => `${component} ${version} ${os ?? ''}`);
	return [...groups.values()].flatMap(([first, ...others]) =>
		first === undefined ? [] : [{...first, resources: [first, ...others].flatMap(({resources}) => resources)}],
	);
}
