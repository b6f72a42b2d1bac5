import type {Json} from '../../../core/json.ts';
import {textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {Check, Fault, Settings} from '../check.ts';
import type {Workload, WorkloadContainer, World} from '../world.ts';

/** Kinds that run pods, as checks name what they read. */
export const workloadKinds: readonly string[] = [
	...['Pod', 'ReplicationController', 'apps/Deployment', 'apps/ReplicaSet', 'apps/DaemonSet', 'apps/StatefulSet'],
	...['batch/Job', 'batch/CronJob'],
];

/** The part of a check that looks. */
type Looks<Given extends Settings> = Pick<Check<Given>, 'reads' | 'look' | 'settings'>;

type Choice<Given extends Settings> = {
	readonly settings?: Given;
	/** Kinds that it needs beside those that run pods. */
	readonly reads?: readonly string[];
	/** Workloads that it applies to, all where nothing is said. */
	readonly to?: (workload: Workload) => boolean;
};

/** A check that looks at each workload by itself, with the rest of the world at hand. */
export const onWorkloads = <Given extends Settings = Settings>(
	find: (workload: Workload, settings: Given, world: World) => readonly Fault[],
	{settings = {} as Given, reads = [], to = () => true}: Choice<Given> = {},
): Looks<Given> => ({
	reads: [...workloadKinds, ...reads],
	settings,
	look: (world, given) => world.workloads.filter(to).map(workload => ({resource: workload.ref, faults: find(workload, given, world)})),
});

type ContainerChoice<Given extends Settings> = Choice<Given> & {
	/** All of them where nothing is said. */
	readonly roles?: readonly WorkloadContainer['role'][];
};

/**
 * A check that looks at each container by itself, init and ephemeral ones too. What is wrong with an ephemeral one is told, not mended: the
 * API server takes no change of it.
 */
export const onContainers = <Given extends Settings = Settings>(
	find: (container: WorkloadContainer, workload: Workload, settings: Given, world: World) => Fault | readonly Fault[] | undefined,
	{roles, ...choice}: ContainerChoice<Given> = {},
): Looks<Given> => {
	// Half a million times in a large cluster: a loop makes no lists for containers that are as they should be.
	const findAll = (workload: Workload, given: Given, world: World): readonly Fault[] => {
		let faults: Fault[] | undefined;
		for (const container of workload.containers) {
			if (roles !== undefined && !roles.includes(container.role)) continue;
			const found = find(container, workload, given, world);
			if (found === undefined || (Array.isArray(found) && found.length === 0)) continue;
			faults ??= [];
			for (const fault of [found].flat() as readonly Fault[]) faults.push(container.role === 'ephemeral' ? {...fault, mends: []} : fault);
		}
		return faults ?? none;
	};
	return onWorkloads<Given>(findAll, choice);
};

const none: readonly Fault[] = [];

/** A container that runs as long as its pod: a main one, or an init container that is a sidecar. */
export const staysOn = ({container, role}: WorkloadContainer) =>
	role === 'main' || (role === 'init' && valueAt(container, 'restartPolicy') === 'Always');

/** A pod of Windows: most of what Linux confines a container with does not exist there, and the API server refuses it. */
export const isWindows = ({podSpec}: Workload) =>
	(textAt(podSpec, 'os', 'name') ?? textAt(podSpec, 'nodeSelector', 'kubernetes.io/os')) === 'windows';

export const isLinux = (workload: Workload) => !isWindows(workload);

/** Work that ends by itself: nobody calls it, and nothing restarts it for being slow. */
export const isTask = ({object, podSpec}: Workload) =>
	object.kind === 'Job' ||
	object.kind === 'CronJob' ||
	(object.kind === 'Pod' && ['Never', 'OnFailure'].includes(String(valueAt(podSpec, 'restartPolicy'))));

/** What a container's security context says, else what its pod's says. Only for fields that both have. */
export const inherited = (container: WorkloadContainer, {podSpec}: Workload, ...field: readonly string[]): Json | undefined =>
	valueAt(container.container, 'securityContext', ...field) ?? valueAt(podSpec, 'securityContext', ...field);

/** The namespace that an object is in: a manifest that names none goes to `default` unless told otherwise. */
export const namespaceOf = ({object}: Pick<Workload, 'object'>) => object.metadata.namespace ?? 'default';

/** One fault at one field that a value mends. */
export const setTo = (path: string, value: Json, evidence: string): Fault => ({paths: [path], mends: [{path, value}], evidence});

/** One fault at one field that is mended by leaving it out. */
export const leftOut = (path: string, evidence: string): Fault => ({paths: [path], mends: [{path, remove: true}], evidence});

/** One fault at one field; what it should be only a person knows. */
export const asked = (path: string, ask: string, evidence: string): Fault => ({paths: [path], mends: [{path, ask}], evidence});

/** One fault at fields that nothing here can mend: what runs in the pod has to change first. */
export const toldOf = (paths: readonly string[], evidence: string): Fault => ({paths, mends: [], evidence});
