import {dirname, isAbsolute, resolve} from 'node:path';
import {type Document, isNode, LineCounter, parseDocument} from 'yaml';
import {MkcoaError} from '../../../core/error.ts';
import {isJsonObject, type Json} from '../../../core/json.ts';
import type {ClusterEntry, ContextEntry, ExecEntry, Material, UserEntry} from './kubeconfig.ts';
import {kubeconfigSchema, type RawKubeconfig} from './kubeconfig-schema.ts';

export type KubeconfigFile = {
	readonly currentContext?: string | undefined;
	readonly contexts: readonly ContextEntry[];
	readonly clusters: readonly ClusterEntry[];
	readonly users: readonly UserEntry[];
};

/**
 * Reads the text of one kubeconfig; relative paths in it are relative to `file`.
 * @throws MkcoaError `bad-kubeconfig` with file and line. No text of the file is repeated: it holds credentials
 */
export function parseKubeconfig(content: string, file: string): KubeconfigFile {
	const raw = readYaml(content, file);
	const execConfigs = readExecConfigs(content);
	const here = dirname(file);
	return {
		currentContext: raw['current-context'],
		contexts: raw.contexts.map(({name, context}) => ({
			name,
			cluster: context.cluster ?? '',
			user: context.user ?? '',
			namespace: context.namespace,
			source: file,
		})),
		clusters: raw.clusters.map(entry => clusterOf(entry, here, execConfigs.get(entry.name))),
		users: raw.users.map(entry => userOf(entry, here)),
	};
}

function readYaml(content: string, file: string): RawKubeconfig {
	const lines = new LineCounter();
	// Pretty errors would carry pieces of the file, and with them credentials.
	const document = parseDocument(content, {schema: 'failsafe', lineCounter: lines, prettyErrors: false});
	const [broken] = document.errors;
	if (broken !== undefined)
		throw badKubeconfig(file, `the YAML is broken (${broken.code.toLowerCase().replaceAll('_', ' ')})`, lines.linePos(broken.pos[0]).line);
	const plain = plainOf(document, file);
	const read = kubeconfigSchema.safeParse(plain === null || plain === '' ? {} : plain);
	if (!read.success) {
		const [issue] = read.error.issues;
		const path = issue?.path ?? [];
		throw badKubeconfig(
			file,
			`${path.length === 0 ? 'the file' : pathText(path)}: ${issue?.message ?? 'not understood'}`,
			lineOf(document, lines, path),
		);
	}
	for (const list of ['clusters', 'users', 'contexts'] as const) {
		const names = read.data[list].map(({name}) => name);
		const twice = names.findIndex((name, index) => names.indexOf(name) !== index);
		if (twice !== -1)
			throw badKubeconfig(file, `${list} names ${JSON.stringify(names[twice])} twice`, lineOf(document, lines, [list, twice]));
	}
	return read.data;
}

/** Aliases that blow a small file up are refused by the library, in words that quote nothing but are not ours either. */
function plainOf(document: Document, file: string): unknown {
	try {
		return document.toJS();
	} catch {
		throw badKubeconfig(file, 'its aliases refer to nothing, or grow without end', undefined);
	}
}

const badKubeconfig = (file: string, why: string, line: number | undefined) =>
	new MkcoaError({
		kind: 'usage',
		code: 'bad-kubeconfig',
		what: `The kubeconfig ${file}${line === undefined ? '' : `, line ${line},`} cannot be read`,
		why,
		next: 'Correct the file, or name another one with --kubeconfig',
		line,
	});

const pathText = (path: readonly PropertyKey[]) =>
	path.map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`)).join('');

/** Line of the deepest part of a path that exists. */
function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number | undefined {
	for (let length = path.length; length >= 0; length--) {
		const node = document.getIn(path.slice(0, length), true);
		if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
	}
	return undefined;
}

const execExtension = 'client.authentication.k8s.io/exec';

/** Plug-in configuration keeps its numbers and booleans, so it is read with YAML's own types. */
function readExecConfigs(content: string): ReadonlyMap<string, Json> {
	const found = new Map<string, Json>();
	if (!content.includes(execExtension)) return found;
	const plain: Json = parseDocument(content, {prettyErrors: false}).toJS();
	const clusters = isJsonObject(plain) && Array.isArray(plain.clusters) ? plain.clusters : [];
	for (const entry of clusters) {
		const cluster = isJsonObject(entry) && isJsonObject(entry.cluster) ? entry.cluster : {};
		const extensions = Array.isArray(cluster.extensions) ? cluster.extensions : [];
		for (const extension of extensions)
			if (isJsonObject(extension) && extension.name === execExtension) found.set(String(entry.name), extension.extension ?? null);
	}
	return found;
}

/** Data beside a file name wins, as in client-go. */
const material = (data: string | undefined, file: string | undefined, here: string): Material | undefined =>
	data !== undefined ? {data} : file !== undefined ? {file: resolve(here, file)} : undefined;

const clusterOf = ({name, cluster}: RawKubeconfig['clusters'][number], here: string, execConfig: Json | undefined): ClusterEntry => ({
	name,
	server: cluster.server,
	certificateAuthority: material(cluster['certificate-authority-data'], cluster['certificate-authority'], here),
	skipTlsVerify: cluster['insecure-skip-tls-verify'],
	tlsServerName: cluster['tls-server-name'],
	proxyUrl: cluster['proxy-url'],
	disableCompression: cluster['disable-compression'],
	execConfig,
});

const userOf = ({name, user}: RawKubeconfig['users'][number], here: string): UserEntry => ({
	name,
	clientCertificate: material(user['client-certificate-data'], user['client-certificate'], here),
	clientKey: material(user['client-key-data'], user['client-key'], here),
	token: user.token,
	tokenFile: user.tokenFile === undefined ? undefined : resolve(here, user.tokenFile),
	username: user.username,
	password: user.password,
	exec: user.exec === undefined ? undefined : execOf(user.exec, here),
	authProvider: user['auth-provider']?.name,
	impersonation: {user: user.as, uid: user['as-uid'], groups: user['as-groups'], extra: user['as-user-extra'] ?? {}},
});

/** A command with a slash is a path relative to the kubeconfig; a bare name is looked up in PATH. */
const execOf = (exec: ExecEntry, here: string): ExecEntry => ({
	...exec,
	command: /[\\/]/.test(exec.command) && !isAbsolute(exec.command) ? resolve(here, exec.command) : exec.command,
});
