import type {ResourceType} from '../../src/mcp/kubernetes/port.ts';
import {fakeKinds} from './fake-kinds.ts';

const custom = (apiVersion: string, kind: string, plural: string, subresources: readonly string[] = ['status']): ResourceType => ({
	apiVersion,
	kind,
	plural,
	singular: kind.toLowerCase(),
	shortNames: [],
	categories: [],
	namespaced: true,
	verbs: ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'],
	subresources,
});

/** The kinds of the controllers that roll out, as discovery tells them where they are installed. */
const rolloutKinds = {
	argo: custom('argoproj.io/v1alpha1', 'Rollout', 'rollouts', ['scale', 'status']),
	analysisRun: custom('argoproj.io/v1alpha1', 'AnalysisRun', 'analysisruns', []),
	application: custom('argoproj.io/v1alpha1', 'Application', 'applications', []),
	flagger: custom('flagger.app/v1beta1', 'Canary', 'canaries'),
	kruise: custom('rollouts.kruise.io/v1beta1', 'Rollout', 'rollouts'),
	kustomization: custom('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'kustomizations'),
	helmRelease: custom('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'helmreleases'),
	gitRepository: custom('source.toolkit.fluxcd.io/v1', 'GitRepository', 'gitrepositories'),
};

/** What every cluster has, and all of these. */
export const withRolloutKinds: readonly ResourceType[] = [...fakeKinds, ...Object.values(rolloutKinds)];
