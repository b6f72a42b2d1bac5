import * as z from 'zod';
import type {Script} from '../../staged/act.ts';
import type {RolloutEnd} from '../../staged/run-script.ts';
import {TurnBack} from '../../staged/turn-back.ts';
import {type JudgedStage, judgedStage, judgedStagesOf} from './judging/judged-stage.ts';

/** What a canary found out. `stuck`: neither promoted nor taken back whole; both versions may serve. */
export const canaryOutput = z.object({
	verdict: z.enum(['promoted', 'rolled-back', 'stuck']),
	reason: z.string(),
	image: z.string(),
	stages: z.array(judgedStage).readonly(),
});

export type CanaryResult = z.output<typeof canaryOutput>;

/** The end of a rollout as that of a canary. Pods that never served are the verdict of the stage that they were started for. */
export function canaryResult(image: string, end: RolloutEnd, script: Pick<Script, 'acts'>): CanaryResult {
	const unjudged = unjudgedOf(end, script);
	const stages = [...judgedStagesOf(end.verdicts), ...(unjudged === undefined ? [] : [unjudged])];
	if (end.ended === 'back') return {verdict: end.left.length === 0 ? 'rolled-back' : 'stuck', reason: end.reason, image, stages};
	return {verdict: 'promoted', reason: stages.at(-1)?.verdict.reason ?? 'it was judged before the run was interrupted', image, stages};
}

/** The stage whose pods did not get ready, so that it was never judged. Each one before it left a verdict; a promotion is none. */
function unjudgedOf(end: RolloutEnd, {acts}: Pick<Script, 'acts'>): JudgedStage | undefined {
	if (end.ended !== 'back' || !(end.cause instanceof TurnBack) || end.cause.why !== 'stuck') return undefined;
	const wait = acts.flatMap(({wait}) => (wait?.kind === 'judge' ? [wait] : []))[end.verdicts.length];
	if (wait === undefined) return undefined;
	const {weight, share} = wait;
	const words = end.cause.evidence?.pods;
	const evidence = words === undefined ? {} : {evidence: {metrics: [], pods: {canary: words.map(({name}) => name), stable: []}, words}};
	return {weight, share, verdict: {verdict: 'fail', reason: end.reason, judgedBy: ['readiness'], metrics: [], ...evidence}};
}
