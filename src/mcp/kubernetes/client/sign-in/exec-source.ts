import type {Clock} from '../../../../core/clock.ts';
import {canonicalJson, type JsonObject} from '../../../../core/json.ts';
import type {ClusterEntry, Environment, ExecEntry} from '../../kubeconfig/kubeconfig.ts';
import type {CredentialSource} from './credential.ts';
import {checkExecEntry, type ExecCredential, runExecPlugin} from './exec-plugin.ts';
import {readMaterial} from './read-material.ts';

/** Credentials of plug-ins by everything that may change their answer, so that two connections of one process share them. */
export type ExecCache = Map<string, Promise<ExecCredential>>;

/** A credential this close to its end is not used any more. */
const leewayMs = 10_000;

/** Runs the plug-in when nothing valid is held, and once more after the server refused what it gave. */
export function execSource({
	exec,
	cluster,
	environment,
	interactive,
	clock,
	learn,
	execCache,
	signal,
}: {
	readonly exec: ExecEntry;
	readonly cluster: ClusterEntry;
	readonly environment: Environment;
	readonly interactive: boolean;
	readonly clock: Clock;
	readonly learn: (secret: string) => void;
	readonly execCache: ExecCache;
	readonly signal?: AbortSignal | undefined;
}): CredentialSource {
	checkExecEntry(exec, interactive);
	let key: string | undefined;

	const current = async (): Promise<ExecCredential> => {
		const info = exec.provideClusterInfo ? await clusterInfo(cluster) : undefined;
		key = canonicalJson({...exec, env: exec.env.map(({name, value}) => [name, value]), cluster: info, interactive});
		const held = execCache.get(key);
		if (held !== undefined && isFresh(await held, clock)) return held;
		const running = execCache.get(key);
		// While this call waited, another may have started the plug-in.
		if (running !== undefined && running !== held) return running;
		const started = runExecPlugin({exec, cluster: info, environment, interactive, clock, signal});
		execCache.set(key, started);
		try {
			const credential = await started;
			for (const secret of [credential.token, credential.key]) if (secret !== undefined) learn(secret.trim());
			return credential;
		} catch (error) {
			execCache.delete(key);
			throw error;
		}
	};

	return {
		current,
		async renew() {
			if (key !== undefined) execCache.delete(key);
			return true;
		},
	};
}

const isFresh = ({expiresMs}: ExecCredential, clock: Clock) => expiresMs === undefined || clock.now() < expiresMs - leewayMs;

/** The cluster as a plug-in sees it, in the words of `client.authentication.k8s.io`. */
async function clusterInfo(cluster: ClusterEntry): Promise<JsonObject> {
	const {server, tlsServerName, skipTlsVerify, certificateAuthority, proxyUrl, disableCompression, execConfig} = cluster;
	const pem = certificateAuthority === undefined ? undefined : await readMaterial(certificateAuthority, 'the certificate authority');
	return {
		server,
		'tls-server-name': tlsServerName,
		'insecure-skip-tls-verify': skipTlsVerify || undefined,
		'certificate-authority-data': pem === undefined ? undefined : Buffer.from(pem).toString('base64'),
		'proxy-url': proxyUrl,
		'disable-compression': disableCompression || undefined,
		config: execConfig,
	};
}
