import type {Verb} from './stage.ts';

/** A kill after the write of this index, and who comes then. */
export type Case = {readonly index: number; readonly verb: Verb};

/** A kill after each of these writes, followed by both. */
export const casesOf = (writes: readonly string[], isKilled: (write: string, next: string | undefined) => boolean): readonly Case[] =>
	writes.flatMap((write, index) => (isKilled(write, writes[index + 1]) ? (['resume', 'abort'] as const).map(verb => ({index, verb})) : []));

export const caseText = (writes: readonly string[], {index, verb}: Case) => `${index + 1} ${writes[index]}, then ${verb}`;

/** Every write of a story, and who comes when mkcoa is killed after it. */
export const listed = (writes: readonly string[], cases: readonly Case[]) =>
	writes
		.map((write, index) => {
			const verbs = cases.filter(each => each.index === index).map(({verb}) => verb);
			return `${String(index + 1).padStart(2)} ${write}${verbs.length === 0 ? '' : ` ✗ then ${verbs.join(', ')}`}\n`;
		})
		.join('');
