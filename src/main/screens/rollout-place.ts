import {readObjects} from '../../agents/incident/reading/read-objects.ts';
import {MkcoaError} from '../../core/error.ts';
import {someOf} from '../../core/text/count.ts';
import type {Cluster} from '../../mcp/kubernetes/port.ts';
import type {Watched} from './rollout-data.ts';

const kinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'Rollout'];

/**
 * Where the workload is that a person names. Without a namespace it is the one of the context, and where nothing there is called so, the only other one that
 * has a workload of that name.
 * @throws MkcoaError `ambiguous-name` with the places, where there are several
 */
export async function rolloutPlace(
	{name, namespace}: Watched,
	cluster: Cluster,
	signal: AbortSignal,
): Promise<{readonly name: string; readonly namespace: string}> {
	if (namespace !== undefined) return {name, namespace};
	const bare = name.split('/').at(-1);
	const {objects} = await readObjects(cluster, kinds, {signal});
	const places = [...new Set(objects.filter(({metadata}) => metadata.name === bare).map(object => object.metadata.namespace ?? ''))];
	const [only = cluster.namespace, ...others] = places;
	if (places.includes(cluster.namespace) || places.length === 0) return {name, namespace: cluster.namespace};
	if (others.length === 0) return {name, namespace: only};
	throw new MkcoaError({
		kind: 'usage',
		code: 'ambiguous-name',
		what: `There is a workload ${name} in ${someOf(places)}`,
		next: `Say which one: /rollout ${only}/${name}`,
	});
}
