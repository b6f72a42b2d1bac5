import * as z from 'zod';
import type {RolloutEnd} from '../staged/run-script.ts';

const verdict = z.object({
	verdict: z.enum(['pass', 'fail', 'not-enough-data']),
	reason: z.string(),
	starting: z.literal(true).optional(),
	judgedBy: z.array(z.enum(['errors', 'readiness', 'restarts'])).readonly(),
	evidence: z.number().optional(),
	canaryErrorRatio: z.number().optional(),
	stableErrorRatio: z.number().optional(),
	canaryRequests: z.number().optional(),
	stableRequests: z.number().optional(),
});

const stage = z.object({weight: z.number(), share: z.number(), verdict});

/** What a canary found out. `stuck`: neither promoted nor taken back whole; both versions may serve. */
export const canaryOutput = z.object({
	verdict: z.enum(['promoted', 'rolled-back', 'stuck']),
	reason: z.string(),
	image: z.string(),
	stages: z.array(stage).readonly(),
});

export type CanaryResult = z.output<typeof canaryOutput>;

/** The end of a rollout as that of a canary. Stages come from the record, which everybody may write: what is none is left out. */
export function canaryResult(image: string, end: RolloutEnd): CanaryResult {
	const stages = end.verdicts.flatMap(each => stage.safeParse(each).data ?? []);
	if (end.ended === 'back') return {verdict: end.left.length === 0 ? 'rolled-back' : 'stuck', reason: end.reason, image, stages};
	return {verdict: 'promoted', reason: stages.at(-1)?.verdict.reason ?? 'it was judged before the run was interrupted', image, stages};
}
