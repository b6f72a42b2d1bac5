import type {KubeObject} from '../../core/kube/kube-object.ts';
import type {Pod} from '../life/pod-shapes.ts';
import {quantity} from '../life/quantity.ts';
import {millis} from '../life/time.ts';
import type {World} from '../life/world.ts';
import type {Labels, Series} from './series.ts';

type Reads = Pick<World, 'list'>;
type Maker = (world: Reads) => readonly Series[];

/** What kube-state-metrics says of objects as they are now. Their past is not kept: the present value is answered for all times since the object was made. */
const gauge = (object: KubeObject, labels: Labels, value: number): Series => ({
	labels,
	from: millis(object.metadata.creationTimestamp),
	until: Number.POSITIVE_INFINITY,
	at: () => value,
});

const place = ({metadata}: KubeObject, kind: string): Labels => ({
	...(metadata.namespace === undefined ? {} : {namespace: metadata.namespace}),
	[kind]: metadata.name,
});

const ofDeployments =
	(name: string, read: (deployment: ReturnType<World['list']>[number] & {spec?: unknown; status?: unknown}) => number): Maker =>
	world =>
		world.list('Deployment').map(deployment => gauge(deployment, {__name__: name, ...place(deployment, 'deployment')}, read(deployment)));

const numberAt = (value: unknown, key: string) => {
	const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
	return typeof found === 'number' ? found : 0;
};

const ofResources =
	(name: string, side: 'requests' | 'limits'): Maker =>
	world =>
		world.list('Pod').flatMap(pod =>
			pod.spec.containers.flatMap(({name: container, resources}) =>
				Object.entries(resources?.[side] ?? {}).map(([resource, text]) => {
					const labels = {
						__name__: name,
						...place(pod, 'pod'),
						container,
						node: pod.spec.nodeName ?? '',
						resource,
						unit: resource === 'cpu' ? 'core' : 'byte',
					};
					return gauge(pod, labels, quantity(text));
				}),
			),
		);

const phases = ['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'];
const waitingReason = ({status}: Pod) =>
	(status?.containerStatuses ?? []).flatMap(({name, state}) =>
		state.waiting?.reason === undefined ? [] : [{name, reason: state.waiting.reason}],
	);

const makers: Readonly<Record<string, Maker>> = {
	kube_deployment_spec_replicas: ofDeployments('kube_deployment_spec_replicas', ({spec}) => numberAt(spec, 'replicas')),
	kube_deployment_status_replicas_available: ofDeployments('kube_deployment_status_replicas_available', ({status}) =>
		numberAt(status, 'availableReplicas'),
	),
	kube_pod_container_resource_requests: ofResources('kube_pod_container_resource_requests', 'requests'),
	kube_pod_container_resource_limits: ofResources('kube_pod_container_resource_limits', 'limits'),
	kube_pod_status_phase: world =>
		world
			.list('Pod')
			.flatMap(pod =>
				phases.map(phase =>
					gauge(pod, {__name__: 'kube_pod_status_phase', ...place(pod, 'pod'), phase}, Number(pod.status?.phase === phase)),
				),
			),
	kube_pod_container_status_waiting_reason: world =>
		world
			.list('Pod')
			.flatMap(pod =>
				waitingReason(pod).map(({name, reason}) =>
					gauge(pod, {__name__: 'kube_pod_container_status_waiting_reason', ...place(pod, 'pod'), container: name, reason}, 1),
				),
			),
	kube_node_status_allocatable: world =>
		world
			.list('Node')
			.flatMap(node =>
				Object.entries(node.status?.allocatable ?? {}).map(([resource, text]) =>
					gauge(node, {__name__: 'kube_node_status_allocatable', ...place(node, 'node'), resource}, quantity(text)),
				),
			),
	kubelet_volume_stats_capacity_bytes: world =>
		world
			.list('PersistentVolumeClaim')
			.map(claim =>
				gauge(
					claim,
					{__name__: 'kubelet_volume_stats_capacity_bytes', ...place(claim, 'persistentvolumeclaim')},
					quantity(claim.spec.resources?.requests?.storage),
				),
			),
	kubelet_volume_stats_used_bytes: world =>
		world.list('PersistentVolumeClaim').map(claim => {
			const labels = {__name__: 'kubelet_volume_stats_used_bytes', ...place(claim, 'persistentvolumeclaim')};
			const capacity = quantity(claim.spec.resources?.requests?.storage);
			const perDay = Number(claim.metadata.annotations?.[fillKey] ?? 0.01);
			const from = millis(claim.metadata.creationTimestamp);
			const at = (ms: number) => Math.round(capacity * Math.min(1, 0.2 + (perDay * (ms - from)) / 86_400_000));
			return {labels, from, until: Number.POSITIVE_INFINITY, at};
		}),
};

/** Annotation of a claim: share of the volume that fills in a day. */
const fillKey = 'sandbox.mkcoa.dev/fills-per-day';

/** The series of objects, of the metrics that are asked for. */
export function stateSeries(world: Reads, isAsked: (name: string) => boolean): readonly Series[] {
	return Object.entries(makers).flatMap(([name, make]) => (isAsked(name) ? make(world) : []));
}
