import {textAt} from './json-at.ts';
import type {KubeObject} from './kube-object.ts';

/** A name and where it lives, as far as a mark tells. */
type Named = {readonly name: string; readonly namespace?: string | undefined};

/** What deployers wrote on an object to find it again. Each is absent where there is no such mark. */
export type GitOpsMarks = {
	/** `name` is absent where only the field manager tells that Argo CD applied it. */
	readonly argo?: {readonly name?: string | undefined; readonly namespace?: string | undefined};
	readonly kustomization?: Named;
	readonly fluxRelease?: Named;
	/** `name` is absent where only the label `managed-by` tells. */
	readonly helm?: {readonly name?: string | undefined; readonly namespace?: string | undefined; readonly chart?: string | undefined};
};

/** How Argo CD calls itself among the managers of fields. */
export const argoManagers = /^argocd-(?:application-)?controller$/;

const label = ({metadata}: KubeObject, key: string) => metadata.labels?.[key];
const annotation = ({metadata}: KubeObject, key: string) => metadata.annotations?.[key];
const hasManager = ({metadata}: KubeObject, names: RegExp) =>
	Array.isArray(metadata.managedFields) && metadata.managedFields.some(entry => names.test(textAt(entry, 'manager') ?? ''));

/**
 * Whose object this is by its labels, annotations and field managers.
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/resource_tracking/ and the labels of kustomize-controller and helm-controller
 */
export function gitOpsMarks(object: KubeObject): GitOpsMarks {
	const argo = argoMark(object);
	const kustomization =
		annotation(object, 'kustomize.toolkit.fluxcd.io/reconcile') === 'disabled'
			? undefined
			: fluxMark(object, 'kustomize.toolkit.fluxcd.io');
	const fluxRelease = fluxMark(object, 'helm.toolkit.fluxcd.io');
	const helm = helmMark(object);
	return {
		...(argo === undefined ? {} : {argo}),
		...(kustomization === undefined ? {} : {kustomization}),
		...(fluxRelease === undefined ? {} : {fluxRelease}),
		...(helm === undefined ? {} : {helm}),
	};
}

/** A tracking id is `APP:GROUP/KIND:NAMESPACE/NAME`; an application outside of Argo CD's own namespace is written `NAMESPACE_APP`. */
function argoMark(object: KubeObject): GitOpsMarks['argo'] {
	const tracked = annotation(object, 'argocd.argoproj.io/tracking-id')?.split(':')[0] ?? label(object, 'argocd.argoproj.io/instance');
	const name = tracked ?? (hasManager(object, argoManagers) ? label(object, 'app.kubernetes.io/instance') : undefined);
	if (name === undefined) return hasManager(object, argoManagers) ? {} : undefined;
	const split = name.indexOf('_');
	return split < 0 ? {name} : {namespace: name.slice(0, split), name: name.slice(split + 1)};
}

function fluxMark(object: KubeObject, prefix: string): Named | undefined {
	const name = label(object, `${prefix}/name`);
	const namespace = label(object, `${prefix}/namespace`);
	return name === undefined ? undefined : {name, ...(namespace === undefined ? {} : {namespace})};
}

function helmMark(object: KubeObject): GitOpsMarks['helm'] {
	const name = annotation(object, 'meta.helm.sh/release-name');
	const namespace = annotation(object, 'meta.helm.sh/release-namespace');
	const isHelms = label(object, 'app.kubernetes.io/managed-by') === 'Helm';
	if (name === undefined && !isHelms) return undefined;
	const release = name ?? label(object, 'app.kubernetes.io/instance');
	const chart = label(object, 'helm.sh/chart');
	return {
		...(release === undefined ? {} : {name: release}),
		...(namespace === undefined ? {} : {namespace}),
		...(chart === undefined ? {} : {chart}),
	};
}
