import * as z from 'zod';
import type {CanaryEvidence} from '../../../../core/canary-evidence.ts';
import {valueAt} from '../../../../core/kube/json-at.ts';
import {evidenceSchema} from '../../metrics/evidence-schema.ts';
import type {Script} from '../../staged/act.ts';
import type {RolloutEnd} from '../../staged/run-script.ts';
import {TurnBack} from '../../staged/turn-back.ts';
import {kayentaScore} from './judging/kayenta-verdict.ts';

const answer = z.enum(['pass', 'fail', 'not-enough-data']);

const metric = z.object({
	metric: z.string(),
	verdict: answer,
	reason: z.string(),
	test: z.string(),
	evidence: z.number().optional(),
	minutesMore: z.number().optional(),
	/** Ratios 0 to 1, seconds, or the gauge's own unit. */
	canary: z.number().optional(),
	stable: z.number().optional(),
	canarySamples: z.number(),
	stableSamples: z.number(),
});

const verdict = z.object({
	verdict: answer,
	reason: z.string(),
	judgedBy: z.array(z.string()).readonly(),
	/** None where somebody promoted by hand, or pods alone were looked at. */
	metrics: z.array(metric).readonly().default([]),
	/** Where a Kayenta config decided. */
	kayenta: kayentaScore.optional(),
});

const stage = z.object({weight: z.number(), share: z.number(), verdict});

/** What a canary found out. `stuck`: neither promoted nor taken back whole; both versions may serve. */
export const canaryOutput = z.object({
	verdict: z.enum(['promoted', 'rolled-back', 'stuck']),
	reason: z.string(),
	image: z.string(),
	stages: z.array(stage).readonly(),
	/** What the last verdict rests on. */
	evidence: evidenceSchema.optional(),
});

export type CanaryResult = z.output<typeof canaryOutput>;

/**
 * The end of a rollout as that of a canary. Stages come from the record, which everybody may write: what is none is left out. Pods that never served
 * are the verdict of the stage that they were started for.
 */
export function canaryResult(image: string, end: RolloutEnd, script: Pick<Script, 'acts'>): CanaryResult {
	const judged = end.verdicts.flatMap(each => stage.safeParse(each).data ?? []);
	const unjudged = unjudgedOf(end, script);
	const evidence =
		unjudged === undefined ? evidenceSchema.safeParse(valueAt(end.verdicts.at(-1), 'verdict', 'evidence')).data : unjudged.evidence;
	const stages = unjudged === undefined ? judged : [...judged, unjudged.stage];
	const known = {image, stages, ...(evidence === undefined ? {} : {evidence})};
	if (end.ended === 'back') return {verdict: end.left.length === 0 ? 'rolled-back' : 'stuck', reason: end.reason, ...known};
	return {verdict: 'promoted', reason: stages.at(-1)?.verdict.reason ?? 'it was judged before the run was interrupted', ...known};
}

type Unjudged = {readonly stage: z.output<typeof stage>; readonly evidence: CanaryEvidence | undefined};

/** The stage whose pods did not get ready, so that it was never judged. Each one before it left a verdict; a promotion is none. */
function unjudgedOf(end: RolloutEnd, {acts}: Pick<Script, 'acts'>): Unjudged | undefined {
	if (end.ended !== 'back' || !(end.cause instanceof TurnBack) || end.cause.why !== 'stuck') return undefined;
	const wait = acts.flatMap(({wait}) => (wait?.kind === 'judge' ? [wait] : []))[end.verdicts.length];
	if (wait === undefined) return undefined;
	const {weight, share} = wait;
	const words = end.cause.evidence?.pods;
	return {
		stage: {weight, share, verdict: {verdict: 'fail', reason: end.reason, judgedBy: ['readiness'], metrics: []}},
		evidence: words === undefined ? undefined : {metrics: [], pods: {canary: words.map(({name}) => name), stable: []}, words},
	};
}
