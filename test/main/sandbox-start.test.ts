import {access} from 'node:fs/promises';
import {expect, test} from 'vitest';
import {runMkcoa} from '../support/host.ts';
import {temporaryFolder} from '../support/temporary-folder.ts';

const folder = await temporaryFolder();

test('an embedded cluster is reached through the kubeconfig that it prints, and takes the file with it', async () => {
	const stop = new AbortController();
	const printed = Promise.withResolvers<string>();
	const streams = {out: (text: string) => printed.resolve(text.trim())};
	const serving = runMkcoa(['sandbox', 'start', 'empty'], {folder, signal: stop.signal, streams});
	const path = await printed.promise;
	const listed = await runMkcoa(['--kubeconfig', path, 'k8s', 'list', 'namespaces'], {folder});
	expect(listed).toMatchObject({code: 0, out: expect.stringContaining('kube-system')});
	stop.abort();
	expect(await serving).toMatchObject({code: 0, err: expect.stringContaining(path)});
	await expect(access(path)).rejects.toThrow('ENOENT');
});
