import {expect, test} from 'vitest';
import type {JsonObject} from '../../../src/core/json.ts';
import {told} from '../../support/consequence-world.ts';
import {deployment} from '../../support/kube-objects.ts';

const managedBy = (metadata: JsonObject) => deployment({metadata});

test.each<[string, JsonObject, string]>([
	[
		'Argo CD by annotation',
		{annotations: {'argocd.argoproj.io/tracking-id': 'shop-app:apps/Deployment:shop/web'}},
		'warning: Argo CD application shop-app manages it: it shows this as out of sync and sets it back at its next sync',
	],
	[
		'Argo CD by manager',
		{managedFields: [{manager: 'argocd-controller', operation: 'Apply', fieldsV1: {'f:spec': {'f:replicas': {}}}}]},
		'warning: Argo CD manages it: it shows this as out of sync and sets it back at its next sync',
	],
	[
		'Flux',
		{labels: {'kustomize.toolkit.fluxcd.io/name': 'apps', 'kustomize.toolkit.fluxcd.io/namespace': 'flux-system'}},
		'warning: Flux Kustomization flux-system/apps manages it: it sets this back at its next reconciliation',
	],
	[
		'Flux with Helm',
		{labels: {'helm.toolkit.fluxcd.io/name': 'web', 'app.kubernetes.io/managed-by': 'Helm'}},
		'warning: Flux HelmRelease web manages it: it sets this back at its next upgrade or drift check',
	],
	[
		'Helm',
		{
			annotations: {'meta.helm.sh/release-name': 'web', 'meta.helm.sh/release-namespace': 'shop'},
			labels: {'app.kubernetes.io/managed-by': 'Helm'},
		},
		'warning: Helm release shop/web manages it: it does not know of this: its next upgrade may overwrite it',
	],
	[
		'kubectl',
		{managedFields: [{manager: 'kubectl-client-side-apply', operation: 'Update', fieldsV1: {'f:spec': {'f:replicas': {}}}}]},
		'info: kubectl-client-side-apply owns spec.replicas: the next kubectl apply of its file sets it back',
	],
	[
		'a hand with kubectl',
		{managedFields: [{manager: 'kubectl-patch', operation: 'Update', fieldsV1: {'f:spec': {'f:replicas': {}}}}]},
		'info: kubectl-patch owns spec.replicas: a person set it by hand',
	],
	[
		'some other manager',
		{managedFields: [{manager: 'my-operator', operation: 'Update', fieldsV1: {'f:spec': {'f:replicas': {}}}}]},
		'warning: my-operator owns spec.replicas: it may set it back',
	],
	[
		'a controller above it',
		{ownerReferences: [{apiVersion: 'x/v1', kind: 'WebApp', name: 'shop', uid: 'u', controller: true}]},
		'warning: WebApp shop controls it and may undo this',
	],
])('names %s', (_, metadata, expected) => {
	const before = managedBy(metadata);
	expect(told(before, {...before, spec: deployment({replicas: 6}).spec ?? null})).toEqual(expect.arrayContaining([expected]));
	expect(told(before, {...before, spec: deployment({replicas: 6}).spec ?? null})).toHaveLength(2);
});
