import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {podViolations} from '../../../src/analysis/pod-security/standard.ts';
import {admissionPolicy, kyvernoClusterPolicy, kyvernoValidatingPolicy} from '../../../src/analysis/policies/admission-policy.ts';
import {judgeOf} from '../../../src/analysis/policies/judge.ts';
import {prove} from '../../../src/analysis/policies/proof.ts';
import {podRules} from '../../../src/analysis/policies/rules/all-rules.ts';
import {registryRule} from '../../../src/analysis/policies/rules/practice-rules.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import {anyPod} from './random-pods.ts';

const scope = {namespaces: [], except: ['kube-system'], deny: true};
const rules = [...podRules, registryRule(['registry.example/shop'])];
const judges = podRules.map(rule => ({rule, judge: judgeOf(admissionPolicy(rule, scope)[0])}));
const brokenBy = (object: KubeObject, sets: readonly string[]) =>
	judges.flatMap(({rule, judge}) =>
		sets.includes(rule.set) && judge({operation: 'CREATE', object}).verdict === 'refused' ? [rule.id] : [],
	);

test('ids are unique', () => {
	expect(new Set(rules.map(({id}) => id)).size).toBe(rules.length);
});

describe.each(rules)('$id', rule => {
	test.each([
		['ValidatingAdmissionPolicy', admissionPolicy(rule, scope)[0]],
		['ValidatingPolicy of Kyverno', kyvernoValidatingPolicy(rule, scope)],
		['ClusterPolicy of Kyverno', kyvernoClusterPolicy(rule, scope)],
	])('its examples come out as %s', (_, policy) => {
		expect(prove(rule, policy)).toEqual({passed: rule.pass.length, refused: rule.fail.length, wrong: []});
	});
});

describe('the rules of the Pod Security Standards', () => {
	test.each([
		['baseline', ['baseline']],
		['restricted', ['baseline', 'restricted']],
	] as const)('say of any pod what the level %s says', (level, sets) => {
		fc.assert(
			fc.property(anyPod, pod => {
				expect(brokenBy(pod, sets).length > 0).toBe(podViolations(level, pod).length > 0);
			}),
			{numRuns: 400, seed: 20},
		);
	});
});
