import {isJsonObject} from '../../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import {type AnyCheck, check, type Fault} from '../check.ts';
import type {Workload, WorkloadContainer} from '../world.ts';
import {asked, inherited, isLinux, leftOut, onContainers, onWorkloads, setTo} from './on-containers.ts';

/** What the kernel lets a container do. */
export const kernelChecks: readonly AnyCheck[] = [
	check({
		id: 'seccomp-unset',
		family: 'workload',
		title: 'Containers have a seccomp profile',
		why: 'Without a profile a process may make every system call, those too that broke out of containers before.',
		severity: 'medium',
		...onContainers(
			(container, workload) => {
				if (seccompOf(container, workload) !== undefined) return undefined;
				return setTo(
					`${container.path}.securityContext.seccompProfile.type`,
					'RuntimeDefault',
					`container ${container.name} has no seccomp profile`,
				);
			},
			{to: isLinux},
		),
	}),
	check({
		id: 'seccomp-unconfined',
		family: 'workload',
		title: 'No container is freed of its seccomp profile',
		why: 'Unconfined lets a process make every system call, those too that broke out of containers before.',
		severity: 'high',
		...onWorkloads(
			seccompFaults(type => type !== 'Unconfined' && type !== 'unconfined'),
			{to: isLinux},
		),
	}),
	check({
		id: 'seccomp-profile',
		family: 'workload',
		title: 'Containers have one of the accepted seccomp profiles',
		why: 'A profile of its own may allow more than the runtime would: the default of the runtime is known to hold.',
		severity: 'low',
		...onWorkloads(
			(workload, {accepted}) => [
				...seccompFaults(type => accepted.includes(type))(workload),
				...workload.containers
					.filter(container => seccompOf(container, workload) === undefined)
					.map(({path, name, role}): Fault => {
						const field = `${path}.securityContext.seccompProfile.type`;
						const mends = role === 'ephemeral' ? [] : [{path: field, value: 'RuntimeDefault'}];
						return {paths: [field], mends, evidence: `container ${name} has no seccomp profile`};
					}),
			],
			{to: isLinux, settings: {accepted: ['RuntimeDefault', 'Localhost', 'runtime/default', 'docker/default']}},
		),
	}),
	check({
		id: 'no-kernel-confinement',
		family: 'workload',
		title: 'Containers are confined by seccomp, AppArmor, SELinux or fewer capabilities',
		why: 'Nothing but the kernel itself stands between such a container and its node.',
		severity: 'medium',
		...onContainers(
			(container, workload) => {
				if (isConfined(container, workload)) return undefined;
				return setTo(
					`${container.path}.securityContext.seccompProfile.type`,
					'RuntimeDefault',
					`nothing confines container ${container.name}`,
				);
			},
			{to: isLinux},
		),
	}),
	check({
		id: 'apparmor-unconfined',
		family: 'workload',
		title: 'No container is freed of its AppArmor profile',
		why: 'Where the node has AppArmor, unconfined takes away what the runtime forbids by default.',
		severity: 'high',
		...onWorkloads(
			workload => {
				const {podSpec, specPath, containers, annotations} = workload;
				const holders = [{holder: podSpec, path: specPath}, ...containers.map(({container, path}) => ({holder: container, path}))];
				const fields = holders.flatMap(({holder, path}) =>
					textAt(holder, 'securityContext', 'appArmorProfile', 'type') === 'Unconfined'
						? [`${path}.securityContext.appArmorProfile.type`]
						: [],
				);
				const marks = Object.entries(annotations)
					.filter(([key, value]) => key.startsWith(appArmorAnnotation) && value === 'unconfined')
					.map(([key]) => `${metadataPath(workload)}.annotations[${key}]`);
				return [
					...fields.map(path => setTo(path, 'RuntimeDefault', 'AppArmor is switched off')),
					...marks.map(path => setTo(path, 'runtime/default', 'AppArmor is switched off')),
				];
			},
			{to: isLinux},
		),
	}),
	check({
		id: 'selinux-options-unset',
		family: 'workload',
		title: 'Containers name their SELinux options',
		why: 'On nodes with SELinux a category of its own keeps a pod from the files of others on shared volumes.',
		severity: 'low',
		...onContainers(
			(container, workload) => {
				const options = inherited(container, workload, 'seLinuxOptions');
				if (isJsonObject(options) && Object.keys(options).length > 0) return undefined;
				const ask = 'SELinux level or type, where its nodes have SELinux';
				return asked(`${container.path}.securityContext.seLinuxOptions`, ask, `container ${container.name} names no SELinux options`);
			},
			{to: isLinux},
		),
	}),
	check({
		id: 'selinux-type',
		family: 'workload',
		title: 'No container takes a SELinux type that frees it',
		why: 'A type such as spc_t or unconfined_t switches SELinux off for the container; another user or role may enter what it should not.',
		severity: 'high',
		...onWorkloads(
			({podSpec, specPath, containers}, {types}) => [
				...selinuxFaults(objectAt(podSpec, 'securityContext', 'seLinuxOptions'), specPath, types),
				...containers.flatMap(({container, path}) => selinuxFaults(objectAt(container, 'securityContext', 'seLinuxOptions'), path, types)),
			],
			{to: isLinux, settings: {types: ['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t']}},
		),
	}),
	check({
		id: 'proc-mount',
		family: 'workload',
		title: 'Containers see a masked /proc',
		why: 'An unmasked /proc shows and takes settings of the kernel of the node.',
		severity: 'high',
		...onContainers(({container, path, name}) => {
			const mount = valueAt(container, 'securityContext', 'procMount');
			if (mount === undefined || mount === null || mount === 'Default') return undefined;
			return setTo(`${path}.securityContext.procMount`, 'Default', `container ${name} has procMount ${String(mount)}`);
		}),
	}),
	check({
		id: 'unsafe-sysctls',
		family: 'workload',
		title: 'Pods set no kernel parameter that is not known to be safe',
		why: 'A parameter outside of the safe list reaches other pods of the node, or the node itself.',
		severity: 'medium',
		...onWorkloads(
			({podSpec, specPath}, {safe}) => {
				const path = `${specPath}.securityContext.sysctls`;
				const set = listAt(podSpec, 'securityContext', 'sysctls');
				const bad = set.filter(each => !safe.includes(String(valueAt(each, 'name')).replaceAll('/', '.')));
				if (bad.length === 0) return [];
				const value = set.filter(each => !bad.includes(each));
				return [{paths: [path], mends: [{path, value}], evidence: `it sets ${bad.map(each => String(valueAt(each, 'name'))).join(', ')}`}];
			},
			{
				to: isLinux,
				settings: {
					// https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/#safe-and-unsafe-sysctls
					safe: [
						...['kernel.shm_rmid_forced', 'net.ipv4.ip_local_port_range', 'net.ipv4.tcp_syncookies', 'net.ipv4.ping_group_range'],
						...['net.ipv4.ip_unprivileged_port_start', 'net.ipv4.ip_local_reserved_ports', 'net.ipv4.tcp_keepalive_time'],
						...['net.ipv4.tcp_fin_timeout', 'net.ipv4.tcp_keepalive_intvl', 'net.ipv4.tcp_keepalive_probes'],
						...['net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem'],
					],
				},
			},
		),
	}),
	check({
		id: 'writable-root-filesystem',
		family: 'workload',
		title: 'Containers have a read-only root filesystem',
		why: 'Into a writable root an attacker loads tools, and changes the program that runs.',
		severity: 'low',
		...onContainers(
			({container, path, name}) =>
				valueAt(container, 'securityContext', 'readOnlyRootFilesystem') === true
					? undefined
					: setTo(`${path}.securityContext.readOnlyRootFilesystem`, true, `container ${name} may write its own root filesystem`),
			{to: isLinux},
		),
	}),
	check({
		id: 'security-context-unset',
		family: 'workload',
		title: 'Containers have a security context, of their own or of their pod',
		why: 'Without one a container runs as whom its image likes, with whatever the runtime gives by default.',
		severity: 'low',
		...onContainers(({container, path, name}, {podSpec}) =>
			Object.keys(objectAt(container, 'securityContext')).length > 0 || Object.keys(objectAt(podSpec, 'securityContext')).length > 0
				? undefined
				: asked(`${path}.securityContext`, 'security context', `container ${name} has no security context`),
		),
	}),
	check({
		id: 'tty',
		family: 'workload',
		title: 'Containers keep no terminal or standard input open',
		why: 'A terminal is for a person at the keyboard: on a server whoever attaches to it types into the program.',
		severity: 'low',
		...onContainers(
			({container, path, name}) =>
				['tty', 'stdin']
					.filter(field => valueAt(container, field) === true)
					.map(field => leftOut(`${path}.${field}`, `container ${name} keeps ${field} open`)),
			{roles: ['init', 'main']},
		),
	}),
];

const appArmorAnnotation = 'container.apparmor.security.beta.kubernetes.io/';

/** Before 1.19 profiles were named by annotations, which objects may still carry. */
function seccompOf({container, name}: WorkloadContainer, {podSpec, annotations}: Workload): string | undefined {
	return (
		textAt(container, 'securityContext', 'seccompProfile', 'type') ??
		textAt(podSpec, 'securityContext', 'seccompProfile', 'type') ??
		textAt(annotations, `container.seccomp.security.alpha.kubernetes.io/${name}`) ??
		textAt(annotations, 'seccomp.security.alpha.kubernetes.io/pod')
	);
}

/** Bad profiles where they are said: of a pod only if some container has none of its own. */
function seccompFaults(isGood: (type: string) => boolean) {
	return (workload: Workload): readonly Fault[] => {
		const {podSpec, specPath, containers, annotations} = workload;
		const ofPod = textAt(podSpec, 'securityContext', 'seccompProfile', 'type');
		const own = containers.map(each => ({...each, type: textAt(each.container, 'securityContext', 'seccompProfile', 'type')}));
		const field = 'securityContext.seccompProfile.type';
		const marks = Object.entries(annotations).filter(
			([key, value]) => key.includes('seccomp.security.alpha.kubernetes.io/') && typeof value === 'string' && !isGood(value),
		);
		return [
			...own.flatMap(({path, name, type, role}): readonly Fault[] => {
				if (type === undefined || isGood(type)) return [];
				const mends = role === 'ephemeral' ? [] : [{path: `${path}.${field}`, value: 'RuntimeDefault'}];
				return [{paths: [`${path}.${field}`], mends, evidence: `the seccomp profile of container ${name} is ${type}`}];
			}),
			...(ofPod !== undefined && !isGood(ofPod) && own.some(({type}) => type === undefined)
				? [setTo(`${specPath}.${field}`, 'RuntimeDefault', `the seccomp profile of the pod is ${ofPod}`)]
				: []),
			...marks.map(([key, value]) =>
				setTo(`${metadataPath(workload)}.annotations[${key}]`, 'runtime/default', `the seccomp profile is ${String(value)}`),
			),
		];
	};
}

/** `spec.template.spec` → `spec.template.metadata`; of a Pod, `metadata`. */
const metadataPath = ({specPath}: Workload) => specPath.replace(/spec$/, 'metadata');

function isConfined(container: WorkloadContainer, workload: Workload): boolean {
	const seccomp = seccompOf(container, workload);
	if (seccomp !== undefined && seccomp.toLowerCase() !== 'unconfined') return true;
	const appArmor =
		inherited(container, workload, 'appArmorProfile', 'type') ?? workload.annotations[`${appArmorAnnotation}${container.name}`];
	if (typeof appArmor === 'string' && appArmor.toLowerCase() !== 'unconfined') return true;
	const options = inherited(container, workload, 'seLinuxOptions');
	if (isJsonObject(options) && Object.keys(options).length > 0) return true;
	const capabilities = objectAt(container.container, 'securityContext', 'capabilities');
	const added = listAt(capabilities, 'add').map(each => String(each).toUpperCase());
	return listAt(capabilities, 'drop').length > 0 && !added.includes('ALL');
}

function selinuxFaults(options: Workload['podSpec'], path: string, types: readonly string[]): readonly Fault[] {
	const type = textAt(options, 'type');
	const at = `${path}.securityContext.seLinuxOptions`;
	return [
		...(type === undefined || types.includes(type) ? [] : [leftOut(`${at}.type`, `its SELinux type is ${type}`)]),
		...['user', 'role'].flatMap(field => {
			const value = textAt(options, field);
			return value === undefined || value === '' ? [] : [leftOut(`${at}.${field}`, `its SELinux ${field} is ${value}`)];
		}),
	];
}
