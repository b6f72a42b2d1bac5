import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {Environment, Kubeconfig} from './kubeconfig.ts';

/** Where the kubelet mounts the token of a pod's service account. */
export const serviceAccountDirectory = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * The cluster that this process runs in, as a kubeconfig of one context; undefined outside of a pod.
 * @see rest.InClusterConfig of client-go
 */
export async function inClusterKubeconfig(environment: Environment, directory: string): Promise<Kubeconfig | undefined> {
	const {KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port} = environment;
	if (!host || !port) return undefined;
	const read = (name: string) =>
		readFile(join(directory, name), 'utf8').then(
			content => content.trim(),
			() => undefined,
		);
	const [token, certificate, namespace] = await Promise.all([read('token'), read('ca.crt'), read('namespace')]);
	if (token === undefined) return undefined;
	const name = 'in-cluster';
	return {
		currentContext: name,
		contexts: new Map([[name, {name, cluster: name, user: name, namespace: namespace === '' ? undefined : namespace, source: directory}]]),
		clusters: new Map([
			[
				name,
				{
					name,
					server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
					certificateAuthority: certificate === undefined ? undefined : {file: join(directory, 'ca.crt')},
					skipTlsVerify: false,
					disableCompression: false,
				},
			],
		]),
		users: new Map([[name, {name, tokenFile: join(directory, 'token'), impersonation: {groups: [], extra: {}}}]]),
		sources: [directory],
	};
}
