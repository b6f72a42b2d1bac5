/** Questions that a metrics server is asked at the same time are a few for each of these. */
const atOnce = 4;

/** Answers in the order of the questions; a few are asked at a time. */
export async function inParallel<Question, Answer>(
	questions: readonly Question[],
	ask: (question: Question) => Promise<Answer>,
): Promise<readonly Answer[]> {
	const answers: Answer[] = [];
	const open = [...questions.entries()];
	const worker = async () => {
		for (let next = open.shift(); next !== undefined; next = open.shift()) answers[next[0]] = await ask(next[1]);
	};
	await Promise.all(Array.from({length: Math.min(atOnce, questions.length)}, worker));
	return answers;
}
