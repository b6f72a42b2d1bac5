import {type Answer, type Endpoint, type Question, request} from './request.ts';

/**
 * Asks again until the answer is right; a refused connection counts as not yet.
 * @throws the signal's reason; when that is a timeout, or after 50 seconds, what was answered last
 */
export async function until(endpoint: Endpoint, question: Question, isRight: (answer: Answer) => boolean, signal: AbortSignal) {
	const limit = AbortSignal.timeout(50_000);
	for (;;) {
		const answer = await request(endpoint, question).catch(error => ({status: 0, headers: {}, text: String(error)}));
		if (isRight(answer)) return answer;
		if (limit.aborted || isTimeout(signal)) {
			throw new Error(`${question.method ?? 'GET'} ${question.path}: ${answer.status} ${answer.text.slice(0, 2000)}`);
		}
		signal.throwIfAborted();
		await new Promise(resolve => setTimeout(resolve, 50));
	}
}

const isTimeout = ({reason}: AbortSignal) => reason instanceof DOMException && reason.name === 'TimeoutError';
