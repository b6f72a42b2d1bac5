/** A question may be several to the one who answers. */
const usualAtOnce = 4;

/** Answers in the order of the questions; a few are asked at a time. Rejects as the first one that fails. */
export async function inParallel<Question, Answer>(
	questions: readonly Question[],
	ask: (question: Question) => Promise<Answer>,
	atOnce = usualAtOnce,
): Promise<readonly Answer[]> {
	const answers: Answer[] = [];
	const open = [...questions.entries()];
	const worker = async () => {
		for (let next = open.shift(); next !== undefined; next = open.shift()) answers[next[0]] = await ask(next[1]);
	};
	await Promise.all(Array.from({length: Math.min(atOnce, questions.length)}, worker));
	return answers;
}
