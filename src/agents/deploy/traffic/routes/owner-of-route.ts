import {type KubeObject, refKey, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Consequence} from '../../../../core/plan.ts';
import {ownerNotes} from '../../ownership/owner-notes.ts';
import type {GitOpsOwner} from '../../ownership/owners-of.ts';
import type {RouteObjects} from './route-objects.ts';

/** Who deploys a route from somewhere, and what becomes of weights that they did not write. */
export function routeOwnerNotes(route: KubeObject, {owners}: RouteObjects): readonly Consequence[] {
	const ref = refOf(route);
	return (owners?.get(refKey(ref)) ?? []).flatMap(owner =>
		ownerNotes([owner], ref, 'spec').map(({text}) => ({
			id: 'route-owner',
			severity: setsBack(owner) ? ('danger' as const) : ('warning' as const),
			text: `${refText(ref)}: ${text}${setsBack(owner) ? '; unless it is told to leave the weights alone, the canary loses its requests' : ''}`,
			ref,
		})),
	);
}

/** Whether it does so by itself while a canary is under way. */
function setsBack(owner: GitOpsOwner): boolean {
	switch (owner.kind) {
		case 'argo-cd':
			return owner.sync === 'self-heal';
		case 'flux-kustomization':
			return owner.suspended !== true;
		case 'flux-helm-release':
			return owner.suspended !== true && owner.correctsDrift === true;
		case 'helm':
			return false;
	}
}
