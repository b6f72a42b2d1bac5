/** Asks at the first call, and gives all others the same answer. */
export function once<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
	let answer: Promise<Answer> | undefined;
	return () => {
		answer ??= ask();
		return answer;
	};
}
