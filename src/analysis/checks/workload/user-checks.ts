import type {Json} from '../../../core/json.ts';
import {listAt, numberAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import {type AnyCheck, check, type Fault} from '../check.ts';
import type {Workload, WorkloadContainer} from '../world.ts';
import {asked, inherited, isLinux, isWindows, onContainers, onWorkloads, setTo, toldOf} from './on-containers.ts';

/** As whom a container runs. */
export const userChecks: readonly AnyCheck[] = [
	check({
		id: 'run-as-root',
		family: 'workload',
		title: 'Containers do not run as root',
		why: 'Root in a container is one kernel fault away from root on the node, and may do in the image what it likes.',
		severity: 'medium',
		...onContainers((container, workload) => rootFault(container, workload), {to: isLinux}),
	}),
	check({
		id: 'run-as-user-zero',
		family: 'workload',
		title: 'Containers are not told to run as user 0',
		why: 'runAsUser: 0 makes a root of a container whose image had chosen another user.',
		severity: 'medium',
		...onContainers(
			(container, workload) => {
				const place = placeOf(container, workload, 'runAsUser');
				return place.value === 0
					? asked(place.path, 'user above 0 that the image can run as', `container ${container.name} is run as user 0`)
					: undefined;
			},
			{to: isLinux},
		),
	}),
	check({
		id: 'low-user-id',
		family: 'workload',
		title: 'Containers run as users above 10000',
		why: 'A small user id is somebody on the node too: what breaks out has their files.',
		severity: 'low',
		...onContainers(
			(container, workload, {lowest}) => {
				const place = placeOf(container, workload, 'runAsUser');
				const user = typeof place.value === 'number' ? place.value : undefined;
				if (user === undefined || user === 0 || user >= lowest) return undefined;
				return asked(place.path, `user from ${lowest} on`, `container ${container.name} runs as user ${user}`);
			},
			{to: isLinux, settings: {lowest: 10_000}},
		),
	}),
	check({
		id: 'root-group',
		family: 'workload',
		title: 'Containers do not run in the group root',
		why: 'Files that the group root may write are many in images and on volumes.',
		severity: 'low',
		...onContainers(
			(container, workload) => {
				const place = placeOf(container, workload, 'runAsGroup');
				return place.value === 0 ? asked(place.path, 'group above 0', `container ${container.name} runs in group 0`) : undefined;
			},
			{to: isLinux},
		),
	}),
	check({
		id: 'run-as-group-unset',
		family: 'workload',
		title: 'Containers that are given a user are given a group',
		why: 'A container with a user but without a group runs in the group root.',
		severity: 'low',
		...onContainers(
			(container, workload) => {
				const user = placeOf(container, workload, 'runAsUser');
				const group = placeOf(container, workload, 'runAsGroup');
				if (user.value === undefined || user.value === 0 || group.value !== undefined) return undefined;
				return asked(
					group.path,
					'group above 0',
					`container ${container.name} runs as user ${user.value} in the group that its image names, or root`,
				);
			},
			{to: isLinux},
		),
	}),
	check({
		id: 'fs-group-unset',
		family: 'workload',
		title: 'Pods with volumes of their own say which group owns them',
		why: 'Without fsGroup a claim belongs to root, and whoever needs to write it is made root.',
		severity: 'low',
		...onWorkloads(
			({podSpec, specPath}, {anyPod}) => {
				const hasClaim = listAt(podSpec, 'volumes').some(volume =>
					['persistentVolumeClaim', 'ephemeral'].some(kind => valueAt(volume, kind) !== undefined),
				);
				if (valueAt(podSpec, 'securityContext', 'fsGroup') !== undefined || (!hasClaim && !anyPod)) return [];
				return [asked(`${specPath}.securityContext.fsGroup`, 'group that owns its volumes', 'no group owns its volumes')];
			},
			{to: isLinux, settings: {anyPod: false}},
		),
	}),
	check({
		id: 'fs-group-root',
		family: 'workload',
		title: 'Volumes do not belong to the group root',
		why: 'fsGroup: 0 puts every process of the pod into the group root.',
		severity: 'low',
		...onWorkloads(
			({podSpec, specPath}) =>
				valueAt(podSpec, 'securityContext', 'fsGroup') === 0
					? [asked(`${specPath}.securityContext.fsGroup`, 'group above 0', 'its volumes belong to group 0')]
					: [],
			{to: isLinux},
		),
	}),
	check({
		id: 'fs-group-change-policy',
		family: 'workload',
		title: 'Pods with fsGroup say when their volumes change owner',
		why: 'Without a policy each start goes through all files of a volume: a large one keeps a pod away for minutes.',
		severity: 'low',
		...onWorkloads(
			({podSpec, specPath}, {accepted}) => {
				const policy = textAt(podSpec, 'securityContext', 'fsGroupChangePolicy');
				if (policy !== undefined && accepted.includes(policy)) return [];
				return [
					setTo(
						`${specPath}.securityContext.fsGroupChangePolicy`,
						accepted[0] ?? 'OnRootMismatch',
						`its fsGroupChangePolicy is ${policy ?? 'not set'}`,
					),
				];
			},
			{
				to: workload => isLinux(workload) && valueAt(workload.podSpec, 'securityContext', 'fsGroup') !== undefined,
				settings: {accepted: ['OnRootMismatch', 'Always']},
			},
		),
	}),
	check({
		id: 'root-supplemental-group',
		family: 'workload',
		title: 'Pods have no supplemental group 0',
		why: 'The group root may write much in images and on volumes.',
		severity: 'medium',
		...onWorkloads(
			({podSpec, specPath}) => {
				const groups = listAt(podSpec, 'securityContext', 'supplementalGroups');
				if (!groups.includes(0)) return [];
				const path = `${specPath}.securityContext.supplementalGroups`;
				return [{paths: [path], mends: [{path, value: groups.filter(group => group !== 0)}], evidence: 'it is in group 0 besides'}];
			},
			{to: isLinux},
		),
	}),
	check({
		id: 'windows-administrator',
		family: 'workload',
		title: 'Windows containers do not run as administrator',
		why: 'ContainerAdministrator changes any file and service of its container, and more than that once it breaks out.',
		severity: 'medium',
		...onContainers(
			(container, workload) => {
				const own = `${container.path}.securityContext.windowsOptions.runAsUserName`;
				const user = inherited(container, workload, 'windowsOptions', 'runAsUserName');
				if (typeof user !== 'string' || !/(^|\\)(containeradministrator|administrator|system)$/i.test(user)) return undefined;
				return setTo(own, 'ContainerUser', `container ${container.name} runs as ${user}`);
			},
			{to: isWindows},
		),
	}),
	check({
		id: 'windows-user-unset',
		family: 'workload',
		title: 'Windows containers say as whom they run',
		why: 'Without runAsUserName or runAsNonRoot the image decides, and many images run as administrator.',
		severity: 'low',
		...onContainers(
			(container, workload) => {
				if (inherited(container, workload, 'windowsOptions', 'runAsUserName') !== undefined) return undefined;
				if (inherited(container, workload, 'runAsNonRoot') === true) return undefined;
				const path = `${container.path}.securityContext.windowsOptions.runAsUserName`;
				return setTo(path, 'ContainerUser', `container ${container.name} runs as whom its image names`);
			},
			{to: isWindows},
		),
	}),
	check({
		id: 'windows-host-process',
		family: 'workload',
		title: 'Windows containers are not host processes',
		why: 'A HostProcess container runs on the node itself, as a user of the node, with its files and devices.',
		severity: 'high',
		...onWorkloads(({podSpec, specPath, containers}) => [
			...hostProcessIn(podSpec, specPath, 'the pod'),
			...containers.flatMap(({container, path, name}) => hostProcessIn(container, path, `container ${name}`)),
		]),
	}),
	check({
		id: 'windows-gmsa-unset',
		family: 'workload',
		title: 'Windows containers have a managed service account of the domain',
		why: 'Without a group managed service account a program that needs the domain carries a password of its own.',
		severity: 'low',
		...onContainers(
			(container, workload) =>
				inherited(container, workload, 'windowsOptions', 'gmsaCredentialSpecName') === undefined &&
				inherited(container, workload, 'windowsOptions', 'gmsaCredentialSpec') === undefined
					? asked(
							`${container.path}.securityContext.windowsOptions.gmsaCredentialSpecName`,
							'name of a GMSACredentialSpec, where it needs the domain',
							`container ${container.name} has no managed service account`,
						)
					: undefined,
			{to: isWindows},
		),
	}),
];

/** The field where a container has it, else where its pod has it, else where the container should have it. */
function placeOf(
	{container, path}: WorkloadContainer,
	{podSpec, specPath}: Workload,
	field: string,
): {readonly path: string; readonly value: Json | undefined} {
	const own = valueAt(container, 'securityContext', field);
	const ofPod = valueAt(podSpec, 'securityContext', field);
	return own === undefined && ofPod !== undefined
		? {path: `${specPath}.securityContext.${field}`, value: ofPod}
		: {path: `${path}.securityContext.${field}`, value: own};
}

/** A container is no root if a user above 0 is named, or if the kubelet is told to refuse root; a named user 0 beats all. */
function rootFault(container: WorkloadContainer, workload: Workload): Fault | undefined {
	const user = numberAt({value: placeOf(container, workload, 'runAsUser').value ?? null}, 'value');
	const nonRoot = placeOf(container, workload, 'runAsNonRoot');
	if (user === 0) {
		const place = placeOf(container, workload, 'runAsUser');
		// With runAsNonRoot: true the kubelet refuses to start it, which is safe and no use.
		return nonRoot.value === true ? undefined : toldOf([place.path], `container ${container.name} runs as user 0`);
	}
	if (user !== undefined || nonRoot.value === true) return undefined;
	const evidence = `container ${container.name} ${nonRoot.value === false ? 'may run as root' : 'runs as whom its image names, root where it names none'}`;
	return setTo(nonRoot.path, true, evidence);
}

function hostProcessIn(holder: Json, path: string, who: string): readonly Fault[] {
	const field = `${path}.securityContext.windowsOptions.hostProcess`;
	return valueAt(holder, 'securityContext', 'windowsOptions', 'hostProcess') === true
		? [setTo(field, false, `${who} is a process of the node`)]
		: [];
}
