import {forecastSchema} from '../../../../src/agents/monitoring/forecast/forecast-output.ts';
import {metricsSchema} from '../../../../src/agents/monitoring/metrics/metrics-output.ts';

/** Numbers of a tool by the moments they are of: what it draws, and what it computes from. */
export type Curve = {readonly fromMs: number; readonly stepMs: number; readonly values: readonly (number | null)[]};

export type AskingTool = {
	/** Of the shop, whose `web` is measured by `knownSeries`: so that the curves are the memory of a pod or of all three. */
	readonly words: string;
	readonly curves: (output: unknown) => readonly Curve[];
	/** Pods that are added up in each curve. */
	readonly pods: number;
	/** Codes of the errors by which it refuses what is too little; without one it answers, and says what is missing. */
	readonly refusals: readonly string[];
};

const forecastCurves: AskingTool['curves'] = output => {
	const {at, stepSeconds, past} = forecastSchema.parse(output);
	return [{fromMs: Date.parse(at) - (past.length - 1) * stepSeconds * 1000, stepMs: stepSeconds * 1000, values: past}];
};
const metricsCurves: AskingTool['curves'] = output => {
	const {from, stepSeconds, metrics} = metricsSchema.parse(output);
	return metrics.flatMap(({series}) => series.map(({values}) => ({fromMs: Date.parse(from), stepMs: stepSeconds * 1000, values})));
};

/** Every tool that asks a metrics server: each is tried with every trouble. */
export const askingTools: readonly AskingTool[] = [
	{words: 'monitor metrics web --metrics memory --since 2h', curves: metricsCurves, pods: 1, refusals: []},
	{
		words: 'monitor metrics --query container_memory_working_set_bytes{container="main"} --since 2h',
		...{curves: metricsCurves, pods: 1, refusals: []},
	},
	{
		words: 'monitor forecast web --metric memory --since 3d --ahead 6h',
		...{curves: forecastCurves, pods: 3, refusals: ['nothing-measured', 'not-enough-data']},
	},
	{
		words: 'monitor forecast --query sum(container_memory_working_set_bytes{container="main"}) --since 3d --ahead 6h',
		...{curves: forecastCurves, pods: 3, refusals: ['nothing-measured', 'not-enough-data']},
	},
];
