import {describe, expect, test} from 'vitest';
import {admissionPolicy} from '../../../src/analysis/policies/admission-policy.ts';
import {blockedBy} from '../../../src/analysis/policies/blocked.ts';
import {judgeOf} from '../../../src/analysis/policies/judge.ts';
import {prove} from '../../../src/analysis/policies/proof.ts';
import {podRules} from '../../../src/analysis/policies/rules/all-rules.ts';
import type {JsonObject} from '../../../src/core/json.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';

const scope = {namespaces: [], except: ['kube-system'], deny: true};

function ruleNamed(id: string) {
	const rule = podRules.find(each => each.id === id);
	if (rule === undefined) throw new Error(`there is no rule ${id}`);
	return rule;
}

const policyOf = (id: string) => admissionPolicy(ruleNamed(id), scope)[0];
const running = (kind: string, spec: JsonObject, namespace = 'shop') =>
	({apiVersion: 'v1', kind, metadata: {name: 'web', namespace}, spec}) as unknown as KubeObject;
const container = {name: 'app', image: 'app:1'};
const onNode = {hostNetwork: true, containers: [container]};

describe('a request', () => {
	test.each([
		['Pod', onNode],
		['Deployment', {template: {spec: onNode}}],
		['CronJob', {jobTemplate: {spec: {template: {spec: onNode}}}}],
	])('for a %s is refused with who breaks the rule', (kind, spec) => {
		expect(judgeOf(policyOf('host-namespaces'))({operation: 'CREATE', object: running(kind, spec)})).toEqual({
			verdict: 'refused',
			message: 'Pods have a network, processes and memory of their own: hostNetwork',
		});
	});

	test('that leaves the pods as they are is passed over, and one that changes them is not', () => {
		const judge = judgeOf(policyOf('host-namespaces'));
		const oldObject = running('Deployment', {replicas: 1, template: {spec: onNode}});
		const scaled = running('Deployment', {replicas: 3, template: {spec: onNode}});
		const changed = running('Deployment', {replicas: 1, template: {spec: {...onNode, containers: [{...container, image: 'app:2'}]}}});
		expect(judge({operation: 'UPDATE', object: scaled, oldObject})).toEqual({verdict: 'passed-over'});
		expect(judge({operation: 'UPDATE', object: changed, oldObject})).toMatchObject({verdict: 'refused'});
	});

	test('is judged with what the server fills in', () => {
		const pod = running('Pod', {
			hostNetwork: true,
			containers: [{...container, ports: [{containerPort: 80}]}],
			volumes: [{name: 'scratch'}],
		});
		expect(judgeOf(policyOf('host-ports'))({operation: 'CREATE', object: pod})).toMatchObject({verdict: 'refused'});
		expect(judgeOf(policyOf('volume-types'))({operation: 'CREATE', object: pod})).toEqual({verdict: 'admitted'});
	});

	test('is refused where an expression fails, as the server does', () => {
		const policy = policyOf('privileged');
		const broken = {...policy, spec: {validations: [{expression: 'object.spec.nothing == 1', message: 'x'}]}} as KubeObject;
		expect(judgeOf(broken)({operation: 'CREATE', object: running('Pod', {containers: [container]})})).toMatchObject({
			verdict: 'refused',
			message: expect.stringContaining('an expression failed'),
		});
	});
});

describe('a policy whose examples do not come out', () => {
	const rule = ruleNamed('privileged');

	test('says which one', () => {
		const blind = admissionPolicy({...rule, offenders: '[]'}, scope)[0];
		expect(prove(rule, blind)).toEqual({
			passed: rule.pass.length,
			refused: 0,
			wrong: rule.fail.map((_, index) => `example ${index + 1} that should fail: admitted`),
		});
	});

	test.each(['variables.containers.filter(c', 'quantityOf(c)'])('is wrong as a whole where %s is no expression', offenders => {
		expect(prove(rule, admissionPolicy({...rule, offenders}, scope)[0]).wrong).not.toEqual([]);
	});

	test('proves nothing without examples', () => {
		expect(prove({...rule, fail: []}, policyOf('privileged')).wrong).toEqual(['it has no examples']);
	});
});

test('who runs and would be refused is named, but for namespaces that are left out', () => {
	const objects = [
		running('Deployment', {template: {spec: onNode}}),
		running('Pod', onNode, 'kube-system'),
		running('Rollout', {template: {spec: onNode}}),
	];
	expect(blockedBy(policyOf('host-namespaces'), objects, scope).map(({object}) => object.kind)).toEqual(['Deployment', 'Rollout']);
});
