import {admissionPolicy, kyvernoClusterPolicy, kyvernoValidatingPolicy, policyName} from '../../../analysis/policies/admission-policy.ts';
import {blockedBy} from '../../../analysis/policies/blocked.ts';
import {type PodRule, type RuleSet, ruleSets} from '../../../analysis/policies/pod-rule.ts';
import {prove} from '../../../analysis/policies/proof.ts';
import {podRules} from '../../../analysis/policies/rules/all-rules.ts';
import {registryRule} from '../../../analysis/policies/rules/practice-rules.ts';
import type {Scope} from '../../../analysis/policies/scope.ts';
import {MkcoaError} from '../../../core/error.ts';
import type {Finding} from '../../../core/finding.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {nearestNames} from '../../../core/text/nearest-names.ts';
import type {Made, MadePolicy} from './made.ts';

const severities: {readonly [set in RuleSet]: Finding['severity']} = {
	baseline: 'high',
	restricted: 'medium',
	practice: 'medium',
	strict: 'low',
};

/** Ways to have the same rules judged. The first object of each is the policy itself. */
const makers = {
	admission: {
		make: (rule: PodRule, scope: Scope): readonly KubeObject[] => admissionPolicy(rule, scope),
		engine: 'ValidatingAdmissionPolicy, which Kubernetes 1.30 and newer judges itself',
		notes: [
			'A ValidatingAdmissionPolicy knows no time, so it has no exemption that ends on a day: leave a namespace out with --except, and take it back yourself',
		],
	},
	kyverno: {
		make: (rule: PodRule, scope: Scope): readonly KubeObject[] => [kyvernoClusterPolicy(rule, scope)],
		engine: 'ClusterPolicy of Kyverno 1.13 to 1.19',
		notes: ['Kyverno 1.17 deprecates ClusterPolicy, and 1.20 is to be without it: kyverno-cel makes its successor'],
	},
	'kyverno-cel': {
		make: (rule: PodRule, scope: Scope): readonly KubeObject[] => [kyvernoValidatingPolicy(rule, scope)],
		engine: 'ValidatingPolicy of Kyverno 1.17 or newer',
		notes: [],
	},
} as const;

export type Engine = keyof typeof makers;
export const engines = Object.keys(makers) as readonly Engine[];

/** @throws MkcoaError `no-such-rule` with the nearest ones */
export function chosenRules(words: readonly string[], registries: readonly string[]): readonly PodRule[] {
	const known = [...ruleSets, ...podRules.map(({id}) => id)];
	const wrong = words.find(word => !known.includes(word));
	if (wrong !== undefined)
		throw new MkcoaError({
			kind: 'usage',
			code: 'no-such-rule',
			what: `There is no rule or set ${wrong}`,
			next: `Nearest: ${nearestNames(wrong, known).join(', ') || ruleSets.join(', ')}. All of them show without --rules`,
		});
	const chosen = podRules.filter(({id, set}) => words.includes(id) || words.includes(set));
	return [...chosen, ...(registries.length === 0 ? [] : [registryRule(registries)])];
}

/** Rules as policies of one engine. The example pods are judged by the objects that would be installed. */
export function rulePolicies(
	engine: Engine,
	rules: readonly PodRule[],
	{scope, running}: {readonly scope: Scope; readonly running: readonly KubeObject[]},
): Made {
	const {make, engine: by, notes} = makers[engine];
	const tried = rules.map(rule => {
		const objects = make(rule, scope);
		const [policy] = objects;
		return {
			rule,
			objects,
			policy,
			proof: policy === undefined ? {passed: 0, refused: 0, wrong: ['nothing was made']} : prove(rule, policy),
		};
	});
	return {
		engine: by,
		looked: {count: running.length, noun: 'running workload'},
		policies: tried.flatMap(({rule, objects, policy, proof}): readonly MadePolicy[] =>
			policy === undefined || proof.wrong.length > 0
				? []
				: [
						{
							name: policyName(rule),
							title: rule.title,
							severity: severities[rule.set],
							passed: proof.passed,
							refused: proof.refused,
							blocks: blockedBy(policy, running, scope),
							objects,
						},
					],
		),
		withheld: tried.flatMap(({rule, proof}) => (proof.wrong.length === 0 ? [] : [{name: policyName(rule), why: proof.wrong.join('; ')}])),
		notes: [
			scope.deny
				? 'They refuse. What runs goes on and may be scaled and labelled; a change of its pods is refused as long as it breaks a rule'
				: 'They warn whoever applies, and write to the audit log; --deny makes them refuse, once nobody is warned any more',
			...notes,
		],
	};
}
