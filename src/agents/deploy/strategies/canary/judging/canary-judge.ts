import * as z from 'zod';
import type {JsonObject} from '../../../../../core/json.ts';
import type {Context} from '../../../../../core/tool.ts';
import {durationMs} from '../../../duration.ts';
import {chosenMetric} from '../../../metrics/choosing/chosen-metric.ts';
import type {DeployPorts} from '../../../ports.ts';
import {unjudgeable} from '../../../staged/unjudgeable.ts';
import type {JudgeStage} from '../../../staged/wait-for.ts';
import {seeCanary} from '../see-canary.ts';
import {watchCanary} from '../watch-canary.ts';
import {judgedByKayenta, kayentaJudge} from './kayenta-judge.ts';

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
	/** The Kayenta config that decides in place of mkcoa's own tests; `chosen` then only counts requests. */
	kayenta: judgedByKayenta.exactOptional(),
});

/** Judges the stages of one canary, each by all that was seen since the first. @throws `rollout-unreadable` */
export function canaryJudge(input: JsonObject, context: Context<DeployPorts>): JudgeStage {
	const read = judgedInput.safeParse(input).data;
	// The interval of one that judges nothing is empty, and it never comes here.
	if (read === undefined || Number.isNaN(durationMs(read.interval))) throw unjudgeable('canary');
	const {namespace, name: stable, canary, baseline, stableService, canaryService, interval, chosen, byPods, kayenta} = read;
	const names = {namespace, stable, canary, baseline, stableService, canaryService};
	const see = () => seeCanary(context.ports.cluster, names);
	const watch = {namespace, see, intervalMs: durationMs(interval), chosen, byPods};
	if (kayenta !== undefined) return kayentaJudge({...watch, kayenta}, context);
	return watchCanary(watch, context).judge;
}
