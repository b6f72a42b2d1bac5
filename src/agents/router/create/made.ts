import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Choice} from '../../conversation/event.ts';
import type {Clause} from '../clause.ts';
import type {Call} from '../understanding.ts';

/** What became of a wish: objects for one apply, calls of tools that make them, or what has to be asked before. */
export type Made =
	| {readonly kind: 'objects'; readonly objects: readonly KubeObject[]}
	| {readonly kind: 'calls'; readonly calls: readonly Call[]}
	| {readonly kind: 'lacking'; readonly text: string; readonly choices: readonly Choice[]};

export const objects = (...made: readonly KubeObject[]): Made => ({kind: 'objects', objects: made});

/** What is lacking, in the language of the wish. */
export const lacking = ({language}: Pick<Clause, 'language'>, english: string, korean: string, choices: readonly Choice[] = []): Made => ({
	kind: 'lacking',
	text: language === 'ko' ? korean : english,
	choices,
});
