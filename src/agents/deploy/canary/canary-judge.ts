import * as z from 'zod';
import {MkcoaError} from '../../../core/error.ts';
import type {JsonObject} from '../../../core/json.ts';
import type {Context} from '../../../core/tool.ts';
import {durationMs} from '../duration.ts';
import {chosenMetric} from '../metrics/chosen-metric.ts';
import type {DeployPorts} from '../ports.ts';
import type {JudgeStage} from '../staged/wait-for.ts';
import {seeCanary} from './see-canary.ts';
import {watchCanary} from './watch-canary.ts';

/** What of a canary's input its judge needs, so that another machine judges alike. */
export const judgedInput = z.object({
	namespace: z.string(),
	/** The Deployments by name, and the Services by which a route reaches each version alone. */
	name: z.string(),
	canary: z.string(),
	baseline: z.string().optional(),
	stableService: z.string().optional(),
	canaryService: z.string().optional(),
	interval: z.string(),
	chosen: z.array(chosenMetric),
	byPods: z.array(z.string()),
});

/** Judges the stages of one canary, each by all that was seen since the first. @throws `rollout-unreadable` */
export function canaryJudge(input: JsonObject, context: Context<DeployPorts>): JudgeStage {
	const read = judgedInput.safeParse(input).data;
	if (read === undefined) throw unreadable();
	const {namespace, name: stable, canary, baseline, stableService, canaryService, interval, chosen, byPods} = read;
	const names = {namespace, stable, canary, baseline, stableService, canaryService};
	const see = () => seeCanary(context.ports.cluster, names);
	const watched = watchCanary({namespace, see, intervalMs: durationMs(interval), chosen, byPods}, context);
	return (stage, look) => watched.judge(stage.pods, stage.weight, look);
}

/** The input comes from a record, which everybody may write who may write ConfigMaps. */
const unreadable = () =>
	new MkcoaError({
		kind: 'environment',
		code: 'rollout-unreadable',
		what: 'The record of the canary does not say how it is judged',
		why: 'another version of mkcoa began it, or somebody changed it',
		next: 'Take it back with mkcoa deploy abort, or go on with the version of mkcoa that began it',
	});
