import type {KayentaSamples} from '../../../../analysis/canary/kayenta/judge-kayenta.ts';
import {canonicalJson} from '../../../../core/json.ts';
import type {Metrics, Range, RangeSeries} from '../../../../mcp/monitoring/port.ts';
import {metricTrouble} from '../metric-trouble.ts';
import {filled, type Side} from '../placeholders.ts';
import type {Sides} from '../sides.ts';

/** More than this nobody scores one by one. */
const mostSeries = 50;

/** Where and when a query is asked. */
type Asked = {readonly promql: string; readonly namespace: string; readonly range: Range};

/**
 * Points of one metric over a time, series by series: those of both sides that carry the same labels are a pair, as Kayenta's MetricSetMixerService
 * has it. A moment without a point is left out, whatever the config says of missing values; those are the moments of a side that lacks the series.
 * @returns at least one pair; of NaN alone where neither side has anything
 * @throws MkcoaError `several-series` where they are too many, or one for each pod: pods of two versions never make a pair
 */
export async function samplePairs(metrics: Metrics, sides: Sides, asked: Asked): Promise<readonly KayentaSamples[]> {
	const read = async (side: Side) => keyed(await seriesOf(metrics, side, asked));
	const [control, experiment] = [await read(sides.stable), await read(sides.canary)];
	const keys = [...new Set([...control.keys(), ...experiment.keys()])];
	if (keys.length > mostSeries) throw tooMany(asked, `one for each of ${keys.length} sets of labels`);
	const nothing = momentsOf(asked.range).map(() => Number.NaN);
	const pairs = keys.map(key => {
		const [one, other] = [control.get(key), experiment.get(key)];
		return {labels: (one ?? other)?.labels ?? {}, control: one?.values ?? nothing, experiment: other?.values ?? nothing};
	});
	return pairs.length > 0 ? pairs : [{labels: {}, control: nothing, experiment: nothing}];
}

/** The series of one side. @throws MkcoaError `several-series` where they are one for each pod */
export async function seriesOf(metrics: Metrics, side: Side, asked: Asked): Promise<readonly RangeSeries[]> {
	if (side.pods.length === 0) return [];
	const found = await metrics.queryRange(filled(asked.promql, asked.namespace, side), asked.range);
	const names = new Set(side.pods);
	if (found.some(({labels}) => Object.values(labels).some(value => names.has(value)))) throw tooMany(asked, 'one for each pod');
	return found;
}

const tooMany = ({promql}: Asked, of: string) =>
	metricTrouble('several-series', {
		what: `A query answers ${of}, and Kayenta compares series of the same labels`,
		why: `the query is ${promql}`,
		next: 'Add them up, or take their mean: PromQL:sum(…), PromQL:avg(…)',
	});

const keyed = (series: readonly RangeSeries[]) =>
	new Map(
		series.map(({labels: {__name__: _, ...labels}, points}) => [canonicalJson(labels), {labels, values: points.map(finite)}] as const),
	);

/** Infinite ones, such as a ratio to nothing, cannot be ranked by how far they are. */
const finite = ({value}: RangeSeries['points'][number]) => (Number.isFinite(value) ? value : Number.NaN);

const momentsOf = ({fromMs, toMs, stepMs}: Range) => Array.from({length: Math.floor((toMs - fromMs) / stepMs) + 1}, (_, at) => at);
