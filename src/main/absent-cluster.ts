import {MkcoaError} from '../core/error.ts';
import type {Cluster} from '../mcp/kubernetes/port.ts';
import type {Connection} from './open-cluster.ts';

/** A cluster that answers every question with the same refusal. */
export const absentCluster = (refuse: () => Promise<never>): Cluster => ({
	namespace: '',
	target: refuse,
	types: async () => [],
	typeOf: refuse,
	typeOfRef: refuse,
	get: refuse,
	list: refuse,
	// biome-ignore lint/correctness/useYield: it has nothing to tell but that
	async *each() {
		await refuse();
	},
	table: refuse,
	// biome-ignore lint/correctness/useYield: as above
	async *watch() {
		await refuse();
	},
	// biome-ignore lint/correctness/useYield: as above
	async *logs() {
		await refuse();
	},
	dryRun: refuse,
	canI: refuse,
	rules: refuse,
	raw: refuse,
	text: refuse,
	probe: refuse,
	contexts: () => [],
});

const notAsked = async (): Promise<never> => {
	throw new MkcoaError({
		kind: 'usage',
		code: 'no-cluster',
		what: 'No cluster was opened, since this is about what was given alone',
		next: 'Leave the file out to ask the cluster',
	});
};

/** No cluster, for calls that ask none: they work where there is no kubeconfig. */
export function openNoCluster(): Connection {
	const close = async () => {};
	return {client: {cluster: absentCluster(notAsked), effector: {demandRights: notAsked, read: notAsked, send: notAsked}, close}, close};
}
