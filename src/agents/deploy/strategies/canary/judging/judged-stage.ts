import * as z from 'zod';
import type {JsonObject} from '../../../../../core/json.ts';
import {evidenceSchema} from '../../../metrics/evidence-schema.ts';
import {kayentaScore} from './kayenta-verdict.ts';

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
	/** Values, queries, samples, tests and pods that it rests on, whatever it says. Missing where another run judged. */
	evidence: evidenceSchema.optional(),
});

/** One stage of a rollout and what was said of it. */
export const judgedStage = z.object({weight: z.number(), share: z.number(), verdict});
export type JudgedStage = z.output<typeof judgedStage>;

/** The stages that a rollout was judged at. They come from the record, which others may write: what is none is left out. */
export const judgedStagesOf = (verdicts: readonly JsonObject[]): readonly JudgedStage[] =>
	verdicts.flatMap(each => judgedStage.safeParse(each).data ?? []);

/** The same as a part of an answer, which has none where nothing was judged. */
export const stagesIn = ({verdicts}: {readonly verdicts: readonly JsonObject[]}): {readonly stages?: readonly JudgedStage[]} =>
	verdicts.length === 0 ? {} : {stages: judgedStagesOf(verdicts)};
