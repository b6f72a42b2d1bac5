import {namedByPerson} from '../agents/loop/named-by-person.ts';
import {modelAnswerCharacters} from '../core/text/model-answer.ts';
import {type ToolsInProcess, toolsInProcess} from '../mcp/tools-in-process.ts';
import type {Ports} from './ports.ts';
import type {Session} from './session.ts';
import type {RoadChange} from './session-road.ts';
import {telling} from './telling.ts';
import {toolGroups} from './tool-groups.ts';

/**
 * The toolsets as agents reach them, third parties' among them: each call travels the road of this session, where the person says yes or the plan waits.
 * @param change for all calls of the conversation, such as its own confirmer; its `emit` hears what each call's own listener hears
 */
export const agentTools = (
	{run, confirm, outside}: Pick<Session, 'run' | 'confirm' | 'outside'>,
	change: RoadChange = {},
): ToolsInProcess =>
	toolsInProcess([...toolGroups], outside.groups, (tool, input, {caller: {agent, chosen, onlyShown}, emit, signal}) =>
		run(tool, input, {
			...change,
			emit: event => {
				change.emit?.(event);
				emit(event);
			},
			signal,
			...(onlyShown === true ? {mode: 'plan'} : {}),
			// Whoever works without a model has no budget to keep.
			answerCharacters: chosen === undefined ? Number.POSITIVE_INFINITY : modelAnswerCharacters,
			...(chosen === undefined
				? {}
				: {chosen: {agent, tainted: chosen.tainted}, ports: ({values}: Ports) => ({values: namedByPerson(values, chosen.said)})}),
			...(chosen?.why === undefined ? {} : {confirm: telling(chosen.why, change.confirm ?? confirm)}),
		}),
	);
