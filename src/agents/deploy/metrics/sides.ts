import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Side} from './placeholders.ts';

/** One version as it runs at a look. Pods on their way out may be among them. */
export type Arm = {
	readonly workload: string;
	readonly pods: readonly KubeObject[];
	/** The Service by which a route sends requests to this version alone. */
	readonly service?: string | undefined;
};

/** Who is compared with whom. A baseline, where one runs, stands for the stable version: it is as fresh and as large as the canary. */
export type Arms = {readonly canary: Arm; readonly stable: Arm; readonly baseline?: Arm | undefined};

/** Both sides by name, as readers ask for them. */
export type Sides = {readonly canary: Side; readonly stable: Side};

/** Names of the pods that stay. */
export const podNames = (pods: readonly KubeObject[]) =>
	pods.filter(({metadata}) => metadata.deletionTimestamp === undefined).map(({metadata}) => metadata.name);

/** One version by name. */
export const sideOf = ({workload, pods, service}: Arm): Side => ({workload, pods: podNames(pods), service});

/** The two that are compared: where a baseline runs, it takes the place of the stable version. */
export const sidesOf = ({canary, stable, baseline}: Arms): Sides => ({canary: sideOf(canary), stable: sideOf(baseline ?? stable)});
