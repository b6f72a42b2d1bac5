import {describe, expect, test} from 'vitest';
import {generateSecurityPolicies} from '../../../src/agents/security/tools/generate-security-policies.ts';
import {at} from '../../servers/questions.ts';
import {shopRoad} from '../../support/shop-road.ts';

const shop = await shopRoad();
const asked = async (input: object) => (await shop.run(generateSecurityPolicies, JSON.parse(JSON.stringify(input)))).outcome;
const view = {width: 80, terminal: true, nowMs: 0};

describe('policies for the shop', () => {
	test('name the running workloads that they would refuse, and come as manifests', async () => {
		const outcome = await asked({kind: 'admission', rules: ['non-root', 'privileged'], namespace: 'shop', yaml: true});
		expect(outcome).toMatchObject({
			kind: 'done',
			output: {
				policies: [
					{name: 'mkcoa-privileged', blocks: []},
					{
						name: 'mkcoa-non-root',
						blocked: 13,
						blocks: expect.arrayContaining([expect.objectContaining({resource: expect.objectContaining({name: 'web'})})]),
					},
				],
				withheld: [],
				notChecked: [],
			},
		});
		expect(at(outcome, 'output', 'yaml')).toMatch(/kind: ValidatingAdmissionPolicyBinding[\s\S]*- Warn[\s\S]*- shop/);
	});

	test('refuse where that is wanted', async () => {
		expect(at(await asked({rules: ['privileged'], deny: true, yaml: true}), 'output', 'yaml')).toMatch(/validationActions:\s+- Deny/);
	});

	test.each(['kyverno', 'kyverno-cel', 'pod-security', 'network', 'hardening'])('come as %s, none withheld', async kind => {
		const outcome = await asked({kind, egress: true});
		expect(outcome).toMatchObject({kind: 'done', output: {withheld: [], notChecked: []}});
		expect(at(outcome, 'output', 'policies', 0, 'passed')).toBeGreaterThan(0);
	});

	test('are told in lines that fit', async () => {
		const outcome = await asked({kind: 'admission', rules: ['baseline', 'restricted', 'practice']});
		const output = generateSecurityPolicies.output.parse(at(outcome, 'output'));
		for (const width of [80, 40]) {
			const lines = generateSecurityPolicies.text(output, {...view, width}).split('\n');
			expect(lines.filter(line => line.length > width)).toEqual([]);
		}
		expect(generateSecurityPolicies.findings?.(output)).toContainEqual(
			expect.objectContaining({id: 'mkcoa-non-root', status: 'fail', severity: 'medium'}),
		);
	});
});

describe('a wish that cannot be met', () => {
	test.each([
		[{rules: ['privilegd']}, 'no-such-rule'],
		[{namespace: 'nowhere'}, 'no-such-namespace'],
	])('%j says so', async (input, code) => {
		expect(await asked(input)).toMatchObject({kind: 'failed', error: {code, next: expect.stringMatching(/./)}});
	});
});
