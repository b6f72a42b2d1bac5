import * as z from 'zod';

const effectSize = z.object({
	measure: z.enum(['meanRatio', 'cles']).default('meanRatio'),
	allowedIncrease: z.number().exactOptional(),
	allowedDecrease: z.number().exactOptional(),
	criticalIncrease: z.number().exactOptional(),
	criticalDecrease: z.number().exactOptional(),
});

const outliers = z.object({
	strategy: z.enum(['keep', 'remove']).default('keep'),
	outlierFactor: z.number().positive().default(3),
	reduceSensitivity: z.boolean().default(true),
});

const analysis = z.object({
	direction: z.enum(['increase', 'decrease', 'either']).default('either'),
	nanStrategy: z.enum(['remove', 'replace']).default('remove'),
	critical: z.boolean().default(false),
	/** Shown and not scored. */
	muted: z.boolean().default(false),
	mustHaveData: z.boolean().default(false),
	effectSize: effectSize.prefault({}),
	outliers: outliers.prefault({}),
});

const scoreThresholds = z.object({pass: z.number().min(0).max(100).default(95), marginal: z.number().min(0).max(100).default(75)});

/** What of a Kayenta canary config (`v2`) its judge reads; the rest, such as the queries, is left to whoever samples. */
export const kayentaConfig = z.object({
	name: z.string().default(''),
	metrics: z
		.array(
			z.object({
				name: z.string(),
				groups: z.array(z.string()).default([]),
				analysisConfigurations: z.object({canary: analysis.prefault({})}).prefault({}),
			}),
		)
		.min(1),
	classifier: z
		.object({groupWeights: z.record(z.string(), z.number()).default({}), scoreThresholds: scoreThresholds.optional()})
		.prefault({}),
});

export type KayentaConfig = z.infer<typeof kayentaConfig>;
export type KayentaMetric = KayentaConfig['metrics'][number];
export type ScoreThresholds = z.infer<typeof scoreThresholds>;

/** Kayenta's own, where a config names none. */
export const usualThresholds: ScoreThresholds = {pass: 95, marginal: 75};
