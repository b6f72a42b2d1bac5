import {usualThresholds} from '../../../../../analysis/canary/kayenta/kayenta-config.ts';
import {MkcoaError} from '../../../../../core/error.ts';
import type {KubeObject} from '../../../../../core/kube/kube-object.ts';
import type {Consequence} from '../../../../../core/plan.ts';
import {count, someOf} from '../../../../../core/text/count.ts';
import type {Metrics} from '../../../../../mcp/monitoring/port.ts';
import {namesLately} from '../../../../series/lately.ts';
import {durationMs} from '../../../duration.ts';
import {chooseMetrics} from '../../../metrics/choosing/choose-metrics.ts';
import {lastInterval, leastIntervalMs, stepOf} from '../../../metrics/kayenta/kayenta-range.ts';
import {kayentaTrouble} from '../../../metrics/kayenta/kayenta-trouble.ts';
import {type CompiledConfig, readCanaryConfig} from '../../../metrics/kayenta/read-canary-config.ts';
import {seriesOf} from '../../../metrics/kayenta/sample-pairs.ts';
import {metricTrouble} from '../../../metrics/metric-trouble.ts';
import {asksForService, type Side} from '../../../metrics/placeholders.ts';
import {podNames} from '../../../metrics/sides.ts';
import type {DeployPorts} from '../../../ports.ts';
import {podsOf} from '../../../rollout/pod-health.ts';
import {readWeights} from '../read-weights.ts';
import type {Judging} from './choose-judge.ts';

export type AskedKayenta = {
	/** Text of the config. */
	readonly text: string;
	readonly scores: string | undefined;
	readonly parameters: readonly string[];
	/** Texts of `--metrics`, which say something else. */
	readonly metrics: readonly string[];
	readonly interval: string;
	readonly baseline: boolean;
	readonly service: string | undefined;
	/** `25,50,100` */
	readonly steps: string;
};

export type KayentaJudging = Judging & {readonly config: CompiledConfig};

/**
 * Reads a Kayenta config and tries its queries on the stable version.
 * @throws MkcoaError `bad-kayenta-config`, `metric-without-series` where most metrics have no numbers, and whatever the metrics server says
 */
export async function chooseKayenta(ports: DeployPorts, stable: KubeObject, asked: AskedKayenta): Promise<KayentaJudging> {
	const config = readCanaryConfig(asked.text, asked);
	refuseMixed(config, asked);
	const {name, namespace = ''} = stable.metadata;
	const metrics = await serverOf(ports);
	const pods = await podsOf(ports.cluster, stable);
	const side: Side = {workload: name, pods: podNames(pods), service: asked.service};
	const sides = [side, {...side, pods: namesLately(pods)}];
	const silent = await silentMetrics(metrics, config, {namespace, workload: name, sides, intervalMs: durationMs(asked.interval)});
	const usual = await chooseMetrics(ports, {name, namespace, pods, service: asked.service, podsFirst: asked.baseline}, []);
	const chosen = usual.chosen.filter(({metric}) => metric.kind === 'counts');
	const title = config.name === '' ? 'the Kayenta config' : `the Kayenta config ${config.name}`;
	return {
		config,
		chosen,
		byPods: ['restarts', 'readiness'],
		words: `${title}, restarts and readiness`,
		told: [
			...toldOf(config, {metrics, name, interval: asked.interval, isCounted: chosen.length > 0}),
			...(asked.service !== undefined && readWeights(asked.steps).includes(100) ? [unscoredText] : []),
		],
		notes: notesOf(asked, silent),
	};
}

const unscoredText =
	'Nothing is scored at 100 %: the stable version gets no requests to compare with, so restarts and readiness alone decide on that step';

function refuseMixed({metrics}: CompiledConfig, {metrics: texts, interval, service}: AskedKayenta): void {
	if (texts.length > 0)
		throw kayentaTrouble({
			what: 'A canary is judged by --kayenta or by --metrics',
			why: 'the two give different verdicts',
			next: 'Leave one of them away',
		});
	if (durationMs(interval) < leastIntervalMs)
		throw kayentaTrouble({
			what: `Kayenta's judge needs a longer interval than ${interval}`,
			why: 'it compares points of both versions, at most one each 15 s, and with fewer than 15 it misses most of what is bad',
			next: 'Use --interval 4m or longer; 8m gives it 33 points',
		});
	const asking = service === undefined ? metrics.find(({promql}) => asksForService(promql)) : undefined;
	if (asking !== undefined)
		throw kayentaTrouble({
			what: `The query of ${asking.name} asks for {{service}}, and no route sends requests to each version by a Service of its own`,
			next: 'Let it ask for the pods instead: pod=~"{{pods}}"',
		});
}

async function serverOf(ports: DeployPorts): Promise<Metrics> {
	const found = await ports.metrics();
	if (found.metrics !== undefined) return found.metrics;
	throw new MkcoaError({
		kind: 'environment',
		code: 'no-metrics',
		what: 'A Kayenta config is judged by numbers of Prometheus, and there is none',
		why: found.why,
		next: 'Name one with --prometheus URL, or leave --kayenta away',
	});
}

/** `sides`: the stable version by its pods of now, and by the names that its pods had lately, of which some may not be scraped yet. */
type Tried = {readonly namespace: string; readonly workload: string; readonly sides: readonly Side[]; readonly intervalMs: number};

/** Names of metrics of which the stable version has nothing now: those that the config leaves out then, and those that it takes for zero. */
type Silent = {readonly leftOut: readonly string[]; readonly zero: readonly string[]};

async function silentMetrics(metrics: Metrics, config: CompiledConfig, {namespace, workload, sides, intervalMs}: Tried): Promise<Silent> {
	const range = await lastInterval(metrics, intervalMs);
	const isSilent = async ({name, promql}: CompiledConfig['metrics'][number]) => {
		for (const side of sides) if ((await told(name, () => seriesOf(metrics, side, {promql, namespace, range}))).length > 0) return false;
		return true;
	};
	const silent: CompiledConfig['metrics'] = [];
	for (const metric of config.metrics) if (await isSilent(metric)) silent.push(metric);
	const isZero = ({analysisConfigurations}: CompiledConfig['metrics'][number]) => analysisConfigurations.canary.nanStrategy === 'replace';
	const namesOf = (some: CompiledConfig['metrics']) => some.map(({name}) => name);
	const leftOut = silent.filter(metric => !isZero(metric));
	if (leftOut.length === 0 || leftOut.length * 2 < config.metrics.length)
		return {leftOut: namesOf(leftOut), zero: namesOf(silent.filter(isZero))};
	throw metricTrouble('metric-without-series', {
		what: `${leftOut.length} of the ${count(config.metrics.length, 'metric')} have no numbers of ${workload}: ${someOf(namesOf(leftOut))}`,
		why: `${metrics.source} answers nothing to ${leftOut[0]?.promql}; with half of them missing Kayenta fails every canary`,
		next: 'Try the queries in Prometheus, and look at their names and labels',
	});
}

async function told<Answer>(name: string, ask: () => Promise<Answer>): Promise<Answer> {
	try {
		return await ask();
	} catch (error) {
		if (!(error instanceof MkcoaError)) throw error;
		throw new MkcoaError({...error.trouble, what: `The metric ${name}: ${error.trouble.what}`}, {cause: error});
	}
}

const pointsIn = (interval: string) => Math.floor(durationMs(interval) / stepOf(durationMs(interval))) + 1;

type Known = {readonly metrics: Metrics; readonly name: string; readonly interval: string; readonly isCounted: boolean};

function toldOf(config: CompiledConfig, {metrics, name, interval, isCounted}: Known): readonly string[] {
	const muted = config.metrics.filter(({analysisConfigurations}) => analysisConfigurations.canary.muted).map(each => each.name);
	const {pass, marginal} = config.classifier.scoreThresholds ?? usualThresholds;
	return [
		`A score of ${pass} passes; one from ${marginal} on goes on to the next step, and the last step that is scored has to pass`,
		`Both versions are compared by ${count(pointsIn(interval), 'point')} of each metric, ${stepOf(durationMs(interval)) / 1000} s apart, of ${metrics.source}`,
		`The config is that of sha256 ${config.sha256.slice(0, 12)}: ${someOf(
			config.metrics.map(each => each.name),
			8,
		)}`,
		...(muted.length === 0 ? [] : [`${someOf(muted)} ${muted.length === 1 ? 'is' : 'are'} shown and not scored: muted in the config`]),
		isCounted
			? 'A step in which no request reaches the canary does not pass, whatever the score'
			: `Nobody counts the requests of ${name}: a step in which every value of the canary is zero does not pass, whatever the score`,
	];
}

function notesOf({baseline}: AskedKayenta, {leftOut, zero}: Silent): readonly Consequence[] {
	const info = (id: string, text: string): Consequence => ({id, severity: 'info', text});
	return [
		...(baseline
			? []
			: [
					info(
						'kayenta-unequal',
						'The stable version has another number of pods than the canary: sums over pods differ without a fault. --baseline compares equal sizes',
					),
				]),
		...(leftOut.length === 0 ? [] : [info('kayenta-no-numbers', `${noNumbers(leftOut)}, and without any Kayenta leaves a metric out`)]),
		...(zero.length === 0
			? []
			: [
					info(
						'kayenta-zeros',
						`${noNumbers(zero)}, and the config takes none for zero: as errors that never came, or as a query that is wrong. Where half of the metrics, or a critical one, have none of either version, no step passes`,
					),
				]),
	];
}

const noNumbers = (names: readonly string[]) => `${someOf(names)} ${names.length === 1 ? 'has' : 'have'} no numbers now`;
