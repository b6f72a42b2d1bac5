import {constants} from 'node:fs';
import {access} from 'node:fs/promises';
import {resolve} from 'node:path';
import type {Git} from './run-git.ts';

/** Those that `git commit` runs, in its order. */
const ofCommits = ['pre-commit', 'prepare-commit-msg', 'commit-msg', 'post-commit'] as const;

/** Hooks of a checkout that a commit by hand would run, by name; where they lie is the person's setting (`core.hooksPath`). */
export async function commitHooks(git: Git, root: string): Promise<readonly string[]> {
	const path = (await git(['rev-parse', '--git-path', 'hooks'])).out.toString('utf8').trim();
	const isThere = async (name: string) =>
		access(resolve(root, path, name), constants.X_OK).then(
			() => [name],
			() => [],
		);
	return (await Promise.all(ofCommits.map(isThere))).flat();
}
