import type {KubeObject} from '../../core/kube/kube-object.ts';
import {judgeOf} from './judge.ts';
import type {PodExample, PodRule} from './pod-rule.ts';

/** An example as an object that could be created. */
export const examplePod = ({spec, annotations}: PodExample, name = 'example'): KubeObject =>
	({apiVersion: 'v1', kind: 'Pod', metadata: {name, ...(annotations === undefined ? {} : {annotations})}, spec}) as unknown as KubeObject;

/** Examples of a rule that did not come out as the rule says; none where the policy is as it should be. */
export type Proof = {readonly passed: number; readonly refused: number; readonly wrong: readonly string[]};

/** Judges the examples of a rule by a policy that was made of it. An expression that does not compile is wrong as a whole. */
export function prove(rule: PodRule, policy: KubeObject): Proof {
	if (rule.pass.length === 0 || rule.fail.length === 0) return {passed: 0, refused: 0, wrong: ['it has no examples']};
	try {
		const judge = judgeOf(policy);
		const rulingOf = (example: PodExample) => judge({operation: 'CREATE', object: examplePod(example)});
		const [pass, fail] = [rule.pass.map(rulingOf), rule.fail.map(rulingOf)];
		return {
			passed: pass.filter(({verdict}) => verdict === 'admitted').length,
			refused: fail.filter(isRefusal).length,
			wrong: [
				...pass.flatMap((each, index) => (each.verdict === 'admitted' ? [] : [`example ${index + 1} that should pass: ${told(each)}`])),
				...fail.flatMap((each, index) => (isRefusal(each) ? [] : [`example ${index + 1} that should fail: ${told(each)}`])),
			],
		};
	} catch (error) {
		return {passed: 0, refused: 0, wrong: [error instanceof Error ? error.message : String(error)]};
	}
}

type Ruling = ReturnType<ReturnType<typeof judgeOf>>;

/** A refusal for what the rule is about, and not because an expression failed. */
const isRefusal = (ruling: Ruling) => ruling.verdict === 'refused' && !ruling.message.startsWith('an expression failed');

const told = (ruling: Ruling) => (ruling.verdict === 'refused' ? ruling.message : ruling.verdict);
