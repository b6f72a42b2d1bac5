import * as z from 'zod';
import {progressShape} from '../backends/progress.ts';
import {lostRolloutOutput} from '../staged/control/lost-rollout.ts';
import {rolloutStateOutput} from '../staged/record/rollout-state.ts';

/** Pods shown; troubled ones come first, and the rest is counted. */
export const shownPods = 20;

const track = z.enum(['stable', 'canary', 'preview', 'baseline']);

const podRow = z.object({
	name: z.string(),
	track,
	phase: z.string(),
	healthy: z.boolean(),
	ready: z.string(),
	restarts: z.number(),
	images: z.array(z.string()),
	/** Why it does not run; empty where it does. */
	reason: z.string(),
	createdAt: z.string(),
});

/** One version: which part of the ready pods is of it, 0 to 1. Traffic follows it where a Service selects all of them: not with a copy that stands apart. */
const version = z.object({track, images: z.array(z.string()), ready: z.number(), pods: z.number(), share: z.number()});

/** One reason why pods do not serve, and since when; `since` is empty where the cluster does not tell. */
const trouble = z.object({track, pods: z.number(), text: z.string(), lasting: z.boolean(), since: z.string()});

export const statusOutput = z.object({
	name: z.string(),
	namespace: z.string(),
	state: z.enum(['healthy', 'rolling-out', 'canary', 'paused', 'stuck', 'degraded']),
	summary: z.string(),
	revision: z.number(),
	images: z.array(z.string()),
	desired: z.number(),
	ready: z.number(),
	updated: z.number(),
	/** The new version beside the workload, the preview of a blue-green rollout too. `apart`: it has a Service of its own, and no part of the pods tells its traffic. */
	canary: z
		.object({name: z.string(), track, images: z.array(z.string()), desired: z.number(), ready: z.number(), apart: z.boolean()})
		.optional(),
	/** The rollout that mkcoa carries out, or that was left half way. */
	rollout: rolloutStateOutput.optional(),
	/** What a rollout of mkcoa's left whose record somebody deleted. */
	lost: lostRolloutOutput.optional(),
	versions: z.array(version),
	troubles: z.array(trouble),
	/** Command lines for what to do next, the likeliest first. */
	next: z.array(z.string()),
	conditions: z.array(z.object({type: z.string(), status: z.string(), reason: z.string(), message: z.string()})),
	pods: z.array(podRow),
	podsLeftOut: z.number(),
	/** What the controller tells that rolls it out; absent where Kubernetes alone does. */
	progress: progressShape.optional(),
	/** Why pods were not looked at. */
	notChecked: z.string().optional(),
});

export type Status = z.output<typeof statusOutput>;
