import {listAt, textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {textMapAt} from '../../../../mcp/kubernetes/model/fields.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import {readNeighbours} from '../../../../mcp/kubernetes/read-neighbours.ts';
import {isCopyOf, isCopySelector} from '../../traffic/copy/separate-copy.ts';
import {readAnywhere} from '../../traffic/routes/read-anywhere.ts';
import {isCopyService, placeOf, placesBehind} from '../../traffic/routes/route-objects.ts';
import {guardianName} from '../guardian/guardian-objects.ts';
import {isMarked} from './is-marked.ts';

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

/** A route may send requests to a Service of another namespace. */
const routeKinds = ['httproutes.gateway.networking.k8s.io', 'grpcroutes.gateway.networking.k8s.io', 'virtualservices.networking.istio.io'];

/** What a rollout of one workload made and left, and what still sends requests there. */
export type OwnObjects = {
	readonly objects: readonly KubeObject[];
	readonly sending: readonly string[];
	/** Routes that may send requests to a Service of its copies and could not be read. */
	readonly unread: readonly string[];
	readonly notChecked: readonly string[];
};

export const nothingOwn: OwnObjects = {objects: [], sending: [], unread: [], notChecked: []};

/**
 * Looks for what belongs to a rollout of a workload by its marks alone, where no script names it. Only Deployments get copies, and marks hold names
 * without a kind: what a mark calls web is never of StatefulSet web.
 */
export async function findOwn(cluster: Cluster, workload: KubeObject): Promise<OwnObjects> {
	if (workload.kind !== 'Deployment') return nothingOwn;
	const {namespace} = workload.metadata;
	const [near, ...routes] = await Promise.all([
		readNeighbours(cluster, namespace, kinds),
		...routeKinds.map(kind => readAnywhere(cluster, namespace, kind)),
	]);
	const copies = new Set(near.objects.filter(object => isMarked(object, workload)).map(({metadata: {name}}) => name));
	const objects = near.objects.filter(object => isMarked(object, workload) || isBeside(object, workload, copies));
	const places = new Set(objects.filter(({kind}) => kind === 'Service').map(placeOf));
	const switched = near.objects.filter(object => isCopyService(object) && !objects.includes(object) && isOfCopies(object, workload));
	const found = routes.flatMap(part => part.objects);
	const sending = [...found.filter(route => placesBehind(route).some(place => places.has(place))), ...switched];
	const unread = routes.flatMap(({notChecked}) => notChecked);
	return {
		objects,
		sending: sending.map(object => refText(refOf(object))),
		unread: places.size === 0 ? [] : unread,
		notChecked: near.notChecked,
	};
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
