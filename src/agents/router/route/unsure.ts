import type {Clause} from '../clause.ts';
import type {Understanding} from '../understanding.ts';

/** The question that stands where something is to be left alone and what is to change is not sure. */
export const unsure = ({language, text}: Clause, spared: string): Understanding => ({
	kind: 'question',
	text:
		language === 'ko'
			? `그대로 둘 것이 있는 요청입니다 (${spared}). 무엇을 바꿀지 이름으로 말씀해 주세요: "${text}"`
			: `Something is to be left alone here (${spared}). Which objects should change, by name? ("${text}")`,
	choices: [],
});
