import type {JsonObject} from '../../../../core/json.ts';
import type {Context} from '../../../../core/tool.ts';
import {durationMs} from '../../duration.ts';
import type {DeployPorts} from '../../ports.ts';
import {unjudgeable} from '../../staged/unjudgeable.ts';
import type {JudgeStage} from '../../staged/wait-for.ts';
import {watchCanary} from '../canary/watch-canary.ts';
import {rollingInput} from './rolling-input.ts';
import {seeRolling} from './see-rolling.ts';

/** What of a rolling update's input its judge needs, so that another machine judges alike. */
const judged = rollingInput.omit({version: true, outline: true});

/** Judges each batch by its pods beside those of the old version, with all that was seen since the first. @throws `rollout-unreadable` */
export function rollingJudge(input: JsonObject, context: Context<DeployPorts>): JudgeStage {
	const read = judged.safeParse(input).data;
	if (read === undefined || Number.isNaN(durationMs(read.interval))) throw unjudgeable('rolling update');
	const {kind, name, namespace, interval, chosen, byPods} = read;
	const ref = {apiVersion: 'apps/v1', kind, namespace, name};
	const see = () => seeRolling(context.ports.cluster, ref);
	return watchCanary({namespace, see, intervalMs: durationMs(interval), chosen, byPods}, context).judge;
}
