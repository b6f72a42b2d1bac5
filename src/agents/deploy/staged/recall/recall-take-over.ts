import type {SealedValues} from '../../../../core/journal.ts';
import type {Plan} from '../../../../core/plan.ts';
import type {Context} from '../../../../core/tool.ts';
import type {DeployPorts} from '../../ports.ts';
import type {ControlInput} from '../control/control-input.ts';
import {layoutOf} from '../layout.ts';
import {readScript, rolloutRefs} from '../record/rollout-objects.ts';
import {recallSteps} from './recall-rollout.ts';

/** The confined values of a plan that takes a rollout over: they stand in its script. */
export async function recallTakeOver(
	{steps, input}: Plan<ControlInput>,
	sealed: SealedValues,
	{ports: {cluster}}: Context<DeployPorts>,
): Promise<SealedValues> {
	const secret = input.way === 'take-over' ? await cluster.get(rolloutRefs(input).script) : undefined;
	if (secret === undefined) return {};
	const script = readScript(secret);
	const layout = layoutOf(script, input, false);
	return recallSteps(steps, sealed, (_step, index) => [
		...script.acts.filter((_, position) => layout.act(position) === index).flatMap(({writes}) => writes),
		...script.wayBack.filter((_, position) => layout.back(position) === index).flatMap(({writes}) => writes),
	]);
}
