import type {LoadSample} from '../../../analysis/autoscaling/scale/load-history.ts';
import {requestsFrom} from '../../../analysis/autoscaling/scale/requests-from-history.ts';
import type {Sizing} from '../../../analysis/right-sizing/right-size.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../core/kube/pod-spec.ts';
import {objectsAt, wordAt} from '../../../mcp/kubernetes/model/fields.ts';
import {askedOf} from '../../deploy/optimize/resize-patch.ts';

/** A difference below this part of the present value is not worth a rollout, as right-sizing has it. */
const deadBand = 0.1;
const mebibyte = 2 ** 20;
/** The recommender's `--recommendation-margin-fraction`. */
const margin = 1.15;

/** A request of each container, and the one that its history recommends. */
export type RequestSizing = Sizing & {
	/** It has no CPU request, and an autoscaler cannot count without. */
	readonly isNeeded: boolean;
};

const wholeMilli = (cores: number) => Math.ceil(cores * 1000 - 1e-6) / 1000;

/**
 * The recommender never asks for less than 250 MiB a pod: that alone is no reason to raise a request that holds what was used, with the
 * recommender's own margin.
 */
function memoryOf(wanted: number | undefined, used: number, now: number | undefined, mayLower: boolean): number | undefined {
	if (wanted === undefined) return now;
	const whole = Math.ceil(wanted / mebibyte) * mebibyte;
	if (now === undefined || (whole > now * (1 + deadBand) && used * margin > now)) return whole;
	return mayLower && whole < now * (1 - deadBand) ? whole : now;
}

/**
 * Requests by the vertical autoscaler's mathematics, container by container; a CPU request that is there stays. Limits are only raised, where a
 * request would be above.
 * @param mayLower whether there is enough to go by for less memory than now
 */
export function sizings(
	workload: KubeObject,
	byContainer: ReadonlyMap<string, readonly LoadSample[]>,
	mayLower: boolean,
): readonly RequestSizing[] {
	return objectsAt(podSpecOf(workload), 'containers').flatMap(container => {
		const name = wordAt(container, 'name');
		const samples = byContainer.get(name) ?? [];
		if (samples.length === 0) return [];
		const before = askedOf(container);
		const {cores, bytes, reasons} = requestsFrom(samples, before.cpuRequest);
		const cpuRequest = before.cpuRequest ?? (cores === undefined ? undefined : wholeMilli(cores));
		const used = samples.reduce((most, {memoryPerPod = 0}) => Math.max(most, memoryPerPod), 0);
		const memoryRequest = memoryOf(bytes, used, before.memoryRequest, mayLower);
		const raised = (limit: number | undefined, request: number | undefined) =>
			limit === undefined ? undefined : Math.max(limit, request ?? 0);
		const after = {
			...{cpuRequest, memoryRequest},
			cpuLimit: raised(before.cpuLimit, cpuRequest),
			memoryLimit: raised(before.memoryLimit, memoryRequest),
		};
		return [{name, before, after, reasons, isNeeded: before.cpuRequest === undefined}];
	});
}

/** The CPU requests alone: what an autoscaler cannot do without. */
export const neededAlone = (all: readonly RequestSizing[]): readonly RequestSizing[] =>
	all
		.filter(({isNeeded}) => isNeeded)
		.map(sizing => {
			const {memoryRequest, memoryLimit} = sizing.before;
			return {...sizing, after: {...sizing.after, memoryRequest, memoryLimit}};
		});
