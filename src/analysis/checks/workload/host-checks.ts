import {listAt, numberAt, valueAt} from '../../../core/kube/json-at.ts';
import {type AnyCheck, check} from '../check.ts';
import type {Workload} from '../world.ts';
import {isLinux, leftOut, onContainers, onWorkloads, setTo} from './on-containers.ts';

/** What a pod shares with its node. */
export const hostChecks: readonly AnyCheck[] = [
	check({
		id: 'host-network',
		family: 'workload',
		title: 'Pods do not use the network of their node',
		why: 'In the host network a pod sees the traffic of the node, reaches what listens on localhost there, and no NetworkPolicy holds it.',
		severity: 'high',
		...onWorkloads(shared('hostNetwork', 'is in the network of its node')),
	}),
	check({
		id: 'host-pid',
		family: 'workload',
		title: 'Pods do not share the process namespace of their node',
		why: 'Such a pod sees every process of the node, their arguments and environment, and as root can end or enter them.',
		severity: 'high',
		...onWorkloads(shared('hostPID', 'sees the processes of its node')),
	}),
	check({
		id: 'host-ipc',
		family: 'workload',
		title: 'Pods do not share the IPC namespace of their node',
		why: 'Such a pod reads and writes the shared memory of other processes of the node.',
		severity: 'high',
		...onWorkloads(shared('hostIPC', 'shares the memory segments of its node')),
	}),
	check({
		id: 'host-port',
		family: 'workload',
		title: 'Containers claim no port of their node',
		why: 'A host port is open on each address of the node, past Services and often past NetworkPolicies, and one pod a node can have it.',
		severity: 'medium',
		...onContainers(
			({container, path, name}, {podSpec}, {allowed}) =>
				// In the host network every port is a host port: the finding is that one.
				valueAt(podSpec, 'hostNetwork') === true
					? undefined
					: listAt(container, 'ports').flatMap((port, index) => {
							const hostPort = numberAt(port, 'hostPort') ?? 0;
							if (hostPort === 0 || allowed.includes(hostPort)) return [];
							return [leftOut(`${path}.ports[${index}].hostPort`, `container ${name} claims port ${hostPort} of its node`)];
						}),
			{settings: {allowed: [] as readonly number[]}},
		),
	}),
	check({
		id: 'host-ip',
		family: 'workload',
		title: 'Containers bind no port to an address of their node',
		why: 'A port bound to an address of the node is open beside the Services that people look at.',
		severity: 'low',
		...onContainers(({container, path, name}) =>
			listAt(container, 'ports').flatMap((port, index) => {
				const address = valueAt(port, 'hostIP');
				if (typeof address !== 'string' || address === '') return [];
				return [leftOut(`${path}.ports[${index}].hostIP`, `container ${name} binds a port to ${address} of its node`)];
			}),
		),
	}),
	check({
		id: 'host-users',
		family: 'workload',
		title: 'Pods that may run as root have users of their own',
		why: 'Root in the container is root on the node once it breaks out; with hostUsers: false it is nobody there.',
		severity: 'low',
		...onWorkloads(
			({podSpec, specPath, containers}) => {
				if (valueAt(podSpec, 'hostUsers') === false) return [];
				const rooted = containers.filter(
					({container}) => (valueAt(container, 'securityContext', 'runAsUser') ?? valueAt(podSpec, 'securityContext', 'runAsUser')) === 0,
				);
				// With a namespace of the host the API server refuses it.
				const isShared = ['hostNetwork', 'hostPID', 'hostIPC'].some(field => valueAt(podSpec, field) === true);
				if (rooted.length === 0 || isShared) return [];
				return [setTo(`${specPath}.hostUsers`, false, `container ${rooted.map(({name}) => name).join(', ')} runs as root of the node`)];
			},
			{to: isLinux},
		),
	}),
	check({
		id: 'share-process-namespace',
		family: 'workload',
		title: 'Containers of a pod do not see the processes of each other',
		why: 'With a shared process namespace one taken-over container reads the memory and files of all others of its pod.',
		severity: 'low',
		...onWorkloads(shared('shareProcessNamespace', 'shares one process namespace among its containers'), {to: isLinux}),
	}),
	check({
		id: 'host-aliases',
		family: 'workload',
		title: 'Pods do not rewrite names by hostAliases',
		why: 'An entry in the hosts file goes before DNS: whoever writes it sends the pod to a server of their choice.',
		severity: 'low',
		...onWorkloads(({podSpec, specPath}) =>
			listAt(podSpec, 'hostAliases').length === 0 ? [] : [leftOut(`${specPath}.hostAliases`, 'names are rewritten in its hosts file')],
		),
	}),
	check({
		id: 'host-network-dns',
		family: 'workload',
		title: 'Pods in the host network look names up in the cluster',
		why: 'In the host network the default dnsPolicy falls back to the resolver of the node: Services are not found, and queries leave the cluster.',
		severity: 'low',
		...onWorkloads(
			({podSpec, specPath}) =>
				['ClusterFirstWithHostNet', 'None', 'Default'].includes(String(valueAt(podSpec, 'dnsPolicy')))
					? []
					: [setTo(`${specPath}.dnsPolicy`, 'ClusterFirstWithHostNet', 'it is in the host network with the DNS policy ClusterFirst')],
			{to: ({podSpec}) => valueAt(podSpec, 'hostNetwork') === true},
		),
	}),
	check({
		id: 'privileged-ports',
		family: 'workload',
		title: 'Containers listen on ports from 1024 on',
		why: 'Ports below 1024 ask for root or NET_BIND_SERVICE, which a program behind a Service does not need.',
		severity: 'low',
		...onContainers(({container, path, name}) =>
			listAt(container, 'ports').flatMap((port, index) => {
				const number = numberAt(port, 'containerPort');
				if (number === undefined || number >= 1024) return [];
				return [{paths: [`${path}.ports[${index}].containerPort`], mends: [], evidence: `container ${name} listens on port ${number}`}];
			}),
		),
	}),
];

function shared(field: string, evidence: string) {
	return ({podSpec, specPath}: Workload) => (valueAt(podSpec, field) === true ? [leftOut(`${specPath}.${field}`, `it ${evidence}`)] : []);
}
