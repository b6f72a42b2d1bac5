import type {Json} from '../../../core/json.ts';
import {gitOpsMarks} from '../../../core/kube/gitops-marks.ts';
import {objectAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {objectsAt, wordAt} from '../../../mcp/kubernetes/model/fields.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {findSource, type Read, readAnywhere, readOne} from './read-owner.ts';

/** Where the wanted state is kept. Absent parts are not known, or do not exist for this kind of source. */
type OwnerSource = {
	readonly repoUrl?: string | undefined;
	/** Folder in the repository. */
	readonly path?: string | undefined;
	/** Branch, tag or commit; the version of a chart. */
	readonly revision?: string | undefined;
	/** Name of a Helm chart. */
	readonly chart?: string | undefined;
};

/**
 * Who else deploys an object from somewhere, and how it goes about a change that others make. What is absent could not be read;
 * `notChecked` says why.
 */
export type GitOpsOwner = {
	/** Name of the application, Kustomization or release; absent where no mark tells it. */
	readonly name?: string | undefined;
	readonly namespace?: string | undefined;
	readonly sources: readonly OwnerSource[];
	readonly notChecked?: string | undefined;
} & (
	| {
			readonly kind: 'argo-cd';
			/** `self-heal` undoes changes of others at once, `automated` at the next commit, `manual` when somebody syncs. */
			readonly sync?: 'self-heal' | 'automated' | 'manual' | undefined;
	  }
	| {readonly kind: 'flux-kustomization'; readonly interval?: string | undefined; readonly suspended?: boolean | undefined}
	| {
			readonly kind: 'flux-helm-release';
			readonly interval?: string | undefined;
			readonly suspended?: boolean | undefined;
			/** Whether its drift detection corrects what others changed. */
			readonly correctsDrift?: boolean | undefined;
	  }
	| {readonly kind: 'helm'}
);

/**
 * The GitOps tools and Helm releases that manage an object, by their marks on it and their own objects where those may be read. Only reads.
 * Flux installs charts itself: a release of Flux is told as Flux alone.
 */
export async function ownersOf(cluster: Cluster, object: KubeObject): Promise<readonly GitOpsOwner[]> {
	const {argo, kustomization, fluxRelease, helm} = gitOpsMarks(object);
	const found = await Promise.all([
		argo === undefined ? undefined : argoOwner(cluster, argo),
		kustomization === undefined ? undefined : kustomizationOwner(cluster, kustomization),
		fluxRelease === undefined ? undefined : releaseOwner(cluster, fluxRelease),
	]);
	const owners = found.filter(owner => owner !== undefined);
	if (helm === undefined || owners.length > 0) return owners;
	const {name, namespace = object.metadata.namespace, chart} = helm;
	return [{kind: 'helm', ...(name === undefined ? {} : {name}), namespace, sources: chart === undefined ? [] : [{chart}]}];
}

type Mark = {readonly name?: string | undefined; readonly namespace?: string | undefined};

const whoIs = ({name}: Mark, read: Read, namespace: string | undefined): Omit<GitOpsOwner, 'kind' | 'sources'> => ({
	...(name === undefined ? {} : {name}),
	...(namespace === undefined ? {} : {namespace}),
	...(read.notChecked === undefined ? {} : {notChecked: read.notChecked}),
});

/** An application without a namespace in its mark lives where Argo CD does, mostly `argocd`. */
async function argoOwner(cluster: Cluster, mark: Mark): Promise<GitOpsOwner> {
	const read = await readAnywhere(cluster, 'applications.argoproj.io', mark, 'argocd');
	const {object} = read;
	const who = whoIs(mark, read, object?.metadata.namespace ?? mark.namespace);
	if (object === undefined) return {kind: 'argo-cd', ...who, sources: []};
	const automated = valueAt(object, 'spec', 'syncPolicy', 'automated');
	const isAutomated = automated !== undefined && automated !== null && valueAt(automated, 'enabled') !== false;
	const sync = !isAutomated ? 'manual' : valueAt(automated, 'selfHeal') === true ? 'self-heal' : 'automated';
	const sources = objectsAt(object, 'spec', 'sources');
	const single = objectAt(object, 'spec', 'source');
	const all = sources.length > 0 ? sources : Object.keys(single).length > 0 ? [single] : [];
	return {kind: 'argo-cd', ...who, sync, sources: all.map(argoSource)};
}

const argoSource = (source: Json): OwnerSource =>
	known({
		repoUrl: textAt(source, 'repoURL'),
		path: textAt(source, 'path'),
		revision: textAt(source, 'targetRevision'),
		chart: textAt(source, 'chart'),
	});

async function kustomizationOwner(cluster: Cluster, mark: Mark & {readonly name: string}): Promise<GitOpsOwner> {
	const read = await readOne(cluster, 'kustomizations.kustomize.toolkit.fluxcd.io', mark);
	const {object} = read;
	const who = whoIs(mark, read, mark.namespace);
	if (object === undefined) return {kind: 'flux-kustomization', ...who, sources: []};
	const source = await findSource(cluster, object, objectAt(object, 'spec', 'sourceRef'));
	return {
		kind: 'flux-kustomization',
		...who,
		...rhythm(object),
		sources: [known({...source, path: textAt(object, 'spec', 'path')})],
	};
}

async function releaseOwner(cluster: Cluster, mark: Mark & {readonly name: string}): Promise<GitOpsOwner> {
	const read = await readOne(cluster, 'helmreleases.helm.toolkit.fluxcd.io', mark);
	const {object} = read;
	const who = whoIs(mark, read, mark.namespace);
	if (object === undefined) return {kind: 'flux-helm-release', ...who, sources: []};
	const chart = objectAt(object, 'spec', 'chart', 'spec');
	const ref = Object.keys(chart).length > 0 ? objectAt(chart, 'sourceRef') : objectAt(object, 'spec', 'chartRef');
	const source = await findSource(cluster, object, ref);
	return {
		kind: 'flux-helm-release',
		...who,
		...rhythm(object),
		correctsDrift: wordAt(object, 'spec', 'driftDetection', 'mode') === 'enabled',
		sources: [known({...source, chart: textAt(chart, 'chart'), revision: textAt(chart, 'version') ?? source.revision})],
	};
}

const rhythm = (object: KubeObject) => ({
	interval: textAt(object, 'spec', 'interval'),
	suspended: valueAt(object, 'spec', 'suspend') === true,
});

/** Without what is not known, so that it does not stand there as undefined. */
const known = (source: OwnerSource): OwnerSource => Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined));
