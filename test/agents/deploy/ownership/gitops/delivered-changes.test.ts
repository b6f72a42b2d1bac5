import {expect, test} from 'vitest';
import {deliveredChanges} from '../../../../../src/agents/deploy/ownership/gitops/delivered-changes.ts';
import type {Change, PathSegment} from '../../../../../src/core/plan.ts';

const change = (kind: string, name: string, operation: Change['operation'], paths: readonly (readonly PathSegment[])[]): Change => ({
	ref: {apiVersion: 'v1', kind, namespace: 'shop', name},
	operation,
	fields: paths.map(path => ({path, operation: 'replace', before: 1, after: 2})),
	computed: 'server',
});
const template = ['spec', 'template', 'spec', 'containers', {name: 'web'}, 'image'];
const changes = [
	change('Deployment', 'web-canary', 'create', [template]),
	change('Deployment', 'web', 'update', [template, ['spec', 'replicas'], ['spec', 'strategy']]),
	change('Deployment', 'web-baseline', 'update', [template]),
	change('HorizontalPodAutoscaler', 'web', 'update', [['spec', 'minReplicas']]),
	change('Lease', 'mkcoa-rollout-web', 'create', []),
];
const lease = {apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', namespace: 'shop', name: 'mkcoa-rollout-web'};

test('of a rollout in stages a repository gets the new pod template alone', () => {
	const delivered = deliveredChanges({changes, steps: [{title: 'Take Lease', writes: [], upkeep: [lease]}], input: {name: 'web'}});
	expect(delivered.map(({ref, fields}) => [ref.name, fields.map(({path}) => path)])).toEqual([['web', [template]]]);
});

test('of any other change it gets every field of objects that are there', () => {
	const delivered = deliveredChanges({changes, steps: [{title: 'Patch', writes: []}], input: {name: 'web'}});
	expect(delivered.map(({ref: {kind, name}}) => `${kind} ${name}`)).toEqual([
		'Deployment web',
		'Deployment web-baseline',
		'HorizontalPodAutoscaler web',
	]);
});
