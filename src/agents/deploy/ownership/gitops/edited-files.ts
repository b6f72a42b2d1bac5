import {MkcoaError} from '../../../../core/error.ts';
import {editYaml, UneditableError} from './edit-yaml.ts';
import type {FoundEdit} from './find-edits.ts';
import type {SourceFile} from './source-tree.ts';

/** One line of a file that changes, as people see it, without values of variables; `line` counts from 1 in the file as it is. */
export type LineChange = {
	readonly file: string;
	readonly line: number;
	readonly removed: readonly string[];
	readonly added: readonly string[];
};

export type Edited = {readonly files: readonly SourceFile[]; readonly lines: readonly LineChange[]};

/**
 * The files with all edits in them, and the lines that differ.
 * @throws MkcoaError `not-editable` with the file and the reason
 */
export function editedFiles(files: readonly SourceFile[], edits: readonly FoundEdit[]): Edited {
	const byPath = new Map(files.map(({path, text}) => [path, text]));
	const after = new Map<string, string>();
	for (const {file, document, path, after: value} of edits) {
		const text = after.get(file) ?? byPath.get(file) ?? '';
		try {
			after.set(file, editYaml(text, {document, path, value}));
		} catch (error) {
			if (!(error instanceof UneditableError)) throw error;
			throw new MkcoaError({
				kind: 'usage',
				code: 'not-editable',
				what: `${file} cannot be edited`,
				why: error.message,
				next: 'Edit it by hand, or name another file',
			});
		}
	}
	const changed = [...after].filter(([path, text]) => text !== byPath.get(path));
	return {
		files: changed.map(([path, text]) => ({path, text})),
		lines: changed.map(([file, text]) => lineChange(file, byPath.get(file) ?? '', text)),
	};
}

/** The lines between the first and the last that differ. */
function lineChange(file: string, before: string, after: string): LineChange {
	const [was, is] = [before.split('\n'), after.split('\n')];
	let start = 0;
	while (start < was.length && start < is.length && was[start] === is[start]) start++;
	let end = 0;
	while (end < was.length - start && end < is.length - start && was.at(-1 - end) === is.at(-1 - end)) end++;
	const shown = (lines: readonly string[]) => lines.slice(start, lines.length - end).map(withoutValues);
	return {file, line: start + 1, removed: shown(was), added: shown(is)};
}

/** A variable of a container may hold a password, and stand on the line of an image or between two edits. */
const withoutValues = (line: string) => line.replaceAll(/(\bvalue["']?\s*:\s*)(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^,}\]]+)/g, '$1…');
