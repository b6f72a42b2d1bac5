import type {Clause} from '../clause.ts';
import {isGoverned} from '../guards/is-governed.ts';
import type {Understanding} from '../understanding.ts';

type Calls = Extract<Understanding, {kind: 'calls'}>;

/** The question that stands instead of a plan that deletes what no verb of the clause says is to go. Undefined: each deletion is said. */
export function ungoverned(clause: Clause, {calls}: Calls): Understanding | undefined {
	const names = calls.filter(({tool}) => tool === 'resource_delete').map(({input}) => String(input.name));
	const doubtful = names.filter(name => !isGoverned(clause, name));
	if (doubtful.length === 0) return undefined;
	const list = doubtful.join(', ');
	return {
		kind: 'question',
		text:
			clause.language === 'ko'
				? `삭제는 추측하지 않습니다. ${list}도 삭제하라는 말씀인가요? 삭제할 대상의 이름만 다시 말씀해 주세요.`
				: `Nothing is deleted by a guess: is ${list} to be deleted as well? Say again the names of what should go.`,
		choices: [],
	};
}
