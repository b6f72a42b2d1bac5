import type {JudgedPair} from '../../../../analysis/canary/kayenta/judge-kayenta.ts';
import {mean} from '../../../../analysis/statistics/summary.ts';
import type {ArmEvidence, CanaryEvidence, MetricEvidence} from '../../../../core/canary-evidence.ts';
import {condensed} from '../../../../core/text/spark-line.ts';
import type {CompiledConfig} from './read-canary-config.ts';

/** More points are put together: a chart shows no more. */
const mostLooks = 48;
const mostNames = 20;

type Looked = {
	readonly config: CompiledConfig;
	readonly intervalMs: number;
	readonly source: string;
	readonly pods: {readonly canary: readonly string[]; readonly stable: readonly string[]};
	readonly words: CanaryEvidence['words'];
};

const verdicts: {readonly [found in JudgedPair['class']]: MetricEvidence['verdict']} = {
	Pass: 'pass',
	High: 'fail',
	Low: 'fail',
	NodataFailMetric: 'fail',
	Nodata: 'not-enough-data',
};

/** What Kayenta's verdict rests on, metric by metric: its class and why, and the points of both sides. */
export const kayentaEvidence = (pairs: readonly JudgedPair[], {config, intervalMs, source, pods, words}: Looked): CanaryEvidence => ({
	metrics: pairs.map(pair => metricEvidence(pair, {config, intervalMs, source})),
	pods: {canary: pods.canary.slice(0, mostNames), stable: pods.stable.slice(0, mostNames)},
	words,
});

function metricEvidence(pair: JudgedPair, {config, intervalMs, source}: Pick<Looked, 'config' | 'intervalMs' | 'source'>): MetricEvidence {
	const {name, samples, isMuted} = pair;
	const asked = config.metrics.find(metric => metric.name === name);
	const direction = asked?.analysisConfigurations.canary.direction ?? 'either';
	return {
		metric: pairName(pair),
		verdict: verdicts[pair.class],
		reason: `${pair.class}, ${pair.reason}${ratioText(pair)}${isMuted ? '; muted, so it does not count' : ''}`,
		test: 'Mann-Whitney as Kayenta has it, 98 % sure of a shift beyond a quarter of the estimated one',
		worse: direction === 'increase' ? 'higher' : direction === 'decrease' ? 'lower' : 'either',
		tolerance: 0,
		unit: 'number',
		query: asked?.promql ?? '',
		source,
		spanMs: intervalMs,
		canary: armOf(samples.experiment),
		stable: armOf(samples.control),
	};
}

/** `cpu`, or `cpu {mode="user"}` where the metric has several series. */
export function pairName({name, samples: {labels = {}}}: JudgedPair): string {
	const told = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
	return told.length === 0 ? name : `${name} {${told.join(',')}}`;
}

const ratioText = ({deviation}: JudgedPair) =>
	Number.isFinite(deviation) && deviation !== 1 ? `: ${Number(deviation.toPrecision(3))} times the stable mean` : '';

function armOf(values: readonly number[]): ArmEvidence {
	const known = values.filter(Number.isFinite);
	return {
		...(known.length > 0 && {value: mean(known)}),
		samples: known.length,
		looks: condensed(
			values.map(value => (Number.isFinite(value) ? value : null)),
			mostLooks,
		),
	};
}
