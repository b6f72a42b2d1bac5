import type {ContextInfo} from '../port.ts';
import type {Kubeconfig, UserEntry} from './kubeconfig.ts';

/** Every context in the order of the files, without any credential. */
export const listContexts = ({contexts, clusters, users, currentContext}: Kubeconfig): readonly ContextInfo[] =>
	[...contexts.values()].map(({name, cluster, user, namespace, source}) => ({
		name,
		current: name === currentContext,
		cluster,
		server: withoutUserInfo(clusters.get(cluster)?.server ?? ''),
		user,
		namespace: namespace ?? 'default',
		signIn: signInOf(users.get(user)),
		source,
	}));

/** A server's address may carry a name and a password, which nobody needs to see. */
export function withoutUserInfo(address: string): string {
	if (!address.includes('://') || !URL.canParse(address)) return address.replace(/^([^/]*\/\/)?[^/@]*@/, '$1');
	const url = new URL(address);
	url.username = '';
	url.password = '';
	return url.href.replace(/\/$/, '');
}

/** How a user signs in, in words; the order is client-go's order of precedence. */
function signInOf(user: UserEntry | undefined): string {
	if (user === undefined) return 'none';
	const {exec, authProvider, tokenFile, token, username, clientCertificate} = user;
	if (tokenFile !== undefined) return 'token file';
	if (token !== undefined) return 'token';
	if (username !== undefined) return 'user name and password';
	if (exec !== undefined) return `exec ${exec.command.split(/[\\/]/).at(-1)}`;
	if (authProvider !== undefined) return `auth provider ${authProvider}`;
	return clientCertificate === undefined ? 'none' : 'client certificate';
}
