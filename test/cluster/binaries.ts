import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {homedir} from 'node:os';
import {join} from 'node:path';

/** Every Go module of `go/`, with the packages built from it. One module per project, so that each builds against the versions it was released with. */
export const goModules = [
	{folder: 'etcd', packages: {etcd: 'go.etcd.io/etcd/server/v3'}, flags: []},
	{
		folder: 'kubernetes',
		packages: {
			'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver',
			'kube-controller-manager': 'k8s.io/kubernetes/cmd/kube-controller-manager',
			'kube-scheduler': 'k8s.io/kubernetes/cmd/kube-scheduler',
			kubectl: 'k8s.io/kubernetes/cmd/kubectl',
		},
		// Kubernetes reads its own version from these variables, which its release scripts set in the same way.
		flags: ['gitVersion=v1.36.3', 'gitMajor=1', 'gitMinor=36'].map(pair => `-X k8s.io/component-base/version.${pair}`),
	},
	{folder: 'kwok', packages: {kwok: 'sigs.k8s.io/kwok/cmd/kwok'}, flags: []},
] as const;

export type Binary = 'etcd' | 'kube-apiserver' | 'kube-controller-manager' | 'kube-scheduler' | 'kubectl' | 'kwok';

export const moduleFolder = (folder: string) => join(import.meta.dirname, 'go', folder);

/**
 * Where the binaries of exactly these module versions are kept, outside the working copy so that every copy shares them.
 * `MKCOA_CLUSTER_CACHE` replaces the folder; the last part, a digest of all go.mod and go.sum files, stays.
 */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
	const root = env.MKCOA_CLUSTER_CACHE ?? join(env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'mkcoa', 'cluster');
	const digest = createHash('sha256');
	for (const {folder, flags} of goModules) {
		digest.update(flags.join(' '));
		for (const file of ['go.mod', 'go.sum']) digest.update(readFileSync(join(moduleFolder(folder), file)));
	}
	return join(root, digest.digest('hex').slice(0, 16));
}
