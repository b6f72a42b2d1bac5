import {tmpdir} from 'node:os';
import {systemClock} from '../../src/core/clock.ts';
import {connect} from '../../src/mcp/kubernetes/client/connect.ts';
import {loadKubeconfig} from '../../src/mcp/kubernetes/kubeconfig/load-kubeconfig.ts';
import type {ClusterClient} from '../../src/mcp/kubernetes/port.ts';

/** The product's own client for one context of a kubeconfig, in the namespace shop. */
export async function clientOf(kubeconfig: string, context: string): Promise<ClusterClient> {
	const loaded = await loadKubeconfig({file: kubeconfig, environment: {}, home: tmpdir(), learn: () => {}});
	return connect({
		kubeconfig: loaded,
		context,
		namespace: 'shop',
		clock: systemClock(),
		environment: {},
		interactive: false,
		learn: () => {},
		warn: () => {},
	});
}
