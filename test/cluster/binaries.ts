import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {homedir} from 'node:os';
import {join, resolve} from 'node:path';

export type GoModule = {
	/** Name of the folder under `go/` that holds its go.mod and go.sum. */
	readonly folder: string;
	/** Name of each binary, and the package it is built from. */
	readonly packages: Readonly<Record<string, string>>;
	/** For the linker. */
	readonly flags: readonly string[];
	/** For the compiler. */
	readonly tags?: readonly string[];
	/** Files of a Go module that go.mod names, and folders of which every file is meant: they are copied into the cache. */
	readonly manifests?: {readonly module: string; readonly paths: readonly string[]};
	/** A Go module that was published without files that it will not build without, and these by their paths: a copy with them is built, by its own go.mod. */
	readonly completed?: {readonly module: string; readonly files: Readonly<Record<string, string>>};
};

/**
 * Every Go module of `go/`. One per project, so that each builds against the versions it was released with. A new project is one entry
 * here and its folder; the others stay built.
 */
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
	{
		folder: 'argo-rollouts',
		packages: {'rollouts-controller': 'github.com/argoproj/argo-rollouts/cmd/rollouts-controller'},
		flags: [],
		manifests: {
			module: 'github.com/argoproj/argo-rollouts',
			paths: ['manifests/crds', 'manifests/base/argo-rollouts-aggregate-roles.yaml'],
		},
	},
	{
		folder: 'prometheus',
		packages: {
			prometheus: 'github.com/prometheus/prometheus/cmd/prometheus',
			promtool: 'github.com/prometheus/prometheus/cmd/promtool',
		},
		flags: ['-X github.com/prometheus/common/version.Version=3.16.0'],
		// Of the ways to discover targets only files and static lists: the clouds' SDKs are most of a full build. No pages of the UI are built in.
		tags: ['remove_all_sd'],
	},
	{
		folder: 'alertmanager',
		packages: {
			alertmanager: 'github.com/prometheus/alertmanager/cmd/alertmanager',
			amtool: 'github.com/prometheus/alertmanager/cmd/amtool',
		},
		flags: ['-X github.com/prometheus/common/version.Version=0.34.2'],
		// The pages of its UI are built into a release only.
		completed: {module: 'github.com/prometheus/alertmanager', files: {'ui/app/dist/index.html': ''}},
	},
	{
		folder: 'metrics-server',
		packages: {'metrics-server': 'sigs.k8s.io/metrics-server/cmd/metrics-server'},
		flags: [],
		manifests: {module: 'sigs.k8s.io/metrics-server', paths: ['manifests/base/rbac.yaml']},
	},
	{folder: 'gateway-api', packages: {}, flags: [], manifests: {module: 'sigs.k8s.io/gateway-api', paths: ['config/crd/standard']}},
	{
		folder: 'istio',
		packages: {},
		flags: [],
		manifests: {module: 'istio.io/api', paths: ['kubernetes/customresourcedefinitions.gen.yaml']},
	},
] as const satisfies readonly GoModule[];

type NamesOf<M> = M extends {readonly packages: infer Packages} ? keyof Packages & string : never;
export type Binary = NamesOf<(typeof goModules)[number]>;
type ManifestsOf<M> = M extends {readonly manifests: unknown; readonly folder: infer Folder} ? Folder : never;
export type Manifests = ManifestsOf<(typeof goModules)[number]>;

export const moduleFolder = ({folder}: GoModule) => join(import.meta.dirname, 'go', folder);

/** Outside the working copy, so that every copy shares it. `MKCOA_CLUSTER_CACHE` names another folder. Empty variables count as unset. */
export function cacheRoot(env: NodeJS.ProcessEnv = process.env): string {
	return resolve(env.MKCOA_CLUSTER_CACHE || join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'mkcoa', 'cluster'));
}

/** Where everything built from exactly these versions of a module is kept: its name and a digest of its go.mod, go.sum and flags. */
export function moduleCache(module: GoModule, env: NodeJS.ProcessEnv = process.env): string {
	const digest = createHash('sha256').update([...module.flags, ...(module.tags ?? [])].join(' '));
	for (const part of [module.manifests, module.completed]) if (part !== undefined) digest.update(JSON.stringify(part));
	for (const file of ['go.mod', 'go.sum']) digest.update(readFileSync(join(moduleFolder(module), file)));
	return join(cacheRoot(env), `${module.folder}-${digest.digest('hex').slice(0, 12)}`);
}

/** Path of a binary in the cache. It is there after `npm run cluster:build`. */
export function binaryPath(name: Binary): string {
	const module = goModules.find(({packages}) => name in packages);
	if (module === undefined) throw new Error(`no Go module builds ${name}`);
	return join(moduleCache(module), name);
}

/** Path of the folder with a module's manifests in the cache. It is there after `npm run cluster:build`. */
export function manifestsPath(name: Manifests): string {
	const module = goModules.find(({folder}) => folder === name);
	if (module === undefined) throw new Error(`no Go module is called ${name}`);
	return join(moduleCache(module), 'manifests');
}
