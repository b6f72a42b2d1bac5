import type {Check, Fault, Settings} from '../check.ts';
import type {Workload, WorkloadContainer} from '../world.ts';

/** Kinds that run pods, as checks name what they read. */
const workloadKinds = [
	...['Pod', 'ReplicationController', 'apps/Deployment', 'apps/ReplicaSet', 'apps/DaemonSet', 'apps/StatefulSet'],
	...['batch/Job', 'batch/CronJob'],
];

type Looks<Given extends Settings> = Pick<Check<Given>, 'reads' | 'look' | 'settings'>;

/** A check that looks at each workload by itself. */
const onWorkloads = (find: (workload: Workload) => readonly Fault[]): Looks<Settings> => ({
	reads: workloadKinds,
	settings: {},
	look: ({workloads}) => workloads.map(workload => ({resource: workload.ref, faults: find(workload)})),
});

/** A check that looks at each container by itself, init and ephemeral ones too. */
export const onContainers = (find: (container: WorkloadContainer, workload: Workload) => Fault | undefined): Looks<Settings> =>
	onWorkloads(workload => workload.containers.flatMap(container => find(container, workload) ?? []));
