import {randomUUID} from 'node:crypto';
import type {EmitChat} from '../../core/chat-event.ts';
import {routerAgent} from '../../core/chat-result.ts';
import type {Confirm} from '../../core/decision.ts';
import type {Session} from '../session.ts';
import type {Again} from './edited-plans.ts';

/**
 * Plans a change anew, with the inputs that the person edited or on a cluster that moved. The person is asked for a yes to that plan like to any other; to
 * one that a model chose whatever grants let pass, as its inputs may come from text of others.
 */
export async function planAgain(
	{tool: name, input, agent}: Again,
	session: Pick<Session, 'run' | 'toolNamed'>,
	{emit, confirm, signal}: {readonly emit: EmitChat; readonly confirm: Confirm; readonly signal: AbortSignal},
): Promise<void> {
	const tool = await session.toolNamed(name);
	if (tool === undefined) return;
	const call = {id: randomUUID(), agent, tool: name, input};
	emit({kind: 'call', ...call});
	const outcome = await session.run(tool, input, {
		confirm,
		signal,
		emit: event => emit({kind: 'run', id: call.id, event}),
		...(agent === routerAgent ? {} : {chosen: {agent, tainted: true}}),
	});
	emit({kind: 'result', id: call.id, outcome});
}
