import {repositoryOf} from '../../core/kube/image-reference.ts';
import {listAt, objectAt, textAt} from '../../core/kube/json-at.ts';
import {groupOf, type KubeObject} from '../../core/kube/kube-object.ts';
import {containersOf, podSpecOf} from '../../core/kube/pod-spec.ts';
import {bootstrapNames} from './bootstrap-names.ts';
import {type Component, components, type Distribution} from './platform-components.ts';

/** How a node tells on what kind of cluster it is. */
function distributionOfNode(node: KubeObject): Distribution | undefined {
	const provider = textAt(node, 'spec', 'providerID') ?? '';
	const labels = objectAt(node, 'metadata', 'labels');
	const kubelet = textAt(node, 'status', 'nodeInfo', 'kubeletVersion') ?? '';
	if (labels['minikube.k8s.io/name'] !== undefined) return 'minikube';
	if (provider.startsWith('kind://')) return 'kind';
	if (provider.startsWith('aws://') && /-eks-/.test(kubelet)) return 'EKS';
	if (provider.startsWith('gce://') && /-gke\./.test(kubelet)) return 'GKE';
	if (provider.startsWith('azure://') && labels['kubernetes.azure.com/cluster'] !== undefined) return 'AKS';
	return undefined;
}

/** On what kind of cluster nodes are; undefined where they do not agree, or none tells. */
export function distributionOf(nodes: readonly KubeObject[]): Distribution | undefined {
	const told = new Set(nodes.map(distributionOfNode));
	return told.size === 1 ? [...told][0] : undefined;
}

/** The annotation that a kubelet writes on the pods that it runs from files. */
const mirror = 'kubernetes.io/config.mirror';

function isInstalledAs(object: KubeObject, {name, as}: Component): boolean {
	const {metadata} = object;
	if (as !== 'mirror') return object.kind === as && metadata.name === name && (as === 'Pod' || metadata.ownerReferences === undefined);
	const node = metadata.ownerReferences?.find(({kind}) => kind === 'Node')?.name;
	return object.kind === 'Pod' && node !== undefined && metadata.name === `${name}-${node}` && metadata.annotations?.[mirror] !== undefined;
}

function isComponent(object: KubeObject, component: Component): boolean {
	if (object.metadata.namespace !== component.namespace || !isInstalledAs(object, component)) return false;
	const images = containersOf(podSpecOf(object)).map(each => repositoryOf(textAt(each, 'image') ?? ''));
	return images.length > 0 && images.every(image => component.images.test(image));
}

/** Subjects that only Kubernetes itself can sign in as, or that live where its own programs do. */
const isOwnSubject = (subject: KubeObject[string]) =>
	textAt(subject, 'kind') === 'ServiceAccount'
		? textAt(subject, 'namespace') === 'kube-system'
		: (textAt(subject, 'name') ?? '').startsWith('system:');

/** Roles and bindings that every API server makes for itself when it starts. */
function isBootstrapped(object: KubeObject): boolean {
	const {metadata} = object;
	if (groupOf(object.apiVersion) !== 'rbac.authorization.k8s.io' || !bootstrapNames.has(metadata.name)) return false;
	if (metadata.labels?.['kubernetes.io/bootstrapping'] !== 'rbac-defaults') return false;
	// A binding to which somebody added a subject is no longer the server's own.
	return listAt(object, 'subjects').every(isOwnSubject);
}

/**
 * What of Kubernetes itself an object is: `kind: kube-proxy`. Its name alone says nothing, since anybody may call a pod so: its namespace, the kind that it
 * is installed as, who owns it and where all its images come from must fit, on a cluster whose nodes say what it is.
 */
export function platformOf(object: KubeObject, distribution: Distribution | undefined): string | undefined {
	if (isBootstrapped(object)) return 'Kubernetes: default roles';
	if (distribution === undefined) return undefined;
	const component = components[distribution].find(each => isComponent(object, each));
	return component === undefined ? undefined : `${distribution}: ${component.name}`;
}
