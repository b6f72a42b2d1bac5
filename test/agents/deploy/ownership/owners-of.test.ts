import {describe, expect, test} from 'vitest';
import {ownerNotes, withOwnerNotes} from '../../../../src/agents/deploy/ownership/owner-notes.ts';
import {ownersOf} from '../../../../src/agents/deploy/ownership/owners-of.ts';
import type {KubeObject, ObjectMeta} from '../../../../src/core/kube/kube-object.ts';
import {fakeCluster} from '../../../support/fake-cluster.ts';
import {withRolloutKinds} from '../../../support/rollout-kinds.ts';

const web = (metadata: Omit<ObjectMeta, 'name'>): KubeObject => ({
	apiVersion: 'apps/v1',
	kind: 'Deployment',
	metadata: {name: 'web', namespace: 'shop', ...metadata},
});
const ref = {apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web'};
const object = (apiVersion: string, kind: string, namespace: string, name: string, spec: KubeObject['spec']): KubeObject => ({
	apiVersion,
	kind,
	metadata: {name, namespace},
	spec,
});
const application = (namespace: string, syncPolicy?: object) =>
	object('argoproj.io/v1alpha1', 'Application', namespace, 'shop-app', {
		source: {repoURL: 'https://git.example/shop.git', path: 'deploy/prod', targetRevision: 'main'},
		...(syncPolicy === undefined ? {} : {syncPolicy}),
	} as KubeObject['spec']);
const tracked = {annotations: {'argocd.argoproj.io/tracking-id': 'shop-app:apps/Deployment:shop/web'}};
const ofKustomization = {labels: {'kustomize.toolkit.fluxcd.io/name': 'apps', 'kustomize.toolkit.fluxcd.io/namespace': 'flux-system'}};
const kustomization = (more: object = {}) =>
	object('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'flux-system', 'apps', {
		interval: '10m',
		path: './apps/prod',
		sourceRef: {kind: 'GitRepository', name: 'fleet'},
		...more,
	} as KubeObject['spec']);
const fleet = object('source.toolkit.fluxcd.io/v1', 'GitRepository', 'flux-system', 'fleet', {
	url: 'https://git.example/fleet.git',
	ref: {branch: 'main'},
});
const ofRelease = {
	labels: {
		'helm.toolkit.fluxcd.io/name': 'web',
		'helm.toolkit.fluxcd.io/namespace': 'shop',
		'app.kubernetes.io/managed-by': 'Helm',
	},
};
const release = (more: object = {}) =>
	object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'shop', 'web', {
		interval: '5m',
		chart: {spec: {chart: 'web', version: '1.2.x', sourceRef: {kind: 'HelmRepository', name: 'charts'}}},
		...more,
	} as KubeObject['spec']);

async function texts(metadata: Omit<ObjectMeta, 'name'>, objects: readonly KubeObject[], denied: readonly string[] = []) {
	const {cluster} = fakeCluster({kinds: withRolloutKinds, objects, denied});
	return ownerNotes(await ownersOf(cluster, web(metadata)), ref, 'spec').map(({text}) => text);
}

const fromGit = 'from https://git.example/shop.git, folder deploy/prod, at main';

describe('an owner is named with what it does about a change', () => {
	test.each([
		[
			'Argo CD that heals itself',
			tracked,
			[application('argocd', {automated: {selfHeal: true}})],
			`Argo CD application argocd/shop-app manages it ${fromGit}: it heals itself: it undoes this within seconds`,
		],
		[
			'Argo CD that syncs by itself, in a namespace of its own',
			tracked,
			[application('gitops', {automated: {}})],
			`Argo CD application gitops/shop-app manages it ${fromGit}: it shows this as out of sync, and its next sync, at the next commit, sets it back`,
		],
		[
			'Argo CD whose automation is switched off',
			tracked,
			[application('argocd', {automated: {enabled: false, selfHeal: true}})],
			`Argo CD application argocd/shop-app manages it ${fromGit}: it shows this as out of sync, and sets it back when somebody syncs it`,
		],
		[
			'an application that cannot be found',
			tracked,
			[],
			'Argo CD application shop-app manages it: it shows this as out of sync and sets it back at its next sync, within seconds where it heals itself (not checked: there is no Application shop-app in this cluster)',
		],
		[
			'a Flux Kustomization',
			ofKustomization,
			[kustomization(), fleet],
			'Flux Kustomization flux-system/apps manages it from https://git.example/fleet.git, folder ./apps/prod, at main: it sets this back within 10m',
		],
		[
			'a suspended Flux Kustomization',
			ofKustomization,
			[kustomization({suspend: true})],
			'Flux Kustomization flux-system/apps manages it from folder ./apps/prod: it is suspended now: it sets this back when somebody resumes it',
		],
		[
			'a Flux HelmRelease, told once though Helm marked it too',
			ofRelease,
			[release()],
			'Flux HelmRelease shop/web manages it from chart web, at 1.2.x: it does not look for drift: its next upgrade sets this back',
		],
		[
			'a Flux HelmRelease that corrects drift',
			ofRelease,
			[release({driftDetection: {mode: 'enabled'}})],
			'Flux HelmRelease shop/web manages it from chart web, at 1.2.x: it corrects drift: it sets this back within 5m',
		],
		[
			'a Helm release',
			{
				annotations: {'meta.helm.sh/release-name': 'web', 'meta.helm.sh/release-namespace': 'shop'},
				labels: {'helm.sh/chart': 'web-1.2.3', 'app.kubernetes.io/managed-by': 'Helm'},
			},
			[],
			'Helm release shop/web manages it from chart web-1.2.3: it does not know of this: its next upgrade may overwrite it',
		],
	] as const)('%s', async (_, metadata, objects, expected) => {
		expect(await texts(metadata, objects)).toEqual([expected]);
	});

	test('nobody', async () => {
		expect(await texts({labels: {app: 'web'}}, [])).toEqual([]);
	});
});

test('facts for a delivery through Git are told apart', async () => {
	const {cluster} = fakeCluster({kinds: withRolloutKinds, objects: [application('argocd')]});
	expect(await ownersOf(cluster, web(tracked))).toEqual([
		{
			kind: 'argo-cd',
			name: 'shop-app',
			namespace: 'argocd',
			sync: 'manual',
			sources: [{repoUrl: 'https://git.example/shop.git', path: 'deploy/prod', revision: 'main'}],
		},
	]);
});

test('a change of the status alone is left alone by owners', async () => {
	const {cluster} = fakeCluster({kinds: withRolloutKinds, objects: [application('argocd', {automated: {selfHeal: true}})]});
	expect(ownerNotes(await ownersOf(cluster, web(tracked)), ref, 'status')).toMatchObject([
		{id: 'managed-by-argo-cd', severity: 'info', text: expect.stringContaining('which it leaves alone')},
	]);
});

test('what was read of an owner stands in place of what its marks alone tell', () => {
	const [mark, other] = [
		{id: 'managed-by-argo-cd', severity: 'warning', text: 'Argo CD manages it'},
		{id: 'restarts', severity: 'info', text: '3 pods restart'},
	] as const;
	const read = {...mark, text: 'Argo CD application argocd/shop-app manages it'};
	expect(withOwnerNotes([mark, other], [read])).toEqual([read, other]);
});
