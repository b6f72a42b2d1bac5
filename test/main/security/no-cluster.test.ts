import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {auditJson} from '../../support/audit-events.ts';
import {runMkcoa} from '../../support/host.ts';
import {temporaryFolder} from '../../support/temporary-folder.ts';

const exec = auditJson({by: 'mallory', verb: 'create', on: 'pods/exec shop/web-1', stage: 'ResponseStarted', from: '203.0.113.9'});

/** A person without a kubeconfig, with an audit log of these events and perhaps a `security.yaml`. */
async function person(events: readonly object[], yaml?: string) {
	const folder = await temporaryFolder();
	const log = join(folder, 'audit.log');
	await writeFile(log, events.map(event => `${JSON.stringify(event)}\n`).join(''));
	if (yaml !== undefined) {
		await mkdir(join(folder, 'config/mkcoa'), {recursive: true});
		await writeFile(join(folder, 'config/mkcoa/security.yaml'), yaml.replaceAll('LOG', log));
	}
	return {log, run: (...words: string[]) => runMkcoa([...words, '--since', '100000h'], {folder})};
}

test('threats in a log are told with no cluster at hand', async () => {
	const {log, run} = await person([exec]);
	const {code, out} = await run('security', 'threats', '--audit-log', log, '--fail-on', 'low');
	expect(code).toBe(3);
	expect(out).toContain('mallory');
	expect(out).toContain('203.0.113.9');
	expect(out).toContain('shop/web-1');
});

test('security.yaml names the log and holds exceptions of scans beside it', async () => {
	const yaml = `
audit: {log: LOG}
exceptions:
  - {check: host-network, object: DaemonSet/shop/agent, owner: ada, reason: it measures the node, expires: "2099-01-01"}
`;
	const {run} = await person([auditJson({by: 'mallory', on: 'pods shop/web-1'})], yaml);
	const {code, out} = await run('security', 'audit');
	expect(code).toBe(0);
	expect(out).toContain('mallory');
});

test('a word that security.yaml does not know is told', async () => {
	const {run} = await person([exec], 'exeptions: []\n');
	const {code, err} = await run('security', 'audit');
	expect(code).toBe(1);
	expect(err).toContain('exeptions');
});
