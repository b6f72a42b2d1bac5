import {type Answer, type Endpoint, type Question, request} from './request.ts';

export type Patience = {
	/** Has to be shorter than what the test runner gives the test or hook: otherwise nobody is told what was answered. */
	readonly limitMs?: number;
	readonly signal?: AbortSignal;
};

/**
 * Asks again until the answer is right; a refused connection counts as not yet.
 * @throws what was answered last when the time is over; the signal's reason when it aborts first
 */
export async function until(
	endpoint: Endpoint,
	question: Question,
	isRight: (answer: Answer) => boolean,
	{limitMs = 40_000, signal}: Patience = {},
): Promise<Answer> {
	const limit = AbortSignal.timeout(limitMs);
	for (;;) {
		const answer = await request(endpoint, question).catch(error => ({status: 0, headers: {}, text: String(error)}));
		if (isRight(answer)) return answer;
		signal?.throwIfAborted();
		if (limit.aborted) throw new Error(`${question.method ?? 'GET'} ${question.path}: ${answer.status} ${answer.text.slice(0, 2000)}`);
		await new Promise(resolve => setTimeout(resolve, 100));
	}
}
