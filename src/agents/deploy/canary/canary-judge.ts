import * as z from 'zod';
import {MkcoaError} from '../../../core/error.ts';
import type {JsonObject} from '../../../core/json.ts';
import type {Context} from '../../../core/tool.ts';
import {durationMs} from '../duration.ts';
import {promisedSampler} from '../metrics/judgement.ts';
import type {DeployPorts} from '../ports.ts';
import type {JudgeStage} from '../staged/wait-for.ts';
import {seeCanary} from './see-canary.ts';
import {watchCanary} from './watch-canary.ts';

/** What of a canary's input its judge needs, so that another machine judges alike. */
const judged = z.object({name: z.string(), namespace: z.string(), interval: z.string(), judgesErrors: z.boolean()});

/** Judges the stages of one canary, each by all that was seen since the first. */
export function canaryJudge(input: JsonObject, context: Context<DeployPorts>): JudgeStage {
	const read = judged.safeParse(input).data;
	if (read === undefined) throw unreadable();
	const {name, namespace, interval, judgesErrors} = read;
	const sample = judgesErrors ? promisedSampler(context.ports, namespace) : undefined;
	const canary = watchCanary(
		{see: () => seeCanary(context.ports.cluster, {namespace, name}), intervalMs: durationMs(interval), sample},
		context,
	);
	return async (stage, look) => ({...(await canary.judge(stage.pods, stage.weight, look))});
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
