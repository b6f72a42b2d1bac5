import {objectAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Clause, Word} from '../../clause.ts';
import {isWord} from '../../words/spoken.ts';

/** `from red to blue`, `reads red; make that blue`, `red -> blue`: words behind which a new value stands. */
const leads = (word: Word | undefined) => isWord(word, 'to') || word?.text === '->' || isWord(word, 'become');
const makes = ({words}: Clause, at: number) =>
	/^(?:it|that|this|them)$/.test(words[at - 1]?.text ?? '') && /^(?:make|call|turn|set)$/.test(words[at - 2]?.text ?? '');

/** Whether a word of a Korean text is followed by the particle that makes it a goal. */
const isGoal = (word: Word, text: string) => new RegExp(`${RegExp.escape(word.raw)}["'\`]?(?:으로|로)(?![가-힣])`).test(text);

/**
 * The label that a clause changes without calling it one: `move team on web from red to blue`, where web has team=red. Its key and its value have to
 * be the ones that stand there, so nothing else can be meant.
 */
export function knownLabel(clause: Clause, object: KubeObject): readonly [key: string, value: string] | undefined {
	const {words, text} = clause;
	for (const [key, now] of Object.entries(objectAt(object, 'metadata', 'labels'))) {
		const from = words.findIndex(({raw}) => raw === now);
		if (typeof now !== 'string' || from === -1 || !words.some(({raw}) => raw === key)) continue;
		const to = words.findIndex(
			(word, at) =>
				at > from && (leads(words[at - 1]) || makes(clause, at) || (word.raw !== now && /^[\w.-]+$/.test(word.raw) && isGoal(word, text))),
		);
		const value = words[to]?.raw;
		if (value !== undefined) return [key, value];
	}
	return undefined;
}
