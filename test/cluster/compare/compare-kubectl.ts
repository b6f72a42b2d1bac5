import {writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {embeddedServer} from '../../servers/embedded-server.ts';
import {startControlPlane} from '../start.ts';
import {runOnBoth} from './kubectl.ts';
import {type KubectlReport, kubectlReport} from './kubectl-report.ts';

/** Starts both clusters, runs every command on both, and tells where the outputs differ. */
export async function compareKubectl(): Promise<KubectlReport> {
	const [cluster, embedded] = await Promise.all([startControlPlane(), embeddedServer()]);
	try {
		const other = join(dirname(cluster.auditLog), 'embedded.kubeconfig');
		writeFileSync(other, embedded.kubectlConfig.replaceAll(/\bsandbox-/g, '').replaceAll(/\bsandbox\b/g, 'admin'));
		return kubectlReport(await runOnBoth({real: cluster.kubeconfig, other}));
	} finally {
		await Promise.all([embedded.stop(), cluster.stop()]);
	}
}
