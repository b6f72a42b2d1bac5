import * as z from 'zod';

/** One measured number of a controller's analysis, and why it did not pass. */
const measuredMetric = z.object({
	name: z.string(),
	phase: z.string(),
	/** The last value that did not pass, or the last of all; empty where nothing was measured. */
	value: z.string(),
	/** What a value has to meet, as the analysis says it; empty where it says nothing. */
	condition: z.string(),
	/** The controller's words; empty where it has none. */
	message: z.string(),
});

/** How far a controller is with a rollout, in the same words for each controller. */
export const progressShape = z.object({
	controller: z.enum(['argo-rollout', 'flagger', 'kruise']),
	/** The object that a person commands: `Rollout shop/web`. */
	object: z.string(),
	state: z.enum(['healthy', 'rolling-out', 'paused', 'degraded']),
	/** The controller's own word for it, such as `Progressing` or `WaitingPromotion`. */
	phase: z.string(),
	message: z.string(),
	/** Nothing moves until a person says so. */
	waits: z.boolean(),
	/** From 1. */
	step: z.object({index: z.number(), of: z.number(), title: z.string()}).optional(),
	/** Share of traffic or pods that the new version is meant to have now, per cent. */
	weight: z.number().optional(),
	/** What else the controller tells, one sentence each. */
	facts: z.array(z.string()),
	analyses: z.array(z.object({name: z.string(), phase: z.string(), message: z.string(), metrics: z.array(measuredMetric)})),
	/** What was not looked at, and why. */
	notChecked: z.array(z.string()),
});

export type Progress = z.output<typeof progressShape>;
export type Analysis = Progress['analyses'][number];
