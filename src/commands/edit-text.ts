import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {execa} from 'execa';
import {MkcoaError} from '../core/error.ts';
import type {Environment} from './options.ts';

/**
 * Lets the person edit a text in `$VISUAL` or `$EDITOR`, which has the terminal meanwhile.
 * @returns the text as it was saved, without its last line break
 * @throws MkcoaError `no-editor` where none is named, `editor-failed` where it ended with an error: nothing of the text is used then
 */
export async function editText(text: string, {VISUAL, EDITOR}: Environment): Promise<string> {
	const [program, ...words] = (VISUAL || EDITOR || '').split(' ').filter(word => word !== '');
	if (program === undefined)
		throw new MkcoaError({kind: 'usage', code: 'no-editor', what: 'No editor is named', next: 'Set EDITOR, such as EDITOR=vi'});
	const folder = await mkdtemp(join(tmpdir(), 'mkcoa-edit-'));
	const file = join(folder, 'request.md');
	try {
		await writeFile(file, text, {mode: 0o600});
		const {exitCode} = await execa(program, [...words, file], {stdio: 'inherit', reject: false});
		if (exitCode !== 0) throw failed(program, exitCode);
		return (await readFile(file, 'utf8')).replace(/\r?\n$/, '');
	} finally {
		await rm(folder, {recursive: true, force: true});
	}
}

const failed = (program: string, exitCode: number | undefined) =>
	new MkcoaError({
		kind: 'environment',
		code: 'editor-failed',
		what: `The editor ${program} did not end well`,
		why: exitCode === undefined ? 'it could not be started' : `it ended with ${exitCode}`,
		next: 'Check VISUAL and EDITOR',
	});
