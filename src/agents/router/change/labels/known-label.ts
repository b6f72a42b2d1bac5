import {objectAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Clause} from '../../clause.ts';
import {isWord} from '../../words/spoken.ts';

/**
 * The label that a clause changes without calling it one: `move team on web from red to blue`, where web has team=red. Its key and its value have to
 * be the ones that stand there, so nothing else can be meant.
 */
export function knownLabel({words, text}: Clause, object: KubeObject): readonly [key: string, value: string] | undefined {
	for (const [key, now] of Object.entries(objectAt(object, 'metadata', 'labels'))) {
		const from = words.findIndex(({raw}, at) => raw === now && (isWord(words[at - 1], 'from') || new RegExp(`${now}에서`).test(text)));
		if (typeof now !== 'string' || from === -1 || !words.some(({raw}) => raw === key)) continue;
		const to = words.findIndex(
			(word, at) => at > from && (isWord(words[at - 1], 'to') || new RegExp(`${word.raw}(?:으로|로)(?![가-힣])`).test(text)),
		);
		const value = words[to]?.raw;
		if (value !== undefined) return [key, value];
	}
	return undefined;
}
