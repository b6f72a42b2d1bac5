import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {systemClock} from '../../src/core/clock.ts';
import {connect} from '../../src/mcp/kubernetes/client/connect.ts';
import {loadKubeconfig} from '../../src/mcp/kubernetes/kubeconfig/load-kubeconfig.ts';
import type {ClusterClient} from '../../src/mcp/kubernetes/port.ts';
import {startSandbox} from '../../src/sandbox/start.ts';

/** The embedded cluster of a scenario, reached over loopback by the client of the product. `stop` ends both. */
export async function sandboxClient(scenario: string, namespace: string): Promise<ClusterClient & {readonly stop: () => Promise<void>}> {
	const sandbox = await startSandbox({scenario, speed: 20});
	const folder = mkdtempSync(join(tmpdir(), 'mkcoa-sandbox-'));
	const file = join(folder, 'config');
	writeFileSync(file, sandbox.kubeconfig);
	const kubeconfig = await loadKubeconfig({file, environment: {}, home: folder, learn: () => {}});
	const client = await connect({
		kubeconfig,
		namespace,
		clock: systemClock(),
		environment: {},
		interactive: false,
		learn: () => {},
		warn: () => {},
	});
	return {
		...client,
		async stop() {
			await client.close();
			await sandbox.stop();
			rmSync(folder, {recursive: true, force: true});
		},
	};
}
