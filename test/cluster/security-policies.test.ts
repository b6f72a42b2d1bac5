import {beforeAll, describe, expect, test} from 'vitest';
import {admissionPolicy, policyName} from '../../src/analysis/policies/admission-policy.ts';
import {judgeOf} from '../../src/analysis/policies/judge.ts';
import {podRules} from '../../src/analysis/policies/rules/all-rules.ts';
import {registryRule} from '../../src/analysis/policies/rules/practice-rules.ts';
import {inParallel} from '../../src/core/in-parallel.ts';
import type {KubeObject} from '../../src/core/kube/kube-object.ts';
import {seededPods} from '../analysis/policies/random-pods.ts';
import {at} from '../servers/questions.ts';
import type {Answer} from '../servers/request.ts';
import {deployment} from './compare/row.ts';
import {onePlane} from './one-plane.ts';

const real = onePlane();
const group = '/apis/admissionregistration.k8s.io/v1';
const [warned, denied] = ['warned', 'denied'];
const rules = [...podRules, registryRule(['registry.example', 'registry.example:5000'])];
const judged = rules.map(rule => {
	const [policy] = admissionPolicy(rule, {namespaces: [denied], except: [], deny: true});
	return {name: policyName(rule), judge: judgeOf(policy)};
});
const pods = seededPods(20_261_128, 500);

/** The same rules bound twice: where they tell, the server names every one that is broken; where they refuse, only the first. */
async function install() {
	for (const rule of rules) {
		const [policy, binding] = admissionPolicy(rule, {namespaces: [denied], except: [], deny: true});
		const [, telling] = admissionPolicy(rule, {namespaces: [warned], except: [], deny: false});
		await real.create(`${group}/validatingadmissionpolicies`, policy);
		await real.create(`${group}/validatingadmissionpolicybindings`, binding);
		await real.create(`${group}/validatingadmissionpolicybindings`, {
			...telling,
			metadata: {name: `${telling.metadata.name}-telling`},
		});
	}
}

const dryRun = (namespace: string, object: KubeObject) => ({
	method: 'POST',
	path: `/api/v1/namespaces/${namespace}/pods?dryRun=All`,
	body: {...object, metadata: {...object.metadata, namespace}},
});

/** Policies that a server names, in a warning each or in its refusal. */
const named = (text: string) =>
	[...text.matchAll(/ValidatingAdmissionPolicy '(?<name>[^']+)'/g)].map(({groups}) => groups?.name ?? '').sort();
const warnings = ({headers}: Answer) => named(String(headers.warning ?? ''));

beforeAll(async () => {
	for (const name of [warned, denied]) {
		await real.create('/api/v1/namespaces', {apiVersion: 'v1', kind: 'Namespace', metadata: {name}});
		await real.create(`/api/v1/namespaces/${name}/serviceaccounts`, {apiVersion: 'v1', kind: 'ServiceAccount', metadata: {name: 'app'}});
		await real.answered({path: `/api/v1/namespaces/${name}/serviceaccounts/default`}, ({status}) => status === 200);
	}
	// It runs before there is any policy.
	await real.create(`/apis/apps/v1/namespaces/${denied}/deployments`, deployment('old', {replicas: 1}));
	await install();
	// The server learns of each in its own time: every policy is asked by a pod that it refuses, if the server takes such pods at all.
	for (const [index, {fail}] of rules.entries()) {
		const pod = {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'any'}, ...fail[0]} as unknown as KubeObject;
		await real.answered(dryRun(warned, pod), answer => answer.status === 422 || warnings(answer).includes(judged[index]?.name ?? ''));
	}
}, 180_000);

describe('generated policies on a real API server', () => {
	test('their expressions are of the types that the server knows', async () => {
		for (const {name} of judged) {
			const path = `${group}/validatingadmissionpolicies/${name}`;
			const policy = await real.eventually(path, object => at(object, 'status', 'observedGeneration') !== undefined);
			expect({name, warnings: at(policy, 'status', 'typeChecking', 'expressionWarnings')}).toEqual({name, warnings: undefined});
		}
	});

	test('refuse and admit exactly the pods that were refused and admitted before', async () => {
		const answers = await inParallel(pods, async pod => ({
			pod,
			told: await real.ask(dryRun(warned, pod)),
			refusing: await real.ask(dryRun(denied, pod)),
		}));
		// A server has rules of its own for which pods there are: those that it calls invalid no policy sees.
		const seen = answers.filter(({told}) => told.status === 201);
		expect(answers.filter(({told}) => told.status !== 201 && told.status !== 422)).toEqual([]);
		const verdicts = seen.map(({pod, told, refusing}) => {
			const expected = judged.filter(({judge}) => judge({operation: 'CREATE', object: pod}).verdict === 'refused').map(({name}) => name);
			return {pod, expected: expected.sort(), told: warnings(told), status: refusing.status, refusedBy: named(refusing.text)};
		});
		for (const {pod, expected, told, status, refusedBy} of verdicts) {
			expect({spec: pod.spec, broken: told, status}).toEqual({spec: pod.spec, broken: expected, status: expected.length === 0 ? 201 : 403});
			if (expected.length > 0) expect(expected).toContain(refusedBy[0]);
		}
		const refused = verdicts.filter(({expected}) => expected.length > 0);
		const broken = new Set(verdicts.flatMap(({expected}) => expected));
		process.stdout.write(
			`${verdicts.length} pods on the real API server: ${refused.length} refused, ${verdicts.length - refused.length} admitted, each by exactly the policies that were foretold; ${broken.size} of ${rules.length} policies broken at least once; ${answers.length - seen.length} pods invalid without any policy\n`,
		);
		expect(verdicts.length).toBeGreaterThanOrEqual(300);
		expect(verdicts.length - refused.length).toBeGreaterThanOrEqual(50);
	}, 180_000);

	test('let what runs already be scaled, labelled and ended, and not get other pods that break them', async () => {
		const path = `/apis/apps/v1/namespaces/${denied}/deployments/old`;
		await real.merge(path, {spec: {replicas: 2}, metadata: {labels: {team: 'red'}, finalizers: ['example.org/held']}});
		await real.merge(path, {metadata: {finalizers: null}});
		await expect(real.merge(path, {spec: {template: {metadata: {labels: {version: '2'}}}}})).resolves.toMatchObject({});
		await expect(real.merge(path, {spec: {template: {spec: {hostNetwork: true}}}})).rejects.toThrow("ValidatingAdmissionPolicy 'mkcoa-");
	});
});
