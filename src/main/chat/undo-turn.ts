import {randomUUID} from 'node:crypto';
import type {EmitChat} from '../../core/chat-event.ts';
import {routerAgent} from '../../core/chat-result.ts';
import type {Confirm} from '../../core/decision.ts';
import type {Session} from '../session.ts';

const command = /^\/undo(?:\s+(\S+))?$/;
/** Of the last change alone: `undo the scaling of web` names one, and is a request. */
const inWords =
	/^(?:please\s+)?(?:undo|revert|take back|reverse)(?:\s+(?:it|that|this|(?:the|my|that|this)\s+(?:last\s+)?change))?(?:\s+please)?[.!]*$|^(?:please\s+)?take\s+(?:it|that|this|the last change)\s+back(?:\s+please)?[.!]*$/i;
const inKorean = /^(?:(?:방금|마지막|이|그)\s*)?(?:(?:한\s*)?(?:것|거|변경|작업)(?:을|를)?\s*)?(?:되돌려|취소해)\s*(?:줘|주세요)?[.!]*$/;

/** Which change a request wants to take back: its id, '' for the last one; undefined where it wants something else. */
export function undoWanted(request: string): string | undefined {
	const text = request.trim();
	const named = command.exec(text);
	if (named !== null) return named[1] ?? '';
	return inWords.test(text) || inKorean.test(text) ? '' : undefined;
}

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
