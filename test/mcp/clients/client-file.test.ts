import {describe, expect, test} from 'vitest';
import {belongingOf, clientFile, clientNames, type Surroundings} from '../../../src/mcp/clients/client-file.ts';
import {placeOfRef, settingsKind, settingsRef} from '../../../src/mcp/clients/settings-place.ts';

const mac: Surroundings = {platform: 'darwin', home: '/Users/ana', environment: {}};
const linux: Surroundings = {platform: 'linux', home: '/home/ana', environment: {}};
const windows: Surroundings = {platform: 'win32', home: 'C:\\Users\\ana', environment: {APPDATA: 'C:\\Users\\ana\\AppData\\Roaming'}};

const files = (around: Surroundings) => clientNames.map(name => clientFile(name, undefined, around));

test('finds the settings of each client on each system', () => {
	expect({mac: files(mac), linux: files(linux), windows: files(windows)}).toMatchInlineSnapshot(`
		{
		  "linux": [
		    "/home/ana/.config/Claude/claude_desktop_config.json",
		    "/home/ana/.claude.json",
		    "/home/ana/.config/Code/User/mcp.json",
		    "/home/ana/.cursor/mcp.json",
		  ],
		  "mac": [
		    "/Users/ana/Library/Application Support/Claude/claude_desktop_config.json",
		    "/Users/ana/.claude.json",
		    "/Users/ana/Library/Application Support/Code/User/mcp.json",
		    "/Users/ana/.cursor/mcp.json",
		  ],
		  "windows": [
		    "C:\\Users\\ana\\AppData\\Roaming\\Claude\\claude_desktop_config.json",
		    "C:\\Users\\ana\\.claude.json",
		    "C:\\Users\\ana\\AppData\\Roaming\\Code\\User\\mcp.json",
		    "C:\\Users\\ana\\.cursor\\mcp.json",
		  ],
		}
	`);
});

test('follows the variables that the clients follow, where they are absolute paths', () => {
	const environment = {XDG_CONFIG_HOME: '/srv/ana', CLAUDE_CONFIG_DIR: '/srv/claude'};
	expect(clientFile('vscode', undefined, {...linux, environment})).toBe('/srv/ana/Code/User/mcp.json');
	expect(clientFile('claude-code', undefined, {...linux, environment})).toBe('/srv/claude/.claude.json');
	expect(clientFile('vscode', undefined, {...linux, environment: {XDG_CONFIG_HOME: 'here'}})).toBe('/home/ana/.config/Code/User/mcp.json');
	expect(clientFile('claude-desktop', undefined, {...windows, environment: {}})).toContain('AppData\\Roaming\\Claude');
});

test('finds the file of a project', () => {
	expect(clientFile('claude-code', '/srv/shop', linux)).toBe('/srv/shop/.mcp.json');
	expect(clientFile('vscode', '/srv/shop', linux)).toBe('/srv/shop/.vscode/mcp.json');
	expect(clientFile('cursor', '/srv/shop', linux)).toBe('/srv/shop/.cursor/mcp.json');
	expect(() => clientFile('claude-desktop', '/srv/shop', linux)).toThrow('Claude Desktop has no settings for a project');
});

test('says so where the account has no home folder', () => {
	expect(() => clientFile('cursor', undefined, {...linux, home: undefined})).toThrow('There is no place for the settings of Cursor');
});

describe('a plan that comes from elsewhere', () => {
	const around = linux;

	test('finds the entry again by its name alone', () => {
		for (const own of [mac, linux, windows])
			for (const client of clientNames) {
				const place = {client, file: clientFile(client, undefined, own), name: 'mkcoa', project: undefined};
				expect(placeOfRef(settingsRef(place), own)).toEqual(place);
			}
		expect(belongingOf('/srv/shop/.vscode/mcp.json', around)).toEqual({client: 'vscode', project: '/srv/shop'});
		expect(belongingOf('/.mcp.json', around)).toEqual({client: 'claude-code', project: '/'});
		expect(belongingOf('/home/ana/.cursor/mcp.json', around)).toEqual({client: 'cursor', project: undefined});
		expect(belongingOf('/home/bob/.cursor/mcp.json', around)).toEqual({client: 'cursor', project: '/home/bob'});
	});

	test.each([
		'/home/ana/.ssh/config#/mcpServers/mkcoa',
		'/home/ana/.config/Code/User/settings.json#/servers/mkcoa',
		'.mcp.json#/mcpServers/mkcoa',
		'/srv/shop/../../home/ana/.claude.json#/mcpServers/mkcoa',
		'/home/ana/.claude.json#/projects/mkcoa',
		'/home/ana/.claude.json#/mcpServers/mkcoa/env',
		'/home/ana/.claude.json#/mcpServers/__proto__',
		'/home/ana/.claude.json',
		'/srv/.vscode/mcp.json#/mcpServers/mkcoa',
	])('writes nothing but settings of clients: not %s', name => {
		expect(() => placeOfRef({...settingsKind, name}, around)).toThrow('mkcoa writes settings of MCP clients, and nothing else');
	});

	test('knows no other kind of object', () => {
		expect(placeOfRef({apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'web'}, around)).toBeUndefined();
	});
});
