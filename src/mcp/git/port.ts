/** A file of a repository; `path` is relative to its root, with slashes. */
export type RepositoryFile = {readonly path: string; readonly text: string};

/** What a commit is to hold: whole files in place of those of the same paths. */
export type Commit = {readonly branch: string; readonly message: string; readonly files: readonly RepositoryFile[]};

/** Where a commit went. `pushed` is the remote's name or address; missing where the commit stays in the local repository. */
export type Committed = {readonly id: string; readonly branch: string; readonly pushed?: string};

/** A request to merge the branch. `why` tells why there is none. */
export type PullRequest = {readonly url: string} | {readonly url?: undefined; readonly why: string};

/**
 * One state of a Git repository, opened for reading and for one commit on a branch of its own. The working folder and the current branch of
 * the person's own checkout are never touched.
 */
export type Repository = {
	/** For people: the folder or the address, without a password. */
	readonly name: string;
	/** The folder in it that was asked for, relative to its root; `''` for all of it. */
	readonly folder: string;
	/** The commit that is looked at, forty hexadecimal digits, and the branch that it is the head of. */
	readonly head: string;
	readonly branch: string;
	/** Where `commit` will take it, for people; undefined where it stays in the local repository. */
	readonly remote: string | undefined;
	/** Hooks that a commit by hand would run and `commit` does not, by name: a clone has none. */
	readonly hooks: readonly string[];
	/** How a pull request would be made, or why not. */
	readonly requests: {readonly how: string} | {readonly how?: undefined; readonly why: string};
	/** YAML files, at most 20,000 and 1 MiB each. @throws MkcoaError `repository-too-large` */
	readonly files: () => Promise<readonly RepositoryFile[]>;
	/** The commit at the head of a branch, here or at the remote. */
	readonly branchHead: (branch: string) => Promise<string | undefined>;
	/** @throws MkcoaError `push-refused`, `branch-exists` */
	readonly commit: (commit: Commit) => Promise<Committed>;
	readonly pullRequest: (request: {readonly branch: string; readonly title: string; readonly body: string}) => Promise<PullRequest>;
	/** Removes what was made to look at it. */
	readonly close: () => Promise<void>;
};
