import {mkdtemp, rm, stat} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {basename, dirname, join, resolve} from 'node:path';
import {MkcoaError} from '../../core/error.ts';
import {commitHooks} from './commit-hooks.ts';
import {filesAt} from './files-at.ts';
import {hostingOf, remoteParts} from './hosting.ts';
import {headOf, makeCommit, type Own} from './make-commit.ts';
import type {Repository} from './port.ts';
import {requestMerge, type Send} from './request-merge.ts';
import {type Git, gitIn, withoutPasswords} from './run-git.ts';
import {signIn} from './sign-in.ts';

type Wiring = {
	readonly environment: {readonly [name: string]: string | undefined};
	/** Opens the way to a hosting service. */
	readonly sender: (server: URL) => Promise<Send>;
	/** Hides this value wherever something is printed or stored. */
	readonly learn: (secret: string) => void;
	readonly signal: AbortSignal;
};

type Opened = {
	readonly git: Git;
	readonly name: string;
	readonly folder: string;
	readonly remote: string | undefined;
	readonly isClone: boolean;
	readonly close: () => Promise<void>;
};

const isAddress = (place: string) => place.includes('://') || /^[\w.-]+@[\w.-]+:/.test(place);

/**
 * Opens the repository of a folder, or a clone of an address in a temporary folder.
 * @param place folder or file in a checkout, or an address that git can clone; `#FOLDER` after an address names a folder in it
 * @throws MkcoaError `no-repository`, `clone-failed`, `git-missing`, `git-failed`
 */
export async function openRepository(place: string, wiring: Wiring): Promise<Repository> {
	const opened = isAddress(place) ? await cloned(place, wiring) : await local(place, wiring);
	const {git, remote, isClone} = opened;
	try {
		const text = async (args: readonly string[]) => (await git(args)).out.toString('utf8').trim();
		const head = await text(['rev-parse', '--verify', 'HEAD^{commit}']);
		const branch = (await git(['symbolic-ref', '--short', '-q', 'HEAD'], {accept: [1]})).out.toString('utf8').trim();
		const hosting = remote === undefined ? 'the repository has no remote' : hostingOf(remote, wiring.environment);
		if (typeof hosting !== 'string') wiring.learn(hosting.token);
		const pushes = remote !== undefined && (isClone || typeof hosting !== 'string');
		const own: Own = {git, head, remote: pushes ? remote : undefined, hosting: typeof hosting === 'string' ? undefined : hosting, isClone};
		return {
			name: opened.name,
			folder: opened.folder,
			head,
			branch,
			remote: pushes ? withoutPasswords(remote) : undefined,
			hooks: isClone ? [] : await commitHooks(git, opened.name),
			requests: typeof hosting === 'string' ? {why: hosting} : {how: `on ${remoteParts(remote ?? '')?.host} with ${hosting.variable}`},
			files: () => filesAt(git, head),
			branchHead: branchName => headOf(own, branchName),
			commit: commit => makeCommit(own, commit),
			pullRequest: async ({branch: from, title, body}) => {
				if (typeof hosting === 'string') return {why: hosting};
				const send = await wiring.sender(new URL(hosting.api));
				return requestMerge(hosting, {branch: from, into: branch, title, body}, {send, signal: wiring.signal});
			},
			close: opened.close,
		};
	} catch (error) {
		await opened.close();
		throw error;
	}
}

async function local(place: string, {environment, signal}: Wiring): Promise<Opened> {
	const path = resolve(place);
	const found = await stat(path).catch(() => undefined);
	if (found === undefined) throw noRepository(place, 'it does not exist');
	const at = found.isDirectory() ? path : dirname(path);
	const git = gitIn(at, environment, signal);
	const shown = await git(['rev-parse', '--show-toplevel', '--show-prefix'], {accept: [128]});
	if (shown.code !== 0) throw noRepository(place, 'it is not inside a checkout');
	const [root = '', prefix = ''] = shown.out.toString('utf8').split('\n');
	const folder = `${prefix}${found.isDirectory() ? '' : basename(path)}`.replace(/\/$/, '');
	const remote = (await git(['config', '--get', 'remote.origin.url'], {accept: [1]})).out.toString('utf8').trim();
	return {
		git: gitIn(root, environment, signal),
		name: root,
		folder,
		remote: remote === '' ? undefined : remote,
		isClone: false,
		close: async () => {},
	};
}

async function cloned(place: string, {environment, signal, learn}: Wiring): Promise<Opened> {
	const [remote = '', folder = ''] = place.split('#');
	const hosting = hostingOf(remote, environment);
	const password = URL.parse(remote)?.password;
	if (password) learn(decodeURIComponent(password));
	const parent = await mkdtemp(join(tmpdir(), 'mkcoa-git-'));
	const close = () => rm(parent, {recursive: true, force: true});
	try {
		const at = join(parent, 'repository.git');
		await gitIn(
			parent,
			environment,
			signal,
		)(['clone', '--quiet', '--bare', '--depth', '1', '--', remote, at], {
			env: signIn(remote, typeof hosting === 'string' ? undefined : hosting),
		});
		return {
			git: gitIn(at, environment, signal),
			name: withoutPasswords(remote),
			folder: folder.replace(/^\/+|\/+$/g, ''),
			remote,
			isClone: true,
			close,
		};
	} catch (error) {
		await close();
		throw error instanceof MkcoaError && error.trouble.code === 'git-failed' ? notCloned(remote, error) : error;
	}
}

const notCloned = (remote: string, {trouble}: MkcoaError) =>
	new MkcoaError({
		...trouble,
		code: 'clone-failed',
		what: `${withoutPasswords(remote)} cannot be cloned`,
		next: 'Check the address and your right to it with git clone, or give --gitops a folder inside a checkout',
	});

const noRepository = (place: string, why: string) =>
	new MkcoaError({
		kind: 'usage',
		code: 'no-repository',
		what: `${withoutPasswords(place)} is no folder of a Git repository`,
		why,
		next: 'Give --gitops a folder inside a checkout, or an address that git clone takes, such as https://HOST/TEAM/REPOSITORY.git#FOLDER',
	});
