import type {MetricSpec} from './hpa-spec.ts';
import {type Look, type MetricFailure, type MetricProposal, metricReplicas, type Reading} from './metric-replicas.ts';
import {type Failure, isFailure} from './scaled-pod.ts';

/** What all metrics together ask for; the first failure, where some failed and the rest may still scale. */
export type Combined = {readonly replicas: number; readonly name: string; readonly invalid?: string | undefined};

/** None may scale: the reason and message of the condition ScalingActive, and the error of the whole. */
export type Inactive = Failure & {readonly reason: string; readonly message: string};

/**
 * The most that any metric asks for. Metrics that fail stop the way down, never the way up.
 * @param readings one for each metric, in their order
 * @see computeReplicasForMetrics in horizontal.go
 */
export function allMetrics(metrics: readonly MetricSpec[], look: Look, readings: readonly Reading[]): Combined | Inactive {
	const results = metrics.map((spec, at) => metricReplicas(spec, look, readings[at] ?? {failure: 'nobody read it'}));
	const failures = results.filter((result): result is MetricFailure => isFailure(result));
	const highest = results
		.filter((result): result is MetricProposal => !isFailure(result))
		.reduce<Combined>((most, {replicas, name}) => (most.replicas === 0 || replicas > most.replicas ? {replicas, name} : most), {
			replicas: 0,
			name: '',
		});
	const [first] = failures;
	if (first === undefined) return highest;
	const invalid = `invalid metrics (${failures.length} invalid out of ${metrics.length}), first error is: ${first.failure}`;
	if (failures.length < metrics.length && highest.replicas >= look.specReplicas) return {...highest, invalid};
	return {failure: invalid, reason: first.reason, message: first.message};
}
