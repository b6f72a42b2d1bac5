import {gitOpsMarks} from '../../core/kube/gitops-marks.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';

type Mark = {readonly name?: string | undefined; readonly namespace?: string | undefined};

const named = (what: string, {name, namespace}: Mark) =>
	[what, [namespace, name].filter(part => part !== undefined).join('/')].join(' ').trim();

/** Who writes an object anew, so that a change of it alone would not last: `Helm release shop/web`. Flux counts before Helm, whose charts it installs. */
export function keeperOf(object: KubeObject): string | undefined {
	const {argo, kustomization, fluxRelease, helm} = gitOpsMarks(object);
	if (argo !== undefined) return named('Argo CD application', argo);
	if (kustomization !== undefined) return named('Flux Kustomization', kustomization);
	if (fluxRelease !== undefined) return named('Flux HelmRelease', fluxRelease);
	return helm === undefined ? undefined : named('Helm release', helm);
}
