import {forecastSchema} from '../../../src/agents/monitoring/forecast/forecast-output.ts';
import {metricsSchema} from '../../../src/agents/monitoring/metrics/metrics-output.ts';
import type {MonitoringPorts} from '../../../src/agents/monitoring/ports.ts';
import {systemClock} from '../../../src/core/clock.ts';
import type {AnyOutcome} from '../../../src/core/outcome.ts';
import {runTool} from '../../../src/core/road/run-tool.ts';
import type {AnyTool} from '../../../src/core/tool.ts';
import type {MetricsServer} from '../../../src/mcp/monitoring/port.ts';
import {memoryRoad} from '../../support/memory-road.ts';

type Tools = {readonly metricsCollect: AnyTool<MonitoringPorts>; readonly capacityForecast: AnyTool<MonitoringPorts>};

/** A question, and its answer in a few words. */
type AskedQuestion = {readonly name: string; readonly ask: () => Promise<string>};

/** Of what is missing. */
const fewTold = 2;

const unasked = () => Promise.reject(new Error('nothing but the metrics server is asked here'));

/**
 * What tools are asked over all the series. `performance_analyze` is not among them: it asks for the measures of a cluster's pods, of forty
 * workloads at most and 180 moments each, and for their rates, which samples an hour apart do not have. These series are of no pod: it would
 * read none of them, however many there are. A real Prometheus answers it in test/cluster/monitoring.
 */
export function questionsOf(metrics: MetricsServer, {metricsCollect, capacityForecast}: Tools, days: number): readonly AskedQuestion[] {
	const target = async () => ({context: 'bench', cluster: 'bench', clusterId: 'bench', identity: 'bench'});
	// These questions name no object, so that no cluster is read.
	const ports = {cluster: {namespace: 'bench', target}, monitoring: {metrics: async () => ({metrics})}} as unknown as MonitoringPorts;
	/** A server that is too slow for it is told too: that is an answer. */
	const of = async (tool: AnyTool<MonitoringPorts>, input: object, told: (output: unknown) => string) => {
		const {road} = memoryRoad(ports, {perform: unasked, readBack: unasked} as never, {clock: systemClock(), target});
		const outcome: AnyOutcome = await runTool(tool, {since: `${days}d`, ...input}, road);
		if (outcome.kind === 'failed') return `${outcome.error.what}: ${outcome.error.why}`;
		if (outcome.kind !== 'done') throw new Error(`a reading tool was ${outcome.kind}`);
		return told(outcome.output);
	};
	const metricsTold = (output: unknown) => {
		const told = metricsSchema.parse(output);
		const points = told.metrics.flatMap(({series}) => series).reduce((sum, {samples}) => sum + samples, 0);
		return [
			`${points} points shown`,
			`${told.metrics[0]?.leftOut} series left out`,
			...told.notChecked.slice(0, fewTold).map(({what}) => `not ${what}`),
		].join(', ');
	};
	const ofForecast = (output: unknown) => {
		const {past, steps, backTest, beatsNaive} = forecastSchema.parse(output);
		const errors = `error ${backTest.error.toFixed(0)} (naive ${backTest.seasonalNaiveError.toFixed(0)})`;
		return `${past.length} points, ${steps.length} steps, ${errors}${beatsNaive ? '' : ', no better than naive'}`;
	};
	return [
		{name: 'metrics --query of every series', ask: () => of(metricsCollect, {query: 'load'}, metricsTold)},
		{
			name: 'metrics --query of 500 series, an hour a point',
			ask: () => of(metricsCollect, {query: 'load{group="1"}', step: '1h', series: 50}, metricsTold),
		},
		{name: 'metrics --query of their sums', ask: () => of(metricsCollect, {query: 'sum by (group) (load)', series: 20}, metricsTold)},
		{name: 'forecast of the sum of 500 series', ask: () => of(capacityForecast, {query: 'sum(load{group="1"})', ahead: '3d'}, ofForecast)},
		{name: 'forecast of the sum of every series', ask: () => of(capacityForecast, {query: 'sum(load)', ahead: '3d'}, ofForecast)},
	];
}
