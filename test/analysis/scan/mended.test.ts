import {expect, test} from 'vitest';
import type {Mend} from '../../../src/analysis/checks/check.ts';
import {wayOf} from '../../../src/analysis/scan/mend-call.ts';
import {mended, pathSteps} from '../../../src/analysis/scan/mended.ts';
import type {Json} from '../../../src/core/json.ts';
import {jsonPatch} from '../../../src/core/patch/json-patch.ts';

const pod = (spec: {readonly [field: string]: Json}) => ({apiVersion: 'v1', kind: 'Pod', metadata: {name: 'web', namespace: 'shop'}, spec});
const nobody = () => undefined;
const specWith = (spec: {readonly [field: string]: Json}, mends: readonly Mend[]) => mended(pod(spec), mends, nobody).spec;

test.each([
	['spec.containers[0].image', ['spec', 'containers', '0', 'image']],
	['metadata.labels[app.kubernetes.io/name]', ['metadata', 'labels', 'app.kubernetes.io/name']],
	['metadata.labels.app.kubernetes.io/name', ['metadata', 'labels', 'app.kubernetes.io/name']],
	['rules[1].verbs[0]', ['rules', '1', 'verbs', '0']],
	['spec.containers[0].resources.limits.cpu', ['spec', 'containers', '0', 'resources', 'limits', 'cpu']],
])('%s has the steps %j', (path, steps) => {
	expect(pathSteps(path)).toEqual(steps);
});

test('a field that is missing is made with the maps around it, also where one of them is null', () => {
	const spec = {containers: [{name: 'a', securityContext: null}]};
	expect(specWith(spec, [{path: 'spec.containers[0].securityContext.runAsNonRoot', value: true}])).toEqual({
		containers: [{name: 'a', securityContext: {runAsNonRoot: true}}],
	});
});

test('what is taken out takes empty lists and maps with it, but not the security context', () => {
	const spec = {containers: [{name: 'a', securityContext: {capabilities: {add: ['A', 'B', 'C']}}}]};
	const at = (index: number): Mend => ({path: `spec.containers[0].securityContext.capabilities.add[${index}]`, remove: true});
	expect(specWith(spec, [at(0), at(2)])).toEqual({containers: [{name: 'a', securityContext: {capabilities: {add: ['B']}}}]});
	expect(specWith(spec, [at(0), at(1), at(2)])).toEqual({containers: [{name: 'a', securityContext: {}}]});
});

test('places of a list are taken out by number, not by letter', () => {
	const items = Array.from({length: 12}, (_, index) => ({name: `v${index}`}));
	const mends = [2, 10].map((index): Mend => ({path: `spec.volumes[${index}]`, remove: true}));
	expect(specWith({volumes: items}, mends)).toEqual({volumes: items.filter((_, index) => index !== 2 && index !== 10)});
});

test('the fix of several faults is one patch that the object takes', () => {
	const object = pod({containers: [{name: 'a', securityContext: {privileged: true}}, {name: 'b'}]});
	const faults = [0, 1].map(index => {
		const path = `spec.containers[${index}].securityContext.privileged`;
		return {paths: [path], mends: [{path, value: false}], evidence: ''};
	});
	const way = wayOf(object, faults, 'Helm release shop/web');
	if ('none' in way) throw new Error(way.none);
	expect(way).toMatchObject({tool: 'resource_patch', input: {kind: 'Pod', name: 'web', namespace: 'shop', type: 'json'}});
	expect(way.text).toContain('Helm release shop/web writes it anew');
	const patch: Json = JSON.parse(String(way.input.patch));
	expect(jsonPatch(object, patch)).toMatchObject({
		spec: {containers: [{securityContext: {privileged: false}}, {securityContext: {privileged: false}}]},
	});
	expect(patch).toContainEqual({op: 'test', path: '/spec/containers/0/name', value: 'a'});
});

test('what only a person knows is asked, and half a fix is none', () => {
	const path = 'spec.containers[0].resources.limits.cpu';
	const asks = {paths: [path], mends: [{path, ask: 'CPU limit'}], evidence: ''};
	const sure = {paths: [path], mends: [{path: 'spec.hostPID', remove: true} as const], evidence: ''};
	expect(wayOf(pod({}), [asks, sure], undefined)).toEqual({none: `a person decides: ${path}: CPU limit`});
	expect(wayOf(pod({hostPID: true}), [{...sure, mends: []}, sure], undefined)).toEqual({none: 'no field of this object alone mends it'});
});
