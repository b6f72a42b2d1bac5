import * as z from 'zod';
import {judgeKayenta, type KayentaSamples} from '../../../../../analysis/canary/kayenta/judge-kayenta.ts';
import {usualThresholds} from '../../../../../analysis/canary/kayenta/kayenta-config.ts';
import {sleep} from '../../../../../core/clock.ts';
import {MkcoaError} from '../../../../../core/error.ts';
import type {Event} from '../../../../../core/event.ts';
import {age} from '../../../../../core/text/age.ts';
import type {Context} from '../../../../../core/tool.ts';
import {serverTime} from '../../../../series/server-time.ts';
import {inTime} from '../../../metrics/in-time.ts';
import {kayentaEvidence} from '../../../metrics/kayenta/kayenta-evidence.ts';
import {lastInterval} from '../../../metrics/kayenta/kayenta-range.ts';
import {compiledConfig} from '../../../metrics/kayenta/read-canary-config.ts';
import {samplePairs} from '../../../metrics/kayenta/sample-pairs.ts';
import {answering, samplerOf} from '../../../metrics/sampler-of.ts';
import type {Sides} from '../../../metrics/sides.ts';
import type {DeployPorts} from '../../../ports.ts';
import {readServingPods} from '../../../rollout/pod-evidence.ts';
import type {JudgeStage, Look, StageVerdict} from '../../../staged/wait-for.ts';
import {type Watch, watchCanary} from '../watch-canary.ts';
import {idleAnswer, scoreOf, stageAnswer} from './kayenta-verdict.ts';
import {seenSides} from './seen-sides.ts';

/** By which config a canary is judged, and the weight of the last stage that is scored, which has to pass. */
export const judgedByKayenta = z.object({config: compiledConfig, lastWeight: z.number()});

/** `chosen` counts requests: a canary without any never passes. */
type Judged = Watch & {readonly kayenta: z.output<typeof judgedByKayenta>};

/** A metrics server that is away at the moment of the verdict is asked again for so long. */
const tries = 6;
const retryMs = 10_000;

/** Of a stage whose interval is over when somebody goes on with it: its pods are looked at once more. */
const leastLookMs = 10_000;

/**
 * Judges each stage once, at the end of its interval, by the points of that interval as Kayenta does. Until then the pods alone can end it, as in
 * every canary.
 */
export function kayentaJudge({kayenta: {config, lastWeight}, chosen, ...watch}: Judged, context: Context<DeployPorts>): JudgeStage {
	const {emit, clock, signal} = context;
	const ports = inTime(context.ports);
	const {namespace, intervalMs, byPods} = watch;
	const seen = seenSides();
	const see = async () => {
		const sight = await watch.see();
		seen.add(sight.arms);
		return sight;
	};
	const countRequests = samplerOf(ports, {namespace, chosen});
	const watchFor = (ms: number) => watchCanary({...watch, see, chosen: [], intervalMs: ms}, {...context, emit: withoutPasses(emit)});
	const judgedBy = [...config.metrics.map(({name}) => name), ...byPods];

	async function sampled(sides: Sides, beganMs: number | undefined) {
		const metrics = await answering(ports.metrics);
		const range = await lastInterval(metrics, intervalMs, beganMs);
		const samples: {[metric: string]: readonly KayentaSamples[]} = {};
		for (const {name, promql} of config.metrics) samples[name] = await samplePairs(metrics, sides, {promql, namespace, range});
		return {samples, source: metrics.source, spanMs: range.toMs - range.fromMs};
	}

	/** Keeps the rollout while the metrics server is away. @returns why it still is, as text */
	async function patientlySampled(sides: Sides, {between, beganMs}: Look): Promise<Awaited<ReturnType<typeof sampled>> | string> {
		for (let tried = 1; ; tried++) {
			try {
				return await sampled(sides, beganMs);
			} catch (error) {
				if (!(error instanceof MkcoaError)) throw error;
				const {what, why} = error.trouble;
				const text = why === undefined ? what : `${what}: ${why}`;
				if (tried === tries) return text;
				emit({kind: 'note', text: `No verdict yet, trying again: ${text}`});
			}
			await sleep(clock, retryMs, signal);
			await between();
		}
	}

	/** Of the part of a stage that this run looked at; of one that another run began none in a moment says nothing. */
	async function requestsIn(arms: Parameters<typeof countRequests>[0], isPart = false) {
		const [counted] = await countRequests(arms);
		if (counted === undefined) return {requests: undefined};
		if (counted.interval === undefined) return {requests: undefined, uncounted: counted.missing};
		const requests = counted.interval.kind === 'counts' ? counted.interval.canary.total : undefined;
		return {requests: isPart && requests === 0 ? undefined : requests};
	}

	async function scored(weight: number, look: Look): Promise<StageVerdict> {
		const {arms} = await look.patiently(see);
		const counted = await requestsIn(arms, look.beganMs !== undefined);
		const sides = seen.sides();
		const found = await patientlySampled(sides, look);
		if (typeof found === 'string') return {verdict: 'not-enough-data', reason: found, judgedBy, metrics: [], uncounted: true};
		const result = judgeKayenta(config, found.samples);
		const thresholds = config.classifier.scoreThresholds ?? usualThresholds;
		const answer = stageAnswer(result, {thresholds, isLast: weight === lastWeight, ...counted});
		const words = answer.verdict === 'fail' ? await readServingPods(arms.canary.pods, context) : [];
		const pods = {canary: sides.canary.pods, stable: sides.stable.pods};
		const evidence = kayentaEvidence(result.metrics, {config, intervalMs: found.spanMs, source: found.source, pods, words});
		emit({kind: 'verdict', verdict: answer.verdict, text: answer.reason, data: {}, evidence});
		return {...answer, judgedBy, metrics: [], kayenta: scoreOf(result, config), evidence};
	}

	/** A stage in which the stable version gets no requests: nothing is like its numbers, however good the canary is. */
	async function unscored(look: Look): Promise<StageVerdict> {
		const {verdict, reason} = idleAnswer(await requestsIn((await look.patiently(see)).arms));
		emit({kind: 'verdict', verdict, text: reason, data: {}});
		return {verdict, reason, judgedBy: [...byPods], metrics: []};
	}

	/** By the clock that stamps the points, the same for whoever goes on with a stage; undefined where nobody tells it now. */
	async function now(): Promise<number | undefined> {
		try {
			return await serverTime(await answering(ports.metrics));
		} catch (error) {
			if (!(error instanceof MkcoaError)) throw error;
			return undefined;
		}
	}

	/**
	 * How long the pods are looked at. A stage that a run before this one began is over when its interval is: its points are asked for from its beginning
	 * on, so nothing has to be waited for again. One without a score is judged by requests that this run counts, so it lasts its whole interval, and so
	 * does one of which nobody can tell now how long ago it began.
	 */
	async function leftOf({share}: Parameters<JudgeStage>[0], {beganMs}: Look): Promise<number> {
		if (beganMs === undefined || share >= 1) return intervalMs;
		const nowMs = await now();
		if (nowMs === undefined) return intervalMs;
		const sinceMs = Math.max(0, nowMs - beganMs);
		const leftMs = Math.max(leastLookMs, intervalMs - sinceMs);
		emit({kind: 'note', text: `This step began ${age(sinceMs)} ago: its points are read from then on, and it lasts ${age(leftMs)} more`});
		return Math.min(intervalMs, leftMs);
	}

	const judge: JudgeStage = async (stage, look) => {
		seen.forget();
		await countRequests((await look.patiently(see)).arms);
		const pods = await watchFor(await leftOf(stage, look)).judge(stage, look);
		if (pods.verdict !== 'pass') return pods;
		return stage.share < 1 ? scored(stage.weight, look) : unscored(look);
	};
	return Object.assign(judge, {now});
}

/** That the pods run is no verdict yet. */
const withoutPasses = (emit: (event: Event) => void) => (event: Event) => {
	if (event.kind !== 'verdict' || event.verdict !== 'pass') emit(event);
};
