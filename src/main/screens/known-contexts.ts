import type {Around} from './screen.ts';

/**
 * Contexts of the kubeconfig, and which of them is shown. Reads files and speaks to no cluster; an embedded one is a context of its own.
 * @throws MkcoaError as `loadKubeconfig`
 */
export async function knownContexts({
	call: {options},
	host,
	session,
}: Pick<Around, 'call' | 'host' | 'session'>): Promise<readonly {readonly name: string; readonly isShown: boolean}[]> {
	if (options.sandbox !== undefined) {
		const {context} = await (await session()).cluster.target(undefined);
		return [{name: context, isShown: true}];
	}
	const [{loadKubeconfig}, {listContexts}] = await Promise.all([
		import('../../mcp/kubernetes/kubeconfig/load-kubeconfig.ts'),
		import('../../mcp/kubernetes/kubeconfig/list-contexts.ts'),
	]);
	// Only names are taken from it.
	const kubeconfig = await loadKubeconfig({file: options.kubeconfig, environment: host.env, home: host.home, learn() {}});
	const shown = options.context ?? kubeconfig.currentContext;
	return listContexts(kubeconfig).map(({name}) => ({name, isShown: name === shown}));
}
