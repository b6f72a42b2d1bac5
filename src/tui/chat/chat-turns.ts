import type {Confirm, Decision} from '../../core/decision.ts';
import {serve, troubleText} from '../review-services.ts';
import type {Lend} from './chat-app.tsx';
import type {ChatBackend} from './chat-backend.ts';
import type {Effect} from './chat-state.ts';
import type {ChatStore} from './chat-store.ts';

/** One turn at a time, and the plans that wait for an answer in it. */
export function chatTurns(backend: ChatBackend, store: () => ChatStore) {
	let abort = new AbortController();
	let asked = 0;
	const working = new Map<number, AbortController>();
	const answers = new Map<number, (decision: Decision) => void>();
	const confirm: Confirm = (question, signal) =>
		new Promise(resolve => {
			const id = ++asked;
			const withdraw = () => {
				store().send({kind: 'withdrawn', id});
				decide(id, {kind: 'reject', feedback: ''});
			};
			if (signal.aborted) return resolve({kind: 'reject', feedback: ''});
			answers.set(id, decision => {
				signal.removeEventListener('abort', withdraw);
				resolve(decision);
			});
			signal.addEventListener('abort', withdraw, {once: true});
			store().send({kind: 'asked', id, question});
		});
	const decide = (id: number, decision: Decision) => {
		const answer = answers.get(id);
		answers.delete(id);
		// The answer does not wait for a rehearsal.
		working.get(id)?.abort();
		working.delete(id);
		answer?.(decision);
	};
	const send = async (request: string) => {
		abort = new AbortController();
		const {emit} = store();
		try {
			await backend.ask(request, emit, confirm, abort.signal);
			// A turn that ended by its own event is over: this one changes nothing then.
			emit({kind: 'ended', reason: abort.signal.aborted ? 'cancelled' : 'answered'});
		} catch (error) {
			if (!abort.signal.aborted) emit({kind: 'note', text: troubleText(error)});
			emit({kind: 'ended', reason: abort.signal.aborted ? 'cancelled' : 'failed'});
		}
	};
	const cancel = () => {
		abort.abort(new DOMException('The person cancelled', 'AbortError'));
		for (const id of [...answers.keys()]) decide(id, {kind: 'reject', feedback: ''});
	};
	const work = async ({id, review, question}: Extract<Effect, {kind: 'serve'}>, lend: Lend) => {
		const stop = new AbortController();
		working.set(id, stop);
		const after = await serve(review, question.plan, backend.review ?? {}, lend, stop.signal);
		store().send({kind: 'served', id, after});
	};
	return {send, cancel, decide, work};
}
