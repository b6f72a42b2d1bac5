import {posix, win32} from 'node:path';
import {MkcoaError} from '../../core/error.ts';

/** Clients whose settings mkcoa knows. */
export const clientNames = ['claude-desktop', 'claude-code', 'vscode', 'cursor'] as const;
export type ClientName = (typeof clientNames)[number];

/** What the account and the system say about where settings lie. */
export type Surroundings = {
	readonly platform: NodeJS.Platform;
	readonly home: string | undefined;
	readonly environment: {readonly [variable: string]: string | undefined};
};

/** How a client keeps its servers. */
export type ClientShape = {
	readonly title: string;
	/** The field that holds the servers by name. */
	readonly list: 'mcpServers' | 'servers';
	/** Its entries say `"type": "stdio"`. */
	readonly typed: boolean;
	/** It reads comments and commas before a bracket. One that does not ignores the whole file for one of them. */
	readonly comments: boolean;
	/** How a change comes into force. */
	readonly takesEffect: string;
};

/**
 * Formats as their makers document them.
 * @see https://code.visualstudio.com/docs/copilot/reference/mcp-configuration https://code.claude.com/docs/en/mcp https://cursor.com/docs/mcp
 */
export const clients: {readonly [name in ClientName]: ClientShape} = {
	'claude-desktop': {
		title: 'Claude Desktop',
		list: 'mcpServers',
		typed: false,
		comments: false,
		takesEffect: 'Claude Desktop reads its settings when it starts: quit it and open it again',
	},
	'claude-code': {
		title: 'Claude Code',
		list: 'mcpServers',
		typed: true,
		comments: false,
		takesEffect: 'Claude Code reads its settings when a session starts: begin a new one, and look with /mcp',
	},
	vscode: {
		title: 'VS Code',
		list: 'servers',
		typed: true,
		comments: true,
		takesEffect: 'VS Code asks whether you trust the server when it first starts',
	},
	cursor: {
		title: 'Cursor',
		list: 'mcpServers',
		typed: false,
		comments: true,
		takesEffect: 'Cursor lists the server in its settings under MCP: see that it is turned on',
	},
};

const inProject: {readonly [name in ClientName]: readonly string[] | undefined} = {
	'claude-desktop': undefined,
	'claude-code': ['.mcp.json'],
	vscode: ['.vscode', 'mcp.json'],
	cursor: ['.cursor', 'mcp.json'],
};

const pathsOf = (platform: NodeJS.Platform) => (platform === 'win32' ? win32 : posix);

/**
 * The settings file of a client: the user's own, or the one of a project.
 * @param project absolute path of the project's folder
 * @throws MkcoaError `no-project-file` for a client without one, `no-home-folder` where nothing names a place
 */
export function clientFile(name: ClientName, project: string | undefined, around: Surroundings): string {
	const {join} = pathsOf(around.platform);
	if (project === undefined) return ownFileOf(name, around);
	const path = inProject[name];
	if (path !== undefined) return join(project, ...path);
	throw new MkcoaError({
		kind: 'usage',
		code: 'no-project-file',
		what: `${clients[name].title} has no settings for a project`,
		next: 'Leave --project out',
	});
}

function ownFileOf(name: ClientName, {platform, home, environment}: Surroundings): string {
	const {join, isAbsolute} = pathsOf(platform);
	const absolute = (path: string | undefined) => (path !== undefined && isAbsolute(path) ? path : undefined);
	const own = absolute(home);
	/** Where programs keep what is the user's. */
	const settings = () => {
		if (platform === 'win32') return absolute(environment.APPDATA) ?? (own === undefined ? undefined : join(own, 'AppData', 'Roaming'));
		if (platform === 'darwin') return own === undefined ? undefined : join(own, 'Library', 'Application Support');
		return absolute(environment.XDG_CONFIG_HOME) ?? (own === undefined ? undefined : join(own, '.config'));
	};
	const place: {readonly [client in ClientName]: () => readonly [string | undefined, ...string[]]} = {
		'claude-desktop': () => [settings(), 'Claude', 'claude_desktop_config.json'],
		'claude-code': () => [absolute(environment.CLAUDE_CONFIG_DIR) ?? own, '.claude.json'],
		vscode: () => [settings(), 'Code', 'User', 'mcp.json'],
		cursor: () => [own, '.cursor', 'mcp.json'],
	};
	const [folder, ...rest] = place[name]();
	if (folder !== undefined) return join(folder, ...rest);
	throw new MkcoaError({
		kind: 'environment',
		code: 'no-home-folder',
		what: `There is no place for the settings of ${clients[name].title}`,
		why: 'this account has no home folder, and HOME names none',
		next: 'Set HOME to the path of your own folder',
	});
}

/** A file as one client's: whose it is, and the folder of the project that it belongs to; undefined for the user's own. */
type Belonging = {readonly client: ClientName; readonly project: string | undefined};

/** By its last words alone, so that a file is known again when the variables that led to it are gone. */
const endings: readonly (readonly [ClientName, RegExp])[] = [
	['claude-desktop', /[/\\]claude_desktop_config\.json$/],
	['claude-code', /[/\\]\.(?:mcp|claude)\.json$/],
	['vscode', /[/\\](?:Code[/\\]User|\.vscode)[/\\]mcp\.json$/],
	['cursor', /[/\\]\.cursor[/\\]mcp\.json$/],
];

/** Whose settings file a path is; undefined for any other path. A plan may come from a file, and writes nothing but such settings. */
export function belongingOf(path: string, {platform, home}: Pick<Surroundings, 'platform' | 'home'>): Belonging | undefined {
	const {isAbsolute, normalize, join} = pathsOf(platform);
	const client = endings.find(([, ending]) => ending.test(path))?.[0];
	if (client === undefined || !isAbsolute(path) || normalize(path) !== path) return undefined;
	const ending = inProject[client];
	const isOwn = home !== undefined && path === join(home, '.cursor', 'mcp.json');
	if (ending === undefined || isOwn) return {client, project: undefined};
	const suffix = join('/', ...ending);
	return {client, project: path.endsWith(suffix) ? path.slice(0, -suffix.length) || suffix[0] : undefined};
}
