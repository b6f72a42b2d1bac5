import type {Choice} from '../../conversation/event.ts';
import type {Clause} from '../clause.ts';
import type {Call, Talk, Understanding} from '../understanding.ts';
import type {World} from '../world.ts';

/** What an intent is given, as one. */
export type Asking = {readonly clause: Clause; readonly world: World; readonly talk: Talk};

export type Question = Extract<Understanding, {kind: 'question'}>;

/** What one object becomes: a call and how it is told. */
export type Planned = {readonly said: string; readonly calls: readonly Call[]};

/** One of two texts, in the language of the request. */
export const inLanguage = ({language}: Pick<Clause, 'language'>, english: string, korean: string) => (language === 'ko' ? korean : english);

export const question = (clause: Pick<Clause, 'language'>, english: string, korean: string, choices: readonly Choice[] = []): Question => ({
	kind: 'question',
	text: inLanguage(clause, english, korean),
	choices,
});

/** Several objects of one wish: one question stops them all, because half a wish is another wish. */
export function allOf(results: readonly (Planned | Question)[]): Understanding {
	const asked = results.find(result => 'kind' in result);
	if (asked !== undefined && 'kind' in asked) return asked;
	const planned = results.flatMap(result => ('kind' in result ? [] : [result]));
	return {kind: 'calls', said: planned.map(({said}) => said).join('; '), calls: planned.flatMap(({calls}) => calls)};
}
