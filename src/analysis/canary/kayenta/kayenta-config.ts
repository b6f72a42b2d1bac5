import * as z from 'zod';

/** Numbers and flags stand as text in configs that a template made. */
const number = z.union([z.number(), z.string().trim().min(1).pipe(z.coerce.number())]);

/** What Kayenta writes itself where a config names nothing. */
const none = <const Usual extends string>(usual: Usual) => z.literal('none').transform(() => usual);

const flag = z.union([z.boolean(), z.stringbool()]).default(false);

const effectSize = z.object({
	measure: z.enum(['meanRatio', 'cles']).default('meanRatio'),
	allowedIncrease: number.exactOptional(),
	allowedDecrease: number.exactOptional(),
	criticalIncrease: number.exactOptional(),
	criticalDecrease: number.exactOptional(),
});

const outliers = z.object({
	strategy: z.enum(['keep', 'remove']).or(none('keep')).default('keep'),
	outlierFactor: number.pipe(z.number().positive()).default(3),
	reduceSensitivity: z.boolean().default(true),
});

const analysis = z.object({
	direction: z.enum(['increase', 'decrease', 'either']).or(none('either')).default('either'),
	nanStrategy: z.enum(['remove', 'replace']).or(none('remove')).default('remove'),
	critical: flag,
	/** Shown and not scored. */
	muted: flag,
	mustHaveData: flag,
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
