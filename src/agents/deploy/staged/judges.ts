import type {Context} from '../../../core/tool.ts';
import type {DeployPorts} from '../ports.ts';
import {canaryJudge} from '../strategies/canary/judging/canary-judge.ts';
import {rollingJudge} from '../strategies/rolling/rolling-judge.ts';
import type {RolloutRecord} from './record/record.ts';
import type {JudgeStage} from './wait-for.ts';

/** How each strategy judges a stage, from the input in its record. One that judges nothing never asks. */
const makers: {readonly [strategy: string]: (input: RolloutRecord['input'], context: Context<DeployPorts>) => JudgeStage} = {
	canary: canaryJudge,
	rolling: rollingJudge,
	'blue-green': canaryJudge,
};

const judgesNothing: JudgeStage = async () => {
	throw new Error('This rollout has no stage to judge');
};

/** The judge of a rollout that somebody else began. It is made for the first stage: a way back needs none. */
export function judgeOf({strategy, input}: Pick<RolloutRecord, 'strategy' | 'input'>, context: Context<DeployPorts>): JudgeStage {
	let made: JudgeStage | undefined;
	const judge = () => {
		made ??= (Object.hasOwn(makers, strategy) ? makers[strategy] : undefined)?.(input, context) ?? judgesNothing;
		return made;
	};
	const judged: JudgeStage = (stage, look) => judge()(stage, look);
	return Object.assign(judged, {
		async now() {
			const {now} = judge();
			return now === undefined ? context.clock.now() : now();
		},
	});
}
