import type {JsonObject} from '../../../core/json.ts';
import type {ApprovedPlan} from '../../../core/plan.ts';
import type {Context, Effects} from '../../../core/tool.ts';
import type {DeployPorts} from '../ports.ts';
import {wentBack} from '../strategies/rolling/rolled-out.ts';
import {atStart} from './draft-rollout.ts';
import {rolloutEnded} from './end-of-rollout.ts';
import {judgeOf} from './judges.ts';
import {layoutOf} from './layout.ts';
import {type Outline, scriptFrom} from './outline.ts';
import {type RolloutEnd, runScript} from './run-script.ts';

type Approved = ApprovedPlan<
	JsonObject & {readonly kind: string; readonly name: string; readonly namespace: string; readonly outline: Outline}
>;

/**
 * Carries out an approved plan whose input holds the outline of its script.
 * @throws StoppedError where it ended another way than it was planned, with the last words of pods that failed
 */
export function carryOutRollout(
	strategy: string,
	{steps, input}: Approved,
	context: Context<DeployPorts>,
	effects: Effects,
): Promise<RolloutEnd> {
	const workload = {namespace: input.namespace, name: input.name, kind: input.kind};
	const script = scriptFrom(input.outline, steps);
	const staged = {workload, script, steps, layout: layoutOf(script, atStart, true), judge: judgeOf({strategy, input}, context)};
	return rolloutEnded(
		{workload, strategy, signal: context.signal, output: end => (end.ended === 'back' ? wentBack(input, end) : undefined)},
		() => runScript(staged, context, effects),
	);
}
