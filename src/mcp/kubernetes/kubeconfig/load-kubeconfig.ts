import {readFile} from 'node:fs/promises';
import {delimiter, join} from 'node:path';
import {MkcoaError} from '../../../core/error.ts';
import {inClusterKubeconfig, serviceAccountDirectory} from './in-cluster.ts';
import type {Environment, ExecEntry, Kubeconfig, UserEntry} from './kubeconfig.ts';
import {type KubeconfigFile, parseKubeconfig} from './parse-kubeconfig.ts';

export type KubeconfigPlace = {
	/** Value of `--kubeconfig`: this file and no other. */
	readonly file?: string | undefined;
	readonly environment: Environment;
	/** The person's home folder, where there is one. */
	readonly home: string | undefined;
	/** Where a pod finds its service account. */
	readonly serviceAccount?: string;
	/** Told every credential that the files hold, so that the redactor knows it. */
	readonly learn: (secret: string) => void;
};

/**
 * Finds, reads and merges the kubeconfig: `--kubeconfig`, else the files of `KUBECONFIG`, else `~/.kube/config`, else the
 * service account of the pod. Nothing is ever written.
 * @throws MkcoaError `no-kubeconfig`, `no-such-file`, `file-not-allowed`, `bad-kubeconfig`
 * @see loading rules of client-go: missing files of a list are passed over; the first file that names something wins
 */
export async function loadKubeconfig(place: KubeconfigPlace): Promise<Kubeconfig> {
	const {file, environment, home, serviceAccount = serviceAccountDirectory, learn} = place;
	const listed = (environment.KUBECONFIG ?? '').split(delimiter).filter(path => path !== '');
	const usual = home === undefined ? [] : [join(home, '.kube', 'config')];
	const paths = file !== undefined ? [file] : listed.length > 0 ? [...new Set(listed)] : usual;
	const read = await Promise.all(paths.map(readIfThere));
	const files = paths.flatMap((path, index) => (read[index] === undefined ? [] : [{path, content: read[index]}]));

	if (file !== undefined && files.length === 0) throw missing(`The kubeconfig ${file} does not exist`, 'no-such-file');
	if (files.length === 0) {
		const inside = await inClusterKubeconfig(environment, serviceAccount);
		if (inside !== undefined) return inside;
		throw missing(nowhere(listed, usual), 'no-kubeconfig');
	}
	const merged = mergeKubeconfigs(files.map(({path, content}) => ({path, parsed: parseKubeconfig(content, path)})));
	for (const user of merged.users.values()) learnUser(user, learn);
	return merged;
}

async function readIfThere(path: string): Promise<string | undefined> {
	try {
		return await readFile(path, 'utf8');
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? error.code : undefined;
		if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
		throw new MkcoaError(
			{
				kind: 'environment',
				code: 'file-not-allowed',
				what: `The kubeconfig ${path} cannot be opened`,
				why: code === 'EISDIR' ? 'it is a folder' : `the system answered ${String(code)}`,
				next: 'Check its owner and mode, or name another file with --kubeconfig',
			},
			{cause: error},
		);
	}
}

function nowhere(listed: readonly string[], [usual]: readonly string[]): string {
	if (listed.length > 0) return `None of the files of KUBECONFIG exists: ${listed.join(', ')}`;
	return usual === undefined ? 'There is no kubeconfig: this account has no home folder' : `There is no kubeconfig at ${usual}`;
}

const missing = (what: string, code: string) =>
	new MkcoaError({
		kind: 'usage',
		code,
		what,
		next: 'Name a file with --kubeconfig or KUBECONFIG, or try the embedded cluster with --sandbox',
	});

/** The first file that names a context, cluster, user or current context wins; entries are taken whole. */
export function mergeKubeconfigs(files: readonly {readonly path: string; readonly parsed: KubeconfigFile}[]): Kubeconfig {
	const merge = <Entry extends {readonly name: string}>(pick: (file: KubeconfigFile) => readonly Entry[]) => {
		const inOrder = files.flatMap(({parsed}) => pick(parsed));
		return new Map(
			inOrder.filter((entry, index) => inOrder.findIndex(({name}) => name === entry.name) === index).map(entry => [entry.name, entry]),
		);
	};
	return {
		currentContext: files.map(({parsed}) => parsed.currentContext).find(name => name !== undefined),
		contexts: merge(({contexts}) => contexts),
		clusters: merge(({clusters}) => clusters),
		users: merge(({users}) => users),
		sources: files.map(({path}) => path),
	};
}

function learnUser({token, password, clientKey, exec}: UserEntry, learn: (secret: string) => void): void {
	if (token !== undefined) learn(token);
	if (password !== undefined) learn(password);
	if (clientKey !== undefined && 'data' in clientKey) {
		learn(clientKey.data);
		learn(Buffer.from(clientKey.data, 'base64').toString('utf8').trim());
	}
	// Short values (`1`, `true`) would redact half of every text.
	for (const [name, value] of namedValues(exec)) if (/secret|token|password|key/i.test(name) && value.length >= 8) learn(value);
}

/** What a plug-in is given: `--name=value`, `--name value`, and variables. Any may be a client secret. */
function namedValues({args = [], env = []}: Partial<ExecEntry> = {}): readonly (readonly [name: string, value: string])[] {
	const options = args.map((arg, index) => {
		const [name = '', ...value] = arg.split('=');
		return value.length > 0 ? ([name, value.join('=')] as const) : ([args[index - 1] ?? '', arg] as const);
	});
	return [...options, ...env.map(({name, value}) => [name, value] as const)];
}
