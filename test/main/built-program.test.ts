import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdir, readFile, writeFile} from 'node:fs/promises';
import {createInterface} from 'node:readline';
import {expect, onTestFinished, test} from 'vitest';
import {parse} from 'yaml';
import {startChild} from '../support/child.ts';
import {program} from '../support/outside/connected.ts';
import {webServer} from '../support/outside/web-server.ts';
import {temporaryFolder} from '../support/temporary-folder.ts';

const folder = await temporaryFolder();

/** The bundle as a user runs it: what a lazy import loses there, no test of the sources sees. */
const run = (words: readonly string[], home = folder) => startChild(['--sandbox', 'empty', ...words], home).ended();

test('the built program prints YAML', async () => {
	const {code, out, err} = await run(['k8s', 'get', 'namespace', 'default', '-o', 'yaml']);
	expect({code, err}).toEqual({code: 0, err: ''});
	expect(parse(out)).toMatchObject({
		kind: 'done',
		tool: 'resource_get',
		output: {value: {kind: 'Namespace', metadata: {name: 'default'}}},
	});
});

test('the built program prints a failure as YAML', async () => {
	const {code, out} = await run(['k8s', 'get', 'namespace', 'nowhere', '-o', 'yaml']);
	expect(code).toBe(1);
	expect(parse(out)).toMatchObject({kind: 'failed', tool: 'resource_get', error: {code: expect.any(String)}});
});

test.each([
	['rules: [{tool: resource_patch, effect: deny, why: Not today}]\n', 4, 'Not today'],
	['rules: [{tool: resource_patch, effect: allow, why: As you like}]\n', 0, 'Done'],
	['rules: [\n', 1, 'policy.yaml cannot be used (line'],
])('the built program follows the policy %j', async (policy, exitCode, words) => {
	const home = await temporaryFolder();
	await mkdir(`${home}/config/mkcoa`, {recursive: true});
	await writeFile(`${home}/config/mkcoa/policy.yaml`, policy);
	const {code, err} = await run(['k8s', 'patch', 'namespace', 'default', '-p', 'metadata: {labels: {team: a}}'], home);
	expect(err).toContain(words);
	expect(code).toBe(exitCode);
});

test('the built program installs an entry that starts it again as a server, with hardly a variable', async () => {
	const home = await temporaryFolder();
	const {code, err} = await run(['mcp', 'install', 'vscode', '--name', 'ops', '--yes'], home);
	expect({code, err}).toMatchObject({code: 0, err: expect.stringContaining('Done: Install mkcoa in VS Code as ops')});
	const {type, command, args, env} = JSON.parse(await readFile(`${home}/config/Code/User/mcp.json`, 'utf8')).servers.ops;
	expect(type).toBe('stdio');
	const server = spawn(command, args, {env: {HOME: home, ...env}, cwd: '/', stdio: ['pipe', 'pipe', 'inherit']});
	onTestFinished(() => void server.kill('SIGKILL'));
	const params = {protocolVersion: '2025-11-25', capabilities: {}, clientInfo: {name: 'test', version: '1'}};
	server.stdin.write(`${JSON.stringify({jsonrpc: '2.0', id: 1, method: 'initialize', params})}\n`);
	const [first] = await once(createInterface(server.stdout), 'line');
	expect(JSON.parse(first)).toMatchObject({id: 1, result: {serverInfo: {name: 'mkcoa'}}});
	server.stdin.end();
	expect(await once(server, 'close')).toEqual([0, null]);
});

test('the built program uses servers of others: a program, and an address', async () => {
	const home = await temporaryFolder();
	const web = await webServer({isOdd: true});
	const {command, args} = program('shelf-server', home);
	expect(await run(['mcp', 'add', 'shelf', '--yes', '--', command, ...args], home)).toMatchObject({code: 0});
	const {code, err} = await run(['mcp', 'add', 'web', '--yes', '--url', web.url], home);
	expect(code).toBe(0);
	// No word of the SDK stands among ours.
	expect(err).not.toContain('mcp-sdk');
	expect(await run(['mcp', 'call', 'shelf.look', '--json'], home)).toMatchObject({
		code: 0,
		out: '{\n  "books": 3,\n  "board": "top"\n}\n',
		err: '',
	});
	expect(await run(['mcp', 'call', 'web.look'], home)).toMatchObject({code: 0, out: 'from the web\n', err: ''});
	expect(await run(['mcp', 'call', 'resource_list', '--input', '{"kind":"pods"}'], home)).toMatchObject({code: 0});
});
