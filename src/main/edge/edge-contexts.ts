import type {Options} from '../../commands/options.ts';
import {MkcoaError} from '../../core/error.ts';
import {chooseContext} from '../../mcp/kubernetes/kubeconfig/choose-context.ts';
import {loadKubeconfig} from '../../mcp/kubernetes/kubeconfig/load-kubeconfig.ts';
import type {Host} from '../host.ts';

const every = 'all';

/**
 * The contexts of the kubeconfig that a call may name, first the one where calls go that name none. Nobody may name any unless whoever starts
 * the server says which: the others are as much within reach of his kubeconfig.
 * @param names separated by commas, or `all`; no context may be named if undefined
 * @throws MkcoaError of kind usage for one that is not there
 */
export async function edgeContexts(names: string | undefined, options: Options, host: Host): Promise<readonly string[]> {
	if (names === undefined) return [];
	if (options.sandbox !== undefined)
		throw new MkcoaError({
			kind: 'usage',
			code: 'bad-flag',
			what: '--contexts and --sandbox were given together',
			why: 'the embedded cluster is no context of a kubeconfig',
			next: 'Leave one of them out',
		});
	// Nothing of it is told but names of contexts; each session learns for itself what it must not tell.
	const kubeconfig = await loadKubeconfig({file: options.kubeconfig, environment: host.env, home: host.home, learn() {}});
	const wanted = names === every ? [...kubeconfig.contexts.keys()] : names.split(',').map(name => name.trim());
	for (const name of wanted) chooseContext(kubeconfig, name);
	const usual = options.context ?? kubeconfig.currentContext;
	return [...new Set([...(usual === undefined ? [] : [usual]), ...wanted])];
}
