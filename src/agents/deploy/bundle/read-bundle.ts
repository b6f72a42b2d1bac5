import {withoutNoise} from '../../../core/diff/noise.ts';
import {isNotAllowed} from '../../../core/error.ts';
import {type KubeObject, type Ref, refOf, refText} from '../../../core/kube/kube-object.ts';
import {podNeeds} from '../../../core/kube/pod-needs.ts';
import {podSpecOf} from '../../../core/kube/pod-spec.ts';
import {pointingAt} from '../../../mcp/kubernetes/model/pointing-at.ts';
import {seeObject} from '../../../mcp/kubernetes/plan/see-object.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {readNeighbours} from '../../../mcp/kubernetes/read-neighbours.ts';
import type {Bundle} from './bundle.ts';
import {routeKinds, routesTo} from './routes-to.ts';
import {currentRevision, workloadHistory} from './workload-history.ts';

/** Kinds that point at a workload's pods, as `plural.group`. */
const around = ['services', 'horizontalpodautoscalers.autoscaling', 'poddisruptionbudgets.policy'];

/**
 * A workload with everything that a rollback has to bring back, as it is now. Only reads. What may not be read, and what the template names
 * and is not there, stands in `leftOut`.
 * @param workload a live Deployment, StatefulSet or DaemonSet
 */
export async function readBundle(cluster: Cluster, workload: KubeObject): Promise<Bundle> {
	const {namespace} = workload.metadata;
	const [used, {objects, notChecked}, revision] = await Promise.all([
		readUsed(cluster, workload),
		readNeighbours(cluster, namespace, [...around, ...routeKinds]),
		revisionNow(cluster, workload),
	]);
	const pointing = new Set(pointingAt(workload, objects).map(({ref}) => refText(ref)));
	const near = (kind: string) => objects.filter(object => object.kind === kind && pointing.has(refText(refOf(object))));
	const services = near('Service');
	const routes = routesTo(
		services,
		objects.filter(({kind}) => !['Service', 'HorizontalPodAutoscaler', 'PodDisruptionBudget'].includes(kind)),
	);
	const kept = (list: readonly KubeObject[]) =>
		list.map(asKept).toSorted((a, b) => refText(refOf(a)).localeCompare(refText(refOf(b)), 'en'));
	return {
		workload: asKept(workload),
		revision: revision.number,
		configs: kept(used.objects.filter(({kind}) => kind === 'ConfigMap')),
		secrets: kept(used.objects.filter(({kind}) => kind === 'Secret')),
		scalers: kept(near('HorizontalPodAutoscaler')),
		budgets: kept(near('PodDisruptionBudget')),
		services: kept(services),
		routes: kept(routes),
		leftOut: [...used.leftOut, ...notChecked, ...revision.notChecked],
	};
}

/** The object as a bundle keeps it. */
function asKept(object: KubeObject): KubeObject {
	const {metadata, ...rest} = withoutNoise(object);
	const {ownerReferences: _, finalizers: __, ...kept} = metadata;
	const {uid} = object.metadata;
	return {...rest, apiVersion: object.apiVersion, kind: object.kind, metadata: {...kept, ...(uid === undefined ? {} : {uid})}};
}

/** ConfigMaps and Secrets that the pod template names, each read once. */
async function readUsed(cluster: Cluster, workload: KubeObject) {
	const {namespace} = workload.metadata;
	const needs = podNeeds(podSpecOf(workload)).filter(({kind}) => kind === 'ConfigMap' || kind === 'Secret');
	const refs = new Map(
		needs.map(({kind, name}): [string, Ref] => [
			`${kind} ${name}`,
			{apiVersion: 'v1', kind, ...(namespace === undefined ? {} : {namespace}), name},
		]),
	);
	const answers = await Promise.all([...refs.values()].map(ref => readOne(cluster, ref)));
	return {
		objects: answers.flatMap(answer => (typeof answer === 'string' ? [] : [answer])),
		leftOut: answers.filter(answer => typeof answer === 'string'),
	};
}

/** The object, or why there is none. */
async function readOne(cluster: Cluster, ref: Ref): Promise<KubeObject | string> {
	const {object, refused} = await seeObject(cluster, ref);
	if (refused !== undefined) return `${refText(ref)}: reading it is not allowed`;
	return object ?? `${refText(ref)}: the pod template names it, and it is not there`;
}

async function revisionNow(
	cluster: Cluster,
	workload: KubeObject,
): Promise<{readonly number: number; readonly notChecked: readonly string[]}> {
	try {
		return {number: currentRevision(workload, await workloadHistory(cluster, workload)), notChecked: []};
	} catch (error) {
		if (!isNotAllowed(error)) throw error;
		return {number: currentRevision(workload, []), notChecked: [`the revisions of ${workload.metadata.name}: reading them is not allowed`]};
	}
}
