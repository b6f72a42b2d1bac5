import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
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
	let lastCode = 0;

	/** What a terminal of 100 columns shows when nobody is there to answer. */
	async function mkcoa(words: readonly string[], {answers}: {readonly answers: boolean}): Promise<string> {
		const shown = screen(columns, rows);
		const show = (text: string) => void shown.write(text.replaceAll('\n', '\r\n'));
		const {code} = await runMkcoa(words, {
			folder,
			env: {KUBECONFIG: join(folder, 'kubeconfig')},
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

	/** The plan of a change, which is not carried out. */
	async function plan(words: readonly string[]): Promise<Extract<Outcome, {kind: 'planned'}>> {
		const {out} = await runMkcoa([...words, '--json', '--dry-run'], {folder, env: {KUBECONFIG: join(folder, 'kubeconfig')}});
		return JSON.parse(out.replaceAll(sandbox.url, publicUrl));
	}

	return {
		plan,
		file: (name: string, text: string) => writeFileSync(name, text),
		mkcoa,
		lastCode: () => lastCode,
		async close() {
			process.chdir(before);
			await sandbox.stop();
			rmSync(folder, {recursive: true, force: true});
		},
	};
}
