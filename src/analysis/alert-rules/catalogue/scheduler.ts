import type {AreaOf} from './area.ts';
import {quantiles} from './quantiles.ts';
import {series, writing} from './series.ts';

const durations = [
	'scheduler_scheduling_attempt_duration_seconds',
	'scheduler_scheduling_algorithm_duration_seconds',
	'scheduler_pod_scheduling_sli_duration_seconds',
];

/** How long the scheduler takes. Recorded only: what is slow there is told by pods that are not ready. */
export const scheduler: AreaOf = settings => {
	const {by} = writing(settings);
	return {
		name: 'kubernetes-scheduler',
		recordings: durations.flatMap(metric =>
			quantiles(
				`cluster_quantile:${metric}:histogram_quantile`,
				quantile =>
					`histogram_quantile(${quantile}, sum ${by('job', 'le')} (rate(${series(`${metric}_bucket`, settings.selectors.scheduler)}[5m])))`,
			),
		),
		alerts: [],
	};
};
