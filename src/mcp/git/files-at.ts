import {MkcoaError} from '../../core/error.ts';
import type {RepositoryFile} from './port.ts';
import type {Git} from './run-git.ts';

const mostFiles = 20_000;
const mostFileBytes = 1024 * 1024;

/** Every YAML file of a commit. */
export async function filesAt(git: Git, head: string): Promise<readonly RepositoryFile[]> {
	const listed = (await git(['ls-tree', '-r', '-z', '--long', head])).out.toString('utf8').split('\0');
	const rows = listed.flatMap(row => {
		const [, id, size, path] = /^100\d{3} blob ([0-9a-f]+) +(\d+)\t(.+)$/s.exec(row) ?? [];
		const isWanted = path !== undefined && /(\.ya?ml|(^|\/)Kustomization)$/.test(path) && Number(size) <= mostFileBytes;
		return isWanted && id !== undefined ? [{id, path}] : [];
	});
	if (rows.length > mostFiles)
		throw new MkcoaError({
			kind: 'usage',
			code: 'repository-too-large',
			what: `The repository has ${rows.length} YAML files`,
			why: `mkcoa reads at most ${mostFiles}`,
			next: 'Edit the manifest by hand',
		});
	if (rows.length === 0) return [];
	const {out} = await git(['cat-file', '--batch'], {input: `${rows.map(({id}) => id).join('\n')}\n`});
	return contents(out, rows);
}

/** `git cat-file --batch` answers `ID blob SIZE`, a newline, the bytes, a newline; in the order of the questions. */
function contents(out: Buffer, rows: readonly {readonly path: string}[]): readonly RepositoryFile[] {
	let at = 0;
	return rows.map(({path}) => {
		const headEnd = out.indexOf('\n', at);
		const size = Number(out.subarray(at, headEnd).toString('latin1').split(' ')[2]);
		const text = out.subarray(headEnd + 1, headEnd + 1 + size).toString('utf8');
		at = headEnd + 1 + size + 1;
		return {path, text};
	});
}
