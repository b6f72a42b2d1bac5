import {listAt, textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {textMapAt} from '../../../../mcp/kubernetes/model/fields.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import {readNeighbours} from '../../../../mcp/kubernetes/read-neighbours.ts';
import {isCopyOf, isCopySelector} from '../../traffic/copy/separate-copy.ts';
import {isCopyService, placeOf, placesBehind} from '../../traffic/routes/route-objects.ts';
import {guardianName} from '../guardian/guardian-objects.ts';

/** Kinds of which a rollout makes objects beside its workload, those that others need last. */
const kinds = [
	'jobs.batch',
	'rolebindings.rbac.authorization.k8s.io',
	'roles.rbac.authorization.k8s.io',
	'serviceaccounts',
	'horizontalpodautoscalers.autoscaling',
	'poddisruptionbudgets.policy',
	'deployments.apps',
	'destinationrules.networking.istio.io',
	'backendtlspolicies.gateway.networking.k8s.io',
	'services',
];

const routeKinds = ['httproutes.gateway.networking.k8s.io', 'grpcroutes.gateway.networking.k8s.io', 'virtualservices.networking.istio.io'];

/** What a rollout of one workload made and left, and what still sends requests there. */
export type OwnObjects = {
	readonly objects: readonly KubeObject[];
	readonly sending: readonly string[];
	readonly notChecked: readonly string[];
};

/** Looks for what belongs to a rollout of a workload by its marks alone, where no script names it. */
export async function findOwn(cluster: Cluster, workload: KubeObject): Promise<OwnObjects> {
	const {namespace} = workload.metadata;
	const [near, routes] = await Promise.all([readNeighbours(cluster, namespace, kinds), readNeighbours(cluster, namespace, routeKinds)]);
	const copies = new Set(near.objects.filter(object => isMarked(object, workload)).map(({metadata: {name}}) => name));
	const objects = near.objects.filter(object => isMarked(object, workload) || isBeside(object, workload, copies));
	const places = new Set(objects.filter(({kind}) => kind === 'Service').map(placeOf));
	const switched = near.objects.filter(object => isCopyService(object) && !objects.includes(object) && isOfCopies(object, workload));
	const sending = [...routes.objects.filter(route => placesBehind(route).some(place => places.has(place))), ...switched];
	return {objects, sending: sending.map(object => refText(refOf(object))), notChecked: [...near.notChecked, ...routes.notChecked]};
}

/** The annotation of a copy that shares the labels of the stable pods, and the label of one that does not. */
function isMarked({metadata}: KubeObject, {metadata: {name}}: KubeObject): boolean {
	const {labels = {}, annotations = {}} = metadata;
	const ours = labels['app.kubernetes.io/managed-by'] === 'mkcoa';
	return (ours && isCopyOf(labels, name)) || ['canary', 'baseline'].some(track => annotations[`mkcoa.dev/${track}-of`] === name);
}

/** Autoscalers and budgets of its copies carry the mark of mkcoa, and so does its guardian. */
function isBeside({kind, metadata, spec = {}}: KubeObject, workload: KubeObject, copies: ReadonlySet<string>): boolean {
	if (metadata.labels?.['app.kubernetes.io/managed-by'] !== 'mkcoa') return false;
	if (metadata.name === guardianName(workload.metadata.name))
		return listAt(metadata, 'ownerReferences').some(owner => textAt(owner, 'uid') === workload.metadata.uid);
	if (kind === 'HorizontalPodAutoscaler') return copies.has(textAt(spec, 'scaleTargetRef', 'name') ?? '');
	return kind === 'PodDisruptionBudget' && isCopyOf(textMapAt(spec, 'selector', 'matchLabels'), workload.metadata.name);
}

/** A Service of somebody else that sends requests to copies of this workload for the time of a switch. */
const isOfCopies = (service: KubeObject, {metadata: {name}}: KubeObject) => {
	const selector = textMapAt(service, 'spec', 'selector');
	return isCopySelector(selector) && isCopyOf(selector, name);
};
