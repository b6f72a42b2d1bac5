import {basename} from 'node:path';
import type {CommandLine} from './launcher.ts';
import type {Goal} from './result.ts';

export type Side = {
	/** As a person types it. */
	readonly title: string;
	readonly command: CommandLine;
	/** Exit codes that are an answer, 0 if left out. */
	readonly exits?: readonly number[];
};

export type Case = {
	readonly name: string;
	readonly title: string;
	readonly remark?: string;
	readonly goal?: Goal;
	/** Fewer lines than this are no answer to the same question. */
	readonly atLeastLines?: number;
	/** Runs before each command and answers the namespace that the command works in. */
	readonly before?: () => Promise<string>;
	/** mkcoa, then the one that the goal is about, then others. */
	readonly sides: readonly [Side, Side, ...Side[]];
};

/** @param program how the machine starts it; `words` are the same for the person and the machine, but for the folders of files */
export const sideOf = (name: string, program: CommandLine, words: readonly string[]): Side => ({
	title: [name, ...words.map(word => (word.startsWith('/') ? basename(word) : word))].join(' '),
	command: [...program, ...words],
});
