import type {Clause} from '../clause.ts';
import type {Understanding} from '../understanding.ts';

/** Asks about the part of a request that a plan would leave out. */
export const askPart = ({language}: Clause, part: string, said: string): Understanding => ({
	kind: 'question',
	text:
		language === 'ko'
			? `"${part.trim()}" 부분은 이해하지 못했습니다. 나머지는 이렇게 이해했습니다: ${said}. 그 부분은 어떻게 할까요?`
			: `I did not understand the part "${part.trim()}". The rest would be: ${said}. What is meant by that part?`,
	choices: [],
});
