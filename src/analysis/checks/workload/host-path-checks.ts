import {containerPath} from '../../../core/kube/container-path.ts';
import {listAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import {oncePerObject} from '../../../core/once-per-object.ts';
import {type AnyCheck, check, type Fault} from '../check.ts';
import type {Workload} from '../world.ts';
import {onWorkloads} from './on-containers.ts';

/** What a pod reads and writes of its node's files. */
export const hostPathChecks: readonly AnyCheck[] = [
	check({
		id: 'host-path',
		family: 'workload',
		title: 'Pods mount no files of their node',
		why: 'Files of the node outlive the pod and hold keys, logs and sockets of others; what is written there runs as somebody else.',
		severity: 'medium',
		...onWorkloads(workload => hostPathsOf(workload).map(hostPath => hostPathFault(hostPath, `mounts ${hostPath.directory} of its node`))),
	}),
	check({
		id: 'writable-host-path',
		family: 'workload',
		title: 'Pods mount files of their node read-only',
		why: 'A writable directory of the node lets a pod plant programs, cron jobs and static pods that run as root of the node.',
		severity: 'high',
		...onWorkloads(workload =>
			hostPathsOf(workload).flatMap(({path, directory, mounts}) =>
				mounts
					.filter(({isReadOnly}) => !isReadOnly)
					.map(
						(mount): Fault => ({
							paths: [`${mount.path}.readOnly`],
							mends: [{path: `${mount.path}.readOnly`, value: true}],
							evidence: `container ${mount.container} may write ${directory} of its node (volume ${path})`,
						}),
					),
			),
		),
	}),
	check({
		id: 'container-runtime-socket',
		family: 'workload',
		title: 'Pods do not mount the socket of the container runtime',
		why: 'Whoever reaches the socket starts containers on the node as they like, privileged ones too.',
		severity: 'critical',
		...onWorkloads(
			(workload, {sockets}) =>
				hostPathsOf(workload)
					.filter(({directory}) =>
						sockets.some(socket => directory === socket || (socket.startsWith(`${directory}/`) && runtimeFolders.has(directory))),
					)
					.map(hostPath => hostPathFault(hostPath, `mounts the runtime's ${hostPath.directory}`)),
			{
				settings: {
					sockets: [
						...['/var/run/docker.sock', '/run/docker.sock', '/var/run/docker', '/run/docker', '/run/containerd/containerd.sock'],
						...['/var/run/containerd/containerd.sock', '/run/crio/crio.sock', '/var/run/crio/crio.sock', '/var/run/dockershim.sock'],
						...['/run/podman/podman.sock', '/var/run/cri-dockerd.sock', '/run/cri-dockerd.sock', '/run/k3s/containerd/containerd.sock'],
					],
				},
			},
		),
	}),
	check({
		id: 'sensitive-host-path',
		family: 'workload',
		title: 'Pods do not mount the root, configuration or state of their node',
		why: "The files there are the node: keys of the kubelet, the control plane's manifests, devices, other pods' secrets.",
		severity: 'high',
		...onWorkloads(
			(workload, {directories}) =>
				hostPathsOf(workload)
					.filter(({directory}) => directory === '/' || directories.some(each => directory === each || directory.startsWith(`${each}/`)))
					.map(hostPath => hostPathFault(hostPath, `mounts ${hostPath.directory} of its node`)),
			{
				settings: {
					directories: [
						...['/etc', '/root', '/home', '/boot', '/dev', '/proc', '/sys', '/usr', '/lib', '/lib64', '/bin', '/sbin', '/opt/cni'],
						...['/var/lib/kubelet', '/var/lib/etcd', '/var/lib/docker', '/var/lib/containerd', '/var/lib/containers', '/var/lib/rancher'],
					],
				},
			},
		),
	}),
	check({
		id: 'node-credentials-path',
		family: 'workload',
		title: 'Pods do not mount cloud or cluster credentials of their node',
		why: 'Such files are the identity of the node: with them a pod acts in the cloud account or on the API server in its place.',
		severity: 'high',
		...onWorkloads(
			(workload, {files}) =>
				hostPathsOf(workload)
					.filter(({directory}) =>
						files.some(file => directory === file || directory.startsWith(`${file}/`) || endsWithFile(directory, file)),
					)
					.map(hostPath => hostPathFault(hostPath, `mounts credentials at ${hostPath.directory} of its node`)),
			{
				settings: {
					files: [
						...['/etc/kubernetes/admin.conf', '/etc/kubernetes/pki', '/etc/kubernetes/azure.json', '/var/lib/kubelet/pki'],
						...[
							'/var/lib/kubelet/kubeconfig',
							'.kube/config',
							'.aws',
							'.azure',
							'.config/gcloud',
							'.gcloud',
							'.docker/config.json',
							'.ssh',
						],
					],
				},
			},
		),
	}),
	check({
		id: 'host-logs',
		family: 'workload',
		title: 'Pods do not mount the logs of their node writable',
		why: 'The kubelet follows symbolic links in /var/log as root: a pod that writes there reads any file of the node.',
		severity: 'high',
		...onWorkloads(workload =>
			hostPathsOf(workload)
				.filter(({directory, mounts}) => /^\/var\/log(\/|$)/.test(directory) && mounts.some(({isReadOnly}) => !isReadOnly))
				.map(hostPath => hostPathFault(hostPath, `may write ${hostPath.directory} of its node`)),
		),
	}),
	check({
		id: 'bidirectional-mount',
		family: 'workload',
		title: 'Mounts of containers do not reach back into their node',
		why: 'With bidirectional propagation what a container mounts appears on the node and in other pods.',
		severity: 'high',
		...onWorkloads(({containers}) =>
			containers.flatMap(({container, path, name}) =>
				listAt(container, 'volumeMounts').flatMap((mount, index): readonly Fault[] => {
					if (valueAt(mount, 'mountPropagation') !== 'Bidirectional') return [];
					const field = `${path}.volumeMounts[${index}].mountPropagation`;
					return [
						{
							paths: [field],
							mends: [{path: field, remove: true}],
							evidence: `container ${name} mounts ${textAt(mount, 'mountPath')} both ways`,
						},
					];
				}),
			),
		),
	}),
	check({
		id: 'host-path-type',
		family: 'workload',
		title: 'Volumes of node files say what has to be there',
		why: 'Without a type, or with one that creates it, a wrong path becomes a new directory on the node, owned by root.',
		severity: 'low',
		...onWorkloads(workload =>
			hostPathsOf(workload)
				.filter(({type}) => type === '' || type === 'DirectoryOrCreate' || type === 'FileOrCreate')
				.map(({path, directory}) => ({
					paths: [`${path}.hostPath.type`],
					mends: [{path: `${path}.hostPath.type`, ask: 'type that has to be there, such as Directory or Socket'}],
					evidence: `${directory} of the node is taken whatever it is`,
				})),
		),
	}),
	check({
		id: 'volume-device',
		family: 'workload',
		title: 'Containers take no raw block device',
		why: 'A raw device goes past the permissions of a filesystem: who writes it writes all that is on it.',
		severity: 'low',
		...onWorkloads(({containers}) =>
			containers.flatMap(({container, path, name}) =>
				listAt(container, 'volumeDevices').map((device, index) => ({
					paths: [`${path}.volumeDevices[${index}]`],
					mends: [],
					evidence: `container ${name} has the device ${textAt(device, 'devicePath')}`,
				})),
			),
		),
	}),
];

type HostPath = {
	/** Of the volume: `spec.volumes[0]`. */
	readonly path: string;
	readonly directory: string;
	readonly type: string;
	readonly mounts: readonly {readonly container: string; readonly path: string; readonly isReadOnly: boolean}[];
};

/** Files of the node that some container mounts. A volume that none mounts is out of reach. */
const hostPathsOf = oncePerObject(({podSpec, specPath, containers}: Workload): readonly HostPath[] =>
	listAt(podSpec, 'volumes').flatMap((volume, index): readonly HostPath[] => {
		const directory = textAt(volume, 'hostPath', 'path');
		if (directory === undefined) return [];
		const name = textAt(volume, 'name');
		const mounts = containers.flatMap(each =>
			listAt(each.container, 'volumeMounts').flatMap((mount, at) =>
				valueAt(mount, 'name') === name
					? [{container: each.name, path: `${each.path}.volumeMounts[${at}]`, isReadOnly: valueAt(mount, 'readOnly') === true}]
					: [],
			),
		);
		const type = textAt(volume, 'hostPath', 'type') ?? '';
		return mounts.length === 0 ? [] : [{path: `${specPath}.volumes[${index}]`, directory: containerPath(directory), type, mounts}];
	}),
);

const hostPathFault = ({path, mounts}: HostPath, evidence: string): Fault => {
	const paths = [path, ...mounts.map(mount => mount.path)];
	return {paths, mends: paths.map(each => ({path: each, remove: true as const})), evidence: `it ${evidence}`};
};

/** Folders that hold little but the socket. */
const runtimeFolders = new Set(['/run', '/var/run', '/run/containerd', '/var/run/containerd', '/run/crio', '/var/run/crio', '/run/podman']);

/** `.aws` in any home. */
const endsWithFile = (directory: string, file: string) =>
	file.startsWith('.') && (directory.endsWith(`/${file}`) || directory.includes(`/${file}/`));
