import {MkcoaError} from '../../../core/error.ts';
import {type Ref, refText} from '../../../core/kube/kube-object.ts';
import type {DryRun} from '../port.ts';

type Conflict = Extract<DryRun, {computed: 'conflict'}>;

/** What a person does about a field that another manager keeps; the names are those that these programs write as. */
const advice: readonly (readonly [RegExp, string])[] = [
	[/argocd|argo-cd/i, 'Argo CD keeps it: change it in the repository that it reads, or it will be set back'],
	[/flux|kustomize-controller|helm-controller/i, 'Flux keeps it: change it in the repository that it reads, or it will be set back'],
	[/helm/i, 'Helm keeps it: change the values of the release'],
	[/kube-controller-manager|horizontal-pod-autoscaler|keda/i, 'an autoscaler keeps it: leave the field out, or change the autoscaler'],
	[/kubectl/i, 'somebody set it with kubectl: leave the field out, or set it with k8s patch'],
];

/** The refusal to take fields from others: who owns which, and what to do. */
export function fieldConflict(ref: Ref, {conflicts, message}: Conflict): MkcoaError {
	const managers = [...new Set(conflicts.map(({manager}) => manager))];
	const owned = managers.map(manager => {
		const fields = conflicts.filter(conflict => conflict.manager === manager).map(({field}) => field);
		return `${manager} owns ${fields.join(', ')}`;
	});
	const hints = managers.map(manager => advice.find(([pattern]) => pattern.test(manager))?.[1]).filter(hint => hint !== undefined);
	return new MkcoaError({
		kind: 'environment',
		code: 'field-conflict',
		what: `${refText(ref)} was not changed`,
		why: owned.join('; '),
		next: [...new Set(hints), 'Leave these fields out of the manifest, or change them where their owner keeps them'].join('. '),
		quoted: message,
	});
}
