import {randomUUID} from 'node:crypto';
import type {EmitChat} from '../../core/chat-event.ts';
import {routerAgent} from '../../core/chat-result.ts';
import type {Confirm} from '../../core/decision.ts';
import type {Session} from '../session.ts';

/** Takes a change back within a conversation: a change like any other, which the person is asked for. */
export async function undoTurn(
	id: string,
	session: Session,
	{emit, confirm, signal}: {readonly emit: EmitChat; readonly confirm: Confirm; readonly signal: AbortSignal},
): Promise<void> {
	const {undo} = await import('../../mcp/kubernetes/tools/undo.ts');
	const call = {id: randomUUID(), agent: routerAgent, tool: undo.name, input: id === '' ? {} : {id}};
	emit({kind: 'understood', text: id === '' ? 'Take the last change back' : `Take ${id} back`});
	emit({kind: 'call', ...call});
	const outcome = await session.run(undo, call.input, {confirm, signal, emit: event => emit({kind: 'run', id: call.id, event})});
	emit({kind: 'result', id: call.id, outcome});
	emit({kind: 'ended', reason: outcome.kind === 'failed' ? 'failed' : 'answered'});
}
