import {execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Outcome} from '../../src/core/outcome.ts';
import {startSandbox} from '../../src/sandbox/start.ts';
import {runMkcoa} from '../../test/support/host.ts';
import {screen} from '../../test/support/screen.ts';

/** The port of a cluster differs from run to run. */
const publicUrl = 'http://127.0.0.1:8001';
const columns = 100;
/** More than any page prints, so that nothing scrolls away. */
const rows = 500;

/** A folder and an embedded shop in which the commands of a page run, one after the other. */
export async function openPlace() {
	const folder = mkdtempSync(join(tmpdir(), 'mkcoa-docs-'));
	const sandbox = await startSandbox({scenario: 'shop'});
	const before = process.cwd();
	process.chdir(folder);
	writeFileSync('kubeconfig', sandbox.kubeconfig, {mode: 0o600});
	const person = {
		PATH: process.env.PATH ?? '',
		HOME: folder,
		GIT_CONFIG_NOSYSTEM: '1',
		GIT_AUTHOR_NAME: 'Alice',
		GIT_AUTHOR_EMAIL: 'alice@example.com',
		GIT_COMMITTER_NAME: 'Alice',
		GIT_COMMITTER_EMAIL: 'alice@example.com',
	};
	let lastCode = 0;

	/** What a terminal of 100 columns shows when nobody is there to answer. */
	async function mkcoa(words: readonly string[], {answers}: {readonly answers: boolean}): Promise<string> {
		const shown = screen(columns, rows);
		const show = (text: string) => void shown.write(text.replaceAll('\n', '\r\n'));
		const {code} = await runMkcoa(words, {
			folder,
			env: {...person, KUBECONFIG: join(folder, 'kubeconfig')},
			streams: {out: answers ? show : () => {}, err: show, outIsTerminal: true, errIsTerminal: true, width: columns},
		});
		lastCode = code;
		return shown
			.text()
			.split('\n')
			.map(line => line.trimEnd())
			.join('\n')
			.replaceAll(sandbox.url, publicUrl)
			.replaceAll(folder, '/home/alice')
			.trim();
	}

	/** Writes a file; one in a folder becomes the newest commit of a Git repository of that name. */
	function file(path: string, text: string): void {
		const [repository = '', inner] = path.split('/');
		if (inner !== undefined) mkdirSync(repository, {recursive: true});
		writeFileSync(path, text);
		if (inner === undefined) return;
		const git = (...words: readonly string[]) => execFileSync('git', ['-C', repository, ...words], {env: person, stdio: 'ignore'});
		git('init', '-b', 'main');
		git('add', '-A');
		git('commit', '-m', 'Start');
	}

	/** The plan of a change, which is not carried out. */
	async function plan(words: readonly string[]): Promise<Extract<Outcome, {kind: 'planned'}>> {
		const {out} = await runMkcoa([...words, '--json', '--dry-run'], {folder, env: {KUBECONFIG: join(folder, 'kubeconfig')}});
		return JSON.parse(out.replaceAll(sandbox.url, publicUrl));
	}

	return {
		plan,
		file,
		mkcoa,
		lastCode: () => lastCode,
		async close() {
			process.chdir(before);
			await sandbox.stop();
			rmSync(folder, {recursive: true, force: true});
		},
	};
}
