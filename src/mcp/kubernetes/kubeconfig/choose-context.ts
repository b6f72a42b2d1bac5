import {MkcoaError} from '../../../core/error.ts';
import {nearestNames} from '../../../core/text/nearest-names.ts';
import type {ClusterEntry, ContextEntry, Kubeconfig, UserEntry} from './kubeconfig.ts';

export type ChosenContext = {readonly context: ContextEntry; readonly cluster: ClusterEntry; readonly user: UserEntry};

const anonymous: UserEntry = {name: 'anonymous', impersonation: {groups: [], extra: {}}};

/**
 * The context that was asked for, or the current one, with its cluster and user.
 * @throws MkcoaError `no-current-context`, `unknown-context`, `unknown-cluster`, `unknown-user`
 */
export function chooseContext(kubeconfig: Kubeconfig, wanted: string | undefined): ChosenContext {
	const name = wanted ?? kubeconfig.currentContext;
	if (name === undefined) throw usage('no-current-context', 'No context is chosen', 'the kubeconfig names no current context', kubeconfig);
	const context = kubeconfig.contexts.get(name);
	if (context === undefined) {
		const near = nearestNames(name, [...kubeconfig.contexts.keys()]);
		throw usage(
			'unknown-context',
			`There is no context ${JSON.stringify(name)}`,
			near.length > 0 ? `names near it: ${near.join(', ')}` : `it is in none of ${kubeconfig.sources.join(', ')}`,
			kubeconfig,
		);
	}
	const cluster = kubeconfig.clusters.get(context.cluster);
	if (cluster === undefined) throw dangling(context, 'cluster', context.cluster);
	const user = context.user === '' ? anonymous : kubeconfig.users.get(context.user);
	if (user === undefined) throw dangling(context, 'user', context.user);
	return {context, cluster, user};
}

const usage = (code: string, what: string, why: string, {contexts}: Kubeconfig) =>
	new MkcoaError({
		kind: 'usage',
		code,
		what,
		why,
		next:
			contexts.size === 0
				? 'The kubeconfig holds no context: sign in to a cluster first'
				: 'List them with mkcoa k8s contexts and choose one with --context',
	});

const dangling = ({name, source}: ContextEntry, kind: 'cluster' | 'user', missing: string) =>
	new MkcoaError({
		kind: 'usage',
		code: `unknown-${kind}`,
		what: `Context ${JSON.stringify(name)} names a ${kind} that does not exist`,
		why: `no ${kind} is called ${JSON.stringify(missing)}`,
		next: `Correct the context in ${source}`,
	});
