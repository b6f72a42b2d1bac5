import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {MkcoaError} from '../../core/error.ts';
import type {Hosting} from './hosting.ts';
import type {Commit, Committed, RepositoryFile} from './port.ts';
import {type Git, withoutPasswords} from './run-git.ts';
import {signIn} from './sign-in.ts';

/** Where a commit is made. `remote` is undefined where it stays here. */
export type Own = {
	readonly git: Git;
	readonly head: string;
	readonly remote: string | undefined;
	readonly hosting: Hosting | undefined;
	readonly isClone: boolean;
};

/** The commit at the head of a branch. */
export async function headOf({git, remote, isClone}: Own, branch: string): Promise<string | undefined> {
	const {out} = isClone
		? await git(['ls-remote', '--heads', '--', remote ?? '', `refs/heads/${branch}`])
		: await git(['rev-parse', '--verify', '-q', `refs/heads/${branch}^{commit}`], {accept: [1]});
	return /^[0-9a-f]{40,64}/.exec(out.toString('utf8'))?.[0];
}

/**
 * Writes the objects and the branch beside the person's checkout: no file of it, nor its index, nor its branch is touched.
 * @throws MkcoaError `branch-exists`, `push-refused`
 */
export async function makeCommit(own: Own, {branch, message, files}: Commit): Promise<Committed> {
	const {git, head, remote, hosting} = own;
	const id = await commitOf(own, message, files);
	const made = await git(['update-ref', `refs/heads/${branch}`, id, '0'.repeat(head.length)], {accept: [128]});
	if (made.code !== 0) throw branchExists(branch);
	if (remote === undefined) return {id, branch};
	const refused = await git(['push', '--quiet', '--', remote, `refs/heads/${branch}:refs/heads/${branch}`], {
		env: signIn(remote, hosting),
	}).then(
		() => undefined,
		(error: unknown) => error,
	);
	if (refused === undefined) return {id, branch, pushed: withoutPasswords(remote)};
	await git(['update-ref', '-d', `refs/heads/${branch}`, id]);
	throw refused instanceof MkcoaError
		? new MkcoaError({
				...refused.trouble,
				code: 'push-refused',
				what: `The commit could not be pushed to ${withoutPasswords(remote)}`,
				next: 'Check that you may push there; nothing was left behind',
			})
		: refused;
}

async function commitOf({git, head}: Own, message: string, files: readonly RepositoryFile[]): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'mkcoa-index-'));
	const env = {GIT_INDEX_FILE: join(folder, 'index')};
	const word = async (args: readonly string[], input = '') => (await git(args, {input, env})).out.toString('utf8').trim();
	try {
		await git(['read-tree', head], {env});
		for (const {path, text} of files) {
			const mode = (await word(['ls-tree', head, '--', path])).slice(0, 6) || '100644';
			const blob = await word(['hash-object', '-w', '--stdin'], text);
			await git(['update-index', '--add', '--cacheinfo', `${mode},${blob},${path}`], {env});
		}
		const tree = await word(['write-tree']);
		const signs = (await git(['config', '--type=bool', '--get', 'commit.gpgsign'], {accept: [1]})).out.toString('utf8').trim() === 'true';
		return await word(['commit-tree', ...(signs ? ['-S'] : []), '-p', head, '-F', '-', tree], message);
	} finally {
		await rm(folder, {recursive: true, force: true});
	}
}

const branchExists = (branch: string) =>
	new MkcoaError({
		kind: 'environment',
		code: 'branch-exists',
		what: `There is a branch ${branch} already`,
		why: 'the same change was delivered before, and the files moved since',
		next: `Merge or delete it, and try again: git branch -D ${branch}`,
	});
