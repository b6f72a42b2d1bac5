import {mkdir, readdir, readFile, rm, stat, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {PassThrough} from 'node:stream';
import {parse} from 'jsonc-parser';
import {describe, expect, test} from 'vitest';
import {type Ran, runMkcoa} from '../support/host.ts';
import {temporaryFolder} from '../support/temporary-folder.ts';

const root = await temporaryFolder();
const token = 'ghp_0123456789abcdefghijABCDEFGHIJ012345';
/** No pattern takes this for a secret: only what is never read cannot be told. */
const plainToken = 'violet otter seven';

let count = 0;

/** An account of its own, with a home and a state folder, and no cluster. */
async function account() {
	const folder = join(root, String(count++));
	await mkdir(folder);
	const printed: Ran[] = [];
	const run = async (words: readonly string[], more: Partial<Parameters<typeof runMkcoa>[1]> = {}) => {
		const ran = await runMkcoa(words, {folder, ...more});
		printed.push(ran);
		return ran;
	};
	const path = (...names: readonly string[]) => join(folder, ...names);
	return {
		run,
		path,
		printed,
		outcome: async (...words: readonly string[]) => JSON.parse((await run(['--json', ...words])).out),
		read: (...names: readonly string[]) => readFile(path(...names), 'utf8'),
		async write(name: string, text: string | Uint8Array, mode = 0o600) {
			await mkdir(dirname(path(name)), {recursive: true});
			await writeFile(path(name), text, {mode});
		},
		/** A person at a plain terminal who says yes, after something happened while it was read. */
		async reviewed(words: readonly string[], whileRead: () => Promise<unknown>) {
			const input = new PassThrough();
			let shown = '';
			const screen = {
				write(text: string) {
					shown += text;
					if (/\[y\/N\] $/.test(text)) whileRead().then(() => input.write('y\n'));
				},
			};
			return {...(await run(words, {env: {MKCOA_PLAIN: '1'}, streams: {canAsk: true}, terminal: {input, screen}})), shown};
		},
	};
}

const settings = {
	'claude-code': `{
  "numStartups": 12,
  "mcpServers": {
    "github": {
      "command": "npx",
      "args": ["-y", "server-github", "--password", "${plainToken}"],
      "env": {"GITHUB_TOKEN": "${token}", "NOTE": "${plainToken}"}
    }
  },
  "oauthAccount": {"note": "${plainToken}"}
}
`,
	vscode: `\uFEFF{\r\n\t// our servers\r\n\t"servers": {\r\n\t\t"github": { "type": "http", "headers": {"X": "${plainToken}"} }, // keep\r\n\t},\r\n\t"inputs": [],\r\n}`,
	'claude-desktop': `{"globalShortcut":"Ctrl+Space","mcpServers":{"github":{"command":"npx","env":{"T":"${token}"}}}}`,
	cursor: `{\n    "mcpServers": {}\n}\n`,
};

const fileOf = {
	'claude-code': '.claude.json',
	vscode: 'config/Code/User/mcp.json',
	'claude-desktop': 'config/Claude/claude_desktop_config.json',
	cursor: '.cursor/mcp.json',
};

type Client = keyof typeof settings;
const clients: readonly Client[] = ['claude-code', 'vscode', 'claude-desktop', 'cursor'];

/** Every byte below a folder, as text. */
async function everythingIn(folder: string): Promise<string> {
	const files = (await readdir(folder, {recursive: true, withFileTypes: true})).filter(entry => entry.isFile());
	return (await Promise.all(files.map(file => readFile(join(file.parentPath, file.name), 'latin1')))).join('\n');
}

describe.each(clients)('%s', client => {
	const list = client === 'vscode' ? 'servers' : 'mcpServers';
	const own = {
		...(client === 'vscode' || client === 'claude-code' ? {type: 'stdio'} : {}),
		command: '/opt/node/bin/node',
		args: ['/opt/mkcoa/mkcoa.js', 'mcp', 'serve', '--context=prod', '--namespace=shop', '--toolsets=kubernetes', '--allow-changes'],
	};
	const flags = ['--context', 'prod', '-n', 'shop', '--toolsets', 'kubernetes', '--allow-changes'];

	test('gets its entry, keeps all else, and loses it again to the letter', async () => {
		const {run, write, read, path} = await account();
		await write(fileOf[client], settings[client], 0o640);
		const made = await run(['mcp', 'install', client, ...flags, '--yes']);
		expect(made).toMatchObject({code: 0, out: expect.stringContaining('has the server mkcoa now')});
		const text = await read(fileOf[client]);
		const before = parse(settings[client].replace('\uFEFF', ''));
		const after = parse(text.replace('\uFEFF', ''));
		expect(after).toEqual({...before, [list]: {...before[list], mkcoa: {...own, env: expect.any(Object)}}});
		expect((await stat(path(fileOf[client]))).mode & 0o777).toBe(0o640);
		const id = /mkcoa undo (\S+)/.exec(made.err)?.[1] ?? '';
		expect(await run(['undo', id, '--yes'])).toMatchObject({code: 0});
		expect(await read(fileOf[client])).toBe(settings[client]);
	});

	test('says nothing of what else is in the file, and stores nothing of it', async () => {
		const {run, write, path, printed} = await account();
		await write(fileOf[client], settings[client]);
		await run(['mcp', 'install', client, '--dry-run', '--json', '--verbose']);
		await run(['mcp', 'install', client, '--plan-out', path('plan.json')]);
		await run(['mcp', 'install', client]);
		await run(['approve', '--yes', '--verbose']);
		await run(['mcp', 'install', client, '--context', 'other', '--yes', '--json']);
		await run(['history', '--json']);
		await run(['audit', 'export']);
		await run(['undo', '--yes', '--json']);
		const stored = `${await everythingIn(path('state'))}\n${await readFile(path('plan.json'), 'utf8')}`;
		for (const text of [JSON.stringify(printed), stored]) {
			expect(text).not.toContain(token);
			expect(text).not.toContain(plainToken);
			expect(text).not.toContain('github');
		}
	});

	test('is given a file where it has none, which goes again with the entry', async () => {
		const {run, read, path} = await account();
		expect(await run(['mcp', 'install', client, '--yes'])).toMatchObject({code: 0});
		expect(parse(await read(fileOf[client]))[list].mkcoa.args).toEqual(['/opt/mkcoa/mkcoa.js', 'mcp', 'serve']);
		expect(await run(['undo', '--yes'])).toMatchObject({code: 0});
		await expect(stat(path(fileOf[client]))).rejects.toThrow('ENOENT');
	});

	test('installed twice is nothing to do, and another flag updates the entry', async () => {
		const {outcome, read} = await account();
		expect(await outcome('mcp', 'install', client, '--yes')).toMatchObject({kind: 'done'});
		expect(await outcome('mcp', 'install', client, '--yes')).toMatchObject({kind: 'nothing-to-do'});
		const first = await read(fileOf[client]);
		const updated = await outcome('mcp', 'install', client, '--allow-changes', '--yes');
		expect(updated.plan).toMatchObject({
			summary: expect.stringMatching(/^Update the server mkcoa in /),
			changes: [{fields: [{path: [list, 'mkcoa', 'args']}]}],
		});
		expect(parse(await read(fileOf[client]))[list].mkcoa.args).toContain('--allow-changes');
		await outcome('undo', updated.journal, '--yes');
		expect(parse(await read(fileOf[client]))).toEqual(parse(first));
	});
});

test('the plan shows the entry, the file and what follows, and changes nothing', async () => {
	const {run, write, read, path} = await account();
	await write('.claude.json', settings['claude-code']);
	const {out, code} = await run(['mcp', 'install', 'claude-code', '--allow-changes', '--dry-run']);
	expect(code).toBe(0);
	const shown = out
		.replaceAll(path(), '~')
		.replace(/this machine, .*/, 'this machine, HOST')
		.replace(/Plan {4}\S+/, 'Plan    DIGEST');
	expect(shown).toMatchInlineSnapshot(`
		"Install mkcoa in Claude Code as mkcoa

		Target  this machine, HOST
		As      alice
		Risk    - low
		Undo    ✓ mkcoa undo takes the entry out again, or sets it back, and leaves all else in the file
		Plan    DIGEST

		Consequences
		  - Claude Code reads its settings when a session starts: begin a new one, and look with /mcp
		  - Claude Code may ask for changes; each waits until a person says yes in mkcoa

		Changes to 1 resource
		  update ClientSettings ~/.claude.json#/mcpServers/mkcoa
		    + mcpServers.mkcoa.type: stdio
		    + mcpServers.mkcoa.command: /opt/node/bin/node
		    mcpServers.mkcoa.args
		      + - /opt/mkcoa/mkcoa.js
		      + - mcp
		      + - serve
		      + - --allow-changes
		    + mcpServers.mkcoa.env.XDG_STATE_HOME: ~/state
		    + mcpServers.mkcoa.env.XDG_CONFIG_HOME: ~/config

		Steps
		  1. Write ~/.claude.json

		Verified by
		  - ~/.claude.json, read again, has this entry
		"
	`);
	expect(await read('.claude.json')).toBe(settings['claude-code']);
});

test('a plan that nobody could answer waits, and mkcoa approve carries it out without a cluster', async () => {
	const {outcome, read} = await account();
	const waiting = await outcome('mcp', 'install', 'cursor');
	expect(waiting).toMatchObject({kind: 'waiting', plan: {target: {context: 'this machine'}}});
	expect(await outcome('approve', waiting.id, '--yes')).toMatchObject({kind: 'done'});
	expect(parse(await read('.cursor/mcp.json'))).toMatchObject({mcpServers: {mkcoa: {}}});
});

test('a plan in a file is applied to exactly what it saw', async () => {
	const {outcome, read, path} = await account();
	await outcome('mcp', 'install', 'cursor', '--plan-out', path('plan.json'));
	await outcome('mcp', 'install', 'cursor', '--allow-changes', '--yes');
	expect(await outcome('apply', path('plan.json'), '--yes')).toMatchObject({
		kind: 'drifted',
		moved: [expect.stringContaining('.cursor/mcp.json')],
	});
	await rm(path('.cursor/mcp.json'));
	expect(await outcome('apply', path('plan.json'), '--yes')).toMatchObject({kind: 'done'});
	expect(parse(await read('.cursor/mcp.json')).mcpServers.mkcoa.args).not.toContain('--allow-changes');
});

test('an edited plan writes nothing elsewhere', async () => {
	const {outcome, run, path, write, read} = await account();
	await write('.config/other.json', '{}');
	await outcome('mcp', 'install', 'cursor', '--plan-out', path('plan.json'));
	const plan = (await read('plan.json')).replaceAll('.cursor/mcp.json', '.config/other.json');
	await write('plan.json', plan);
	expect(await run(['apply', path('plan.json'), '--yes'])).toMatchObject({code: 1});
	expect(await read('.config/other.json')).toBe('{}');
});

test('what the client writes elsewhere in its file while a person reads the plan is kept', async () => {
	const {reviewed, read, write} = await account();
	await write('.claude.json', settings['claude-code']);
	const moved = settings['claude-code'].replace('12', '13');
	const {shown, code} = await reviewed(['mcp', 'install', 'claude-code'], () => write('.claude.json', moved));
	expect({code, shown}).toMatchObject({code: 0, shown: expect.stringContaining('Install mkcoa in Claude Code')});
	expect(parse(await read('.claude.json'))).toMatchObject({numStartups: 13, mcpServers: {github: {}, mkcoa: {}}});
});

test('an entry that moved while a person reads the plan is drift, and is left alone', async () => {
	const {reviewed, run, read, write} = await account();
	await run(['mcp', 'install', 'cursor', '--yes']);
	const theirs = '{"mcpServers": {"mkcoa": {"command": "mkcoa", "args": ["mcp", "serve", "--read-only"]}}}';
	const {code, err} = await reviewed(['mcp', 'install', 'cursor', '--allow-changes'], () => write('.cursor/mcp.json', theirs));
	expect({code, err}).toMatchObject({code: 9, err: expect.stringContaining('was changed')});
	expect(await read('.cursor/mcp.json')).toBe(theirs);
});

describe('undo', () => {
	test('keeps the servers that were added since', async () => {
		const {run, read, write} = await account();
		await run(['mcp', 'install', 'cursor', '--yes']);
		const text = await read('.cursor/mcp.json');
		await write('.cursor/mcp.json', text.replace('"mcpServers": {', '"mcpServers": {\n    "other": {"command": "x"},'));
		expect(await run(['undo', '--yes'])).toMatchObject({code: 0});
		expect(parse(await read('.cursor/mcp.json'))).toEqual({mcpServers: {other: {command: 'x'}}});
	});

	test('leaves an entry alone that somebody changed since, and one that is another server now', async () => {
		const {run, read, write} = await account();
		await run(['mcp', 'install', 'cursor', '--yes']);
		for (const theirs of [
			'{"mcpServers": {"mkcoa": {"command": "mkcoa", "args": ["mcp", "serve", "--read-only"]}}}',
			`{"mcpServers": {"mkcoa": {"command": "other", "args": ["${plainToken}"]}}}`,
		]) {
			await write('.cursor/mcp.json', theirs);
			const {code, err} = await run(['undo', '--yes']);
			expect({code, err}).toMatchObject({code: 1, err: expect.stringContaining('can be taken back')});
			expect(err).not.toContain(plainToken);
			expect(await read('.cursor/mcp.json')).toBe(theirs);
		}
	});

	test('of an undo installs it again', async () => {
		const {outcome, read} = await account();
		await outcome('mcp', 'install', 'cursor', '--yes');
		const first = await read('.cursor/mcp.json');
		const undone = await outcome('undo', '--yes');
		expect(await outcome('undo', undone.journal, '--yes')).toMatchObject({kind: 'done'});
		expect(await read('.cursor/mcp.json')).toBe(first);
	});
});

describe('refuses, and leaves the file as it is:', () => {
	test.each<[string, Client, string | Uint8Array, string]>([
		['what is no JSON', 'cursor', '{"mcpServers": {\n', 'settings-not-json'],
		['comments where the client reads none', 'claude-desktop', '{\n// mine\n}', 'settings-not-json'],
		['a file that is not UTF-8', 'cursor', Uint8Array.of(0xff, 0xfe, 0x7b, 0x00), 'settings-not-utf8'],
		['a name that another server has', 'cursor', `{"mcpServers": {"mkcoa": {"command": "x", "args": ["${plainToken}"]}}}`, 'name-taken'],
		['a list that is no object', 'vscode', '{"servers": []}', 'settings-not-json'],
	])('%s', async (_, client, content, code) => {
		const {outcome, write, path, printed} = await account();
		await write(fileOf[client], content);
		const refused = await outcome('mcp', 'install', client, '--yes');
		expect(refused).toMatchObject({kind: 'failed', error: {code, next: expect.any(String)}});
		expect(await readFile(path(fileOf[client]))).toEqual(Buffer.from(content));
		expect(JSON.stringify(printed)).not.toContain(plainToken);
	});

	test.each<[readonly string[], string]>([
		[['claude-cod'], 'perhaps claude-code is meant'],
		[['claude-desktop', '--project'], 'Claude Desktop has no settings for a project'],
		[['cursor', '--toolsets', 'kubernets'], 'perhaps kubernetes is meant'],
		[['cursor', '--name', '../x'], 'expected letters, digits, - and _'],
		[['cursor', '--rehearse'], '--rehearse is for clusters'],
	])('mcp install %j', async (words, said) => {
		const {run, path} = await account();
		const {code, err} = await run(['mcp', 'install', ...words, '--yes']);
		expect({code, err}).toMatchObject({code: 1, err: expect.stringContaining(said)});
		await expect(stat(path('.cursor'))).rejects.toThrow('ENOENT');
	});

	test('every change with --read-only', async () => {
		const {outcome} = await account();
		expect(await outcome('mcp', 'install', 'cursor', '--read-only', '--yes')).toMatchObject({kind: 'rejected', by: 'policy'});
	});
});

test('--project writes the file of a project, and undo finds it from another folder', async () => {
	const {run, outcome, read, path} = await account();
	await mkdir(path('shop'));
	const started = {folder: path('shop')};
	expect(await run(['mcp', 'install', 'claude-code', '--project', '--yes'], {started})).toMatchObject({code: 0});
	expect(parse(await read('shop/.mcp.json'))).toMatchObject({mcpServers: {mkcoa: {type: 'stdio'}}});
	expect(await outcome('undo', '--yes')).toMatchObject({kind: 'done'});
	await expect(stat(path('shop/.mcp.json'))).rejects.toThrow('ENOENT');
	expect(await outcome('mcp', 'install', 'vscode', '--project', path('shop'), '--name', 'ops', '--yes')).toMatchObject({
		kind: 'done',
		output: {file: path('shop/.vscode/mcp.json'), name: 'ops'},
	});
});

test('the server finds the same clusters and the same journal as this command', async () => {
	const {run, read, path} = await account();
	const env = {KUBECONFIG: `one:${path('two')}`, ANTHROPIC_API_KEY: plainToken};
	const made = await run(['--sandbox', 'mcp', 'install', 'cursor', '--kubeconfig', 'own', '--yes'], {
		env,
		started: {folder: path(), command: ['/opt/mkcoa']},
	});
	expect(made).toMatchObject({code: 0});
	expect(parse(await read('.cursor/mcp.json')).mcpServers.mkcoa).toEqual({
		command: '/opt/mkcoa',
		args: ['mcp', 'serve', `--kubeconfig=${path('own')}`, '--sandbox'],
		env: {KUBECONFIG: `${path('one')}:${path('two')}`, XDG_STATE_HOME: path('state'), XDG_CONFIG_HOME: path('config')},
	});
	// What happens on an embedded cluster is kept apart; this happened here.
	expect(await run(['undo', '--yes'])).toMatchObject({code: 0});
});

test('what somebody else wrote into the entry stays, and is not told', async () => {
	const {run, write, read, printed} = await account();
	const mine = `{"mcpServers": {"mkcoa": {"command": "mkcoa", "args": ["mcp", "serve"], "disabled": true, "env": {"HTTPS_PROXY": "${plainToken}"}}}}`;
	await write('.cursor/mcp.json', mine);
	await run(['mcp', 'install', 'cursor', '--yes', '--json']);
	expect(parse(await read('.cursor/mcp.json')).mcpServers.mkcoa).toMatchObject({
		command: '/opt/node/bin/node',
		disabled: true,
		env: {HTTPS_PROXY: plainToken, XDG_STATE_HOME: expect.any(String)},
	});
	expect(await run(['undo', '--yes'])).toMatchObject({code: 0});
	expect(parse(await read('.cursor/mcp.json'))).toEqual(parse(mine));
	expect(JSON.stringify(printed)).not.toContain(plainToken);
});
