import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, readdirSync, realpathSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {programsIn} from './programs-in.ts';
import {startControlPlane} from './start.ts';

/** Everything that the owner and its programs write is in here, so that nothing of it can hide. */
let folder: string;
beforeEach(() => {
	folder = realpathSync(mkdtempSync(join(tmpdir(), 'crash-')));
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

const nothingIsLeft = () =>
	vi.waitFor(
		() => {
			expect(programsIn(folder)).toEqual([]);
			expect(readdirSync(folder)).toEqual([]);
		},
		{timeout: 20_000, interval: 50},
	);

/** A process that starts a control plane as a test does. Returns once it has said the words. */
async function ownerAt(moment: string): Promise<ChildProcess> {
	const owner = spawn(process.execPath, [join(import.meta.dirname, 'start-command.ts')], {
		env: {...process.env, TMPDIR: folder},
		stdio: ['ignore', 'ignore', 'pipe'],
	});
	for await (const line of createInterface({input: owner.stderr})) {
		if (line.startsWith(moment)) break;
	}
	expect(owner.exitCode).toBeNull();
	return owner;
}

test.each(['starting etcd', 'starting kube-apiserver', 'starting kube-scheduler', 'waiting for nodes', 'kubeconfig'])(
	'an owner that is killed at "%s" leaves no program and no file',
	async moment => {
		const owner = await ownerAt(moment);
		expect(programsIn(folder).length).toBeGreaterThan(0);
		owner.kill('SIGKILL');
		await nothingIsLeft();
	},
);

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('an owner that is sent %s while starting ends its programs', async signal => {
	const owner = await ownerAt('starting kube-apiserver');
	owner.kill(signal);
	await once(owner, 'exit');
	await nothingIsLeft();
});

test('an owner that is gone before its guardian is ready leaves no program and no file', async () => {
	const guardian = spawn(process.execPath, [join(import.meta.dirname, 'guardian.ts'), folder], {
		env: {...process.env, TMPDIR: folder},
		stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
		detached: true,
	});
	guardian.disconnect();
	await once(guardian, 'exit');
	await nothingIsLeft();
});

const guardianOf = (pids: Readonly<Record<string, number | undefined>>) => pids.guardian ?? Number.NaN;

test.each(['SIGKILL', 'SIGTERM'] as const)(
	'a guardian that is sent %s takes the control plane with it, and the owner is told',
	async signal => {
		const plane = await startControlPlane();
		process.kill(guardianOf(plane.pids), signal);
		expect((await plane.died).message).toMatch(/ended with SIGKILL|guardian/);
		await plane.stop();
		expect(programsIn(plane.folder)).toEqual([]);
	},
);

test('a program that dies is told with its last lines, and stopping still ends the others', async () => {
	const plane = await startControlPlane();
	process.kill(plane.pids.etcd ?? Number.NaN, 'SIGKILL');
	expect((await plane.died).message).toMatch(/^etcd ended with SIGKILL\. Its last lines:/);
	expect(plane.signal.aborted).toBe(true);
	await plane.stop();
	expect(programsIn(plane.folder)).toEqual([]);
});
