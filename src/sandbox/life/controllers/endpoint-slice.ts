import {canonicalJson} from '../../../core/json.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {fitsMap} from '../../../core/kube/selector.ts';
import {type Controller, itself, type Key, keyOf, type Tools} from '../controller.ts';
import {controllerReference} from '../owners.ts';
import type {Labels, Pod} from '../pod-shapes.ts';
import {isFinished, isReady} from '../pod-state.ts';
import type {Node, Service} from '../shapes.ts';
import {timestamp} from '../time.ts';
import {isKind} from '../world.ts';

const manager = 'kube-controller-manager';

/** Lists the pods behind each Service that has a selector: as an EndpointSlice and, for older readers, as Endpoints. */
export function endpointSliceController(tools: Tools): Controller {
	const {world, machine, clock} = tools;
	const servicesFor = (namespace: string | undefined, labels: Labels | undefined): readonly Key[] =>
		world
			.list('Service', namespace)
			.filter(({spec}) => spec.selector !== undefined && fitsMap(spec.selector, labels))
			.map(keyOf);
	return {
		name: 'endpointslice-controller',
		concerns: {
			Service: itself,
			Pod: ({type, object, before}) => {
				if (type === 'MODIFIED' && before !== undefined && looksSame(object, before)) return [];
				const now = servicesFor(object.metadata.namespace, object.metadata.labels);
				return before === undefined || before.metadata.labels === object.metadata.labels
					? now
					: [...now, ...servicesFor(object.metadata.namespace, before.metadata.labels)];
			},
		},
		sync({namespace, name}) {
			const service = world.get('Service', namespace, name);
			if (service?.spec.selector === undefined || service.metadata.deletionTimestamp !== undefined) return undefined;
			const selector = service.spec.selector;
			const pods = world
				.list('Pod', namespace)
				.filter(pod => fitsMap(selector, pod.metadata.labels) && pod.status?.podIP !== undefined && !isFinished(pod));
			writeSlice(tools, service, pods);
			writeEndpoints(machine, service, pods, clock.now());
			return undefined;
		},
	};
}

/** Nothing that an endpoint shows has changed. */
function looksSame(object: KubeObject, before: KubeObject): boolean {
	if (!isKind(object, 'Pod') || !isKind(before, 'Pod')) return false;
	return (
		isReady(object) === isReady(before) &&
		isFinished(object) === isFinished(before) &&
		object.status?.podIP === before.status?.podIP &&
		object.metadata.deletionTimestamp === before.metadata.deletionTimestamp &&
		object.metadata.labels === before.metadata.labels
	);
}

type Port = NonNullable<Service['spec']['ports']>[number];

/** The number behind a target port; a name is looked up in the pod, and is undefined where the pod has none of that name. */
function targetPortOf({targetPort, port}: Port, pod: Pod): number | undefined {
	if (typeof targetPort !== 'string') return targetPort ?? port;
	return pod.spec.containers.flatMap(({ports}) => ports ?? []).find(({name}) => name === targetPort)?.containerPort;
}

function portsOf({spec}: Service, pods: readonly Pod[]) {
	return (spec.ports ?? []).flatMap(port => {
		const number =
			pods.flatMap(pod => targetPortOf(port, pod) ?? [])[0] ??
			(typeof port.targetPort === 'string' ? undefined : (port.targetPort ?? port.port));
		return number === undefined ? [] : [{name: port.name ?? '', port: number, protocol: port.protocol ?? 'TCP'}];
	});
}

function writeSlice({machine, world, clock, suffix}: Tools, service: Service, pods: readonly Pod[]) {
	const {namespace, name} = service.metadata;
	const endpoints = pods.map(pod => ({
		addresses: [pod.status?.podIP ?? ''],
		conditions: {
			ready: service.spec.publishNotReadyAddresses === true || (isReady(pod) && pod.metadata.deletionTimestamp === undefined),
			serving: isReady(pod),
			terminating: pod.metadata.deletionTimestamp !== undefined,
		},
		nodeName: pod.spec.nodeName,
		targetRef: {kind: 'Pod', name: pod.metadata.name, namespace, uid: pod.metadata.uid},
		...zoneOf(world.get('Node', undefined, pod.spec.nodeName ?? '')),
	}));
	const body = {addressType: 'IPv4', endpoints, ports: portsOf(service, pods)};
	const annotations = {'endpoints.kubernetes.io/last-change-trigger-time': timestamp(clock.now())};
	const found = world.list('EndpointSlice', namespace).find(({metadata}) => metadata.labels?.['kubernetes.io/service-name'] === name);
	if (found === undefined) {
		const metadata = {
			name: `${name}-${suffix(`${name}-`)}`,
			generateName: `${name}-`,
			namespace,
			labels: {
				...service.metadata.labels,
				'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
				'kubernetes.io/service-name': name,
				...headless(service),
			},
			annotations,
			ownerReferences: [controllerReference(service)],
		};
		machine.create({apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', metadata, ...body}, manager);
	} else if (
		canonicalJson({endpoints: found.endpoints ?? [], ports: found.ports ?? []}) !== canonicalJson({endpoints, ports: body.ports})
	) {
		machine.update(
			{...found, ...body, metadata: {...found.metadata, annotations: {...found.metadata.annotations, ...annotations}}},
			manager,
		);
	}
}

const headless = ({spec}: Service) => (spec.clusterIP === 'None' ? {'service.kubernetes.io/headless': ''} : {});

const zoneOf = (node: Node | undefined) => {
	const zone = node?.metadata.labels?.['topology.kubernetes.io/zone'];
	return zone === undefined ? {} : {zone};
};

function writeEndpoints(machine: Tools['machine'], service: Service, pods: readonly Pod[], nowMs: number) {
	const {namespace, name} = service.metadata;
	const addresses = (ready: boolean) =>
		pods
			.filter(pod => isReady(pod) === ready && pod.metadata.deletionTimestamp === undefined)
			.map(pod => ({
				ip: pod.status?.podIP,
				nodeName: pod.spec.nodeName,
				targetRef: {kind: 'Pod', name: pod.metadata.name, namespace, uid: pod.metadata.uid},
			}));
	const [good, bad] = [addresses(true), addresses(false)];
	const ports = portsOf(service, pods).map(({name: portName, ...rest}) => (portName === '' ? rest : {name: portName, ...rest}));
	const subset = {...(good.length > 0 ? {addresses: good} : {}), ...(bad.length > 0 ? {notReadyAddresses: bad} : {}), ports};
	const subsets = good.length + bad.length === 0 || ports.length === 0 ? undefined : [subset];
	const found = machine.get('Endpoints', namespace, name);
	if (found !== undefined && canonicalJson(found.subsets) === canonicalJson(subsets)) return;
	const annotations = {'endpoints.kubernetes.io/last-change-trigger-time': timestamp(nowMs)};
	const object = {
		apiVersion: 'v1',
		kind: 'Endpoints',
		metadata: {name, namespace, labels: {...service.metadata.labels, ...headless(service)}, annotations},
		...(subsets === undefined ? {} : {subsets}),
	};
	if (found === undefined)
		machine.create({...object, metadata: {...object.metadata, ownerReferences: [controllerReference(service)]}}, manager);
	else machine.update({...object, metadata: {...found.metadata, annotations}}, manager);
}
