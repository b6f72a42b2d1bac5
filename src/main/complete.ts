import {type Complete, typedKind} from '../commands/completion/complete-words.ts';
import {readOptions} from '../commands/options.ts';
import {systemClock} from '../core/clock.ts';
import {groupOf} from '../core/kube/kube-object.ts';
import type {Host} from './host.ts';
import {openCluster} from './open-cluster.ts';

/** Kinds that a word of the input schemas stands for. */
const kindsOf: {readonly [word: string]: readonly string[]} = {
	workloads: ['deployments', 'statefulsets', 'daemonsets'],
	rollouts: ['deployments', 'statefulsets', 'daemonsets', 'rollouts.argoproj.io', 'canaries.flagger.app', 'rollouts.rollouts.kruise.io'],
	deployments: ['deployments'],
	pods: ['pods'],
	nodes: ['nodes'],
	services: ['services'],
	configmaps: ['configmaps'],
	secrets: ['secrets'],
	namespaces: ['namespaces'],
};

/** Names of the live cluster for the shell. Rejects when the cluster is gone; the shell then completes nothing. */
export async function complete(kind: string, place: Parameters<Complete>[1], signal: AbortSignal, host: Host): Promise<readonly string[]> {
	const options = readOptions(place, host.env);
	const {client, close} = await openCluster({options, host, clock: systemClock(), learn() {}, warn() {}, signal});
	try {
		const {cluster} = client;
		if (kind === 'contexts') return cluster.contexts().map(({name}) => name);
		if (kind === 'kinds') return [...new Set((await cluster.types()).map(({plural}) => plural))];
		const served = new Set((await cluster.types()).flatMap(({plural, apiVersion}) => [plural, `${plural}.${groupOf(apiVersion)}`]));
		const words = kindsOf[kind]?.filter(word => served.has(word)) ?? (kind.startsWith(typedKind) ? [kind.slice(typedKind.length)] : []);
		const names = words.map(async word => {
			const type = await cluster.typeOf(word);
			const page = await cluster.list({type, namespace: type.namespaced ? cluster.namespace : undefined});
			return page.items.map(({metadata}) => metadata.name);
		});
		return (await Promise.all(names)).flat();
	} finally {
		await close();
	}
}
