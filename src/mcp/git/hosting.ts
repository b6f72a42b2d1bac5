import {isLoopback} from '../../core/loopback.ts';

/** A service that takes requests to merge, and the token for it. */
export type Hosting = {
	readonly kind: 'github' | 'gitlab';
	/** Base of its API, without a slash at the end. */
	readonly api: string;
	/** `owner/name`, or a path of groups on GitLab. */
	readonly project: string;
	readonly token: string;
	/** Variable that the token came from, for people. */
	readonly variable: string;
};

/** Address of a remote in its parts: `https://host/a/b.git`, `ssh://git@host/a/b`, `git@host:a/b.git`. Undefined for a folder. */
export function remoteParts(remote: string): {readonly protocol: string; readonly host: string; readonly project: string} | undefined {
	const short = /^(?:[\w.-]+@)?([\w.-]+):(?!\/\/)(.+)$/.exec(remote);
	const url = short === null || remote.includes('://') ? URL.parse(remote) : null;
	if (url !== null && url.host !== '') return {protocol: url.protocol, host: url.host, project: projectOf(url.pathname)};
	const [, host, path] = short ?? [];
	return host === undefined || path === undefined ? undefined : {protocol: 'ssh:', host, project: projectOf(path)};
}

const projectOf = (path: string) =>
	path
		.replace(/^\/+/, '')
		.replace(/\/+$/, '')
		.replace(/\.git$/, '');

type Environment = {readonly [name: string]: string | undefined};

const trimmed = (url: string) => url.replace(/\/+$/, '');
const hostOfUrl = (url: string | undefined) => (url === undefined ? undefined : URL.parse(url)?.host);

/** A token is sent to no server but the one that its variables name, and never in the clear. */
const isSafe = (api: string) => {
	const url = URL.parse(api);
	return url !== null && (url.protocol === 'https:' || isLoopback(url));
};

/**
 * Which service a remote belongs to and how to sign in there, by the variables that its own tools read: `GH_TOKEN` or `GITHUB_TOKEN` with
 * `GITHUB_API_URL` and `GITHUB_SERVER_URL`, `GITLAB_TOKEN` with `CI_API_V4_URL` and `CI_SERVER_URL`.
 * @returns a sentence where there is none
 */
export function hostingOf(remote: string, environment: Environment): Hosting | string {
	const parts = remoteParts(remote);
	if (parts === undefined) return 'the remote is a folder';
	const {host, project} = parts;
	const hosting = github(host, project, environment) ?? gitlab(host, project, environment);
	if (hosting === undefined) return `${host} is neither GitHub nor GitLab as far as the environment tells`;
	const {variable, token} = hosting;
	if (token === '') return `${variable} is not set`;
	return isSafe(hosting.api) ? hosting : `${hosting.api} is not encrypted`;
}

function github(host: string, project: string, env: Environment): Hosting | undefined {
	const isOwn = host === hostOfUrl(env.GITHUB_SERVER_URL);
	if (host !== 'github.com' && host !== 'ssh.github.com' && !isOwn && !/^github\./.test(host)) return undefined;
	const variable = env.GH_TOKEN ? 'GH_TOKEN' : 'GITHUB_TOKEN';
	const usual = /(^|\.)github\.com$/.test(host) ? 'https://api.github.com' : `https://${host}/api/v3`;
	const api = isOwn && env.GITHUB_API_URL ? env.GITHUB_API_URL : usual;
	return {kind: 'github', api: trimmed(api), project, token: env[variable] ?? '', variable};
}

function gitlab(host: string, project: string, env: Environment): Hosting | undefined {
	const isOwn = host === hostOfUrl(env.CI_SERVER_URL);
	if (!isOwn && !/(^|\.)gitlab\./.test(host)) return undefined;
	const api = isOwn && env.CI_API_V4_URL ? env.CI_API_V4_URL : `https://${host}/api/v4`;
	return {kind: 'gitlab', api: trimmed(api), project, token: env.GITLAB_TOKEN ?? '', variable: 'GITLAB_TOKEN'};
}
