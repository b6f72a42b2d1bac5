import {describe, expect, test} from 'vitest';
import {complianceFindings, complianceSchema} from '../../../src/agents/security/compliance/compliance-output.ts';
import {complianceText, countsText} from '../../../src/agents/security/compliance/compliance-text.ts';
import {complianceCheck} from '../../../src/agents/security/tools/compliance-check.ts';
import type {AnyOutcome} from '../../../src/core/outcome.ts';
import {shopRoad} from '../../support/shop-road.ts';

const {run, ports} = await shopRoad({});
const of = async (input: object) => (await run(complianceCheck, {...input}, {ports})).outcome;
const told = (outcome: AnyOutcome) => complianceSchema.parse(outcome.kind === 'done' ? outcome.output : outcome);
const view = {width: 100, terminal: false, nowMs: 0};

describe('compliance_check', () => {
	test('counts what a machine can judge, what was judged, and what it would take', async () => {
		const answer = told(await of({}));
		expect(answer).toMatchObject({benchmark: 'cis', summary: {controls: 131, automatable: 103}, kubernetes: 'v1.36.3', readBy: 'admin'});
		const {summary} = answer;
		expect(summary.pass + summary.fail + summary.notApplicable + summary.notChecked).toBe(131);
		expect(summary.checked + Object.values(summary.wanting).reduce((sum, each) => sum + each)).toBe(103);
		expect(summary.wanting.node).toBeGreaterThanOrEqual(46);
		expect(countsText(answer)).toMatch(/^103 of 131 automatable, \d+ checked, \d+ need a node/);
		expect(complianceText(answer, view)).toContain('CIS Kubernetes 1.12: 103 of 131 automatable');
	});

	test('takes in what kube-bench found on the nodes', async () => {
		const tests = [{results: [{test_number: '4.1.1', status: 'FAIL', actual_value: 'permissions=644'}]}];
		const kubeBench = JSON.stringify({Controls: [{version: 'cis-1.12', node_type: 'node', tests}]});
		const answer = told(await of({benchmark: 'cis', control: '4.1.1', kubeBench}));
		expect(answer.controls).toMatchObject([
			{id: '4.1.1', status: 'fail', evidence: [{from: 'kube-bench', detail: 'FAIL: permissions=644'}]},
		]);
		expect(answer.kubeBench).toBe(1);
		expect(complianceFindings(answer)).toMatchObject([{id: '4.1.1', status: 'fail', severity: 'medium'}]);
	});

	test('packs what auditors file: object, field, value, when and by whom', async () => {
		const pack = complianceText(told(await of({benchmark: 'pod-security', evidence: true, namespace: 'shop'})), view);
		expect(pack).toContain('| read by | admin |');
		expect(pack).toContain('### runAsNonRoot Nothing runs as root: FAIL');
		expect(pack).toMatch(
			/\| pod-security-runAsNonRoot \| Deployment shop\/accounts \| spec.template.spec \| runAsNonRoot \\!= true: pod or container "accounts"/,
		);
		expect(pack).toContain('### hostPorts No ports of the node: pass');
		expect(pack).toMatch(/Passed: Deployment shop\/accounts/);
	});

	test('no criterion of SOC 2 passes: an auditor decides', async () => {
		const {summary} = told(await of({benchmark: 'soc2'}));
		expect(summary).toMatchObject({automatable: 0, pass: 0});
	});

	test.each([
		[{benchmark: 'cis', control: '5.2.99'}, 'unknown-control'],
		[{benchmark: 'cis', kubeBench: '{'}, 'bad-kube-bench'],
		[{benchmark: 'nsa', kubeBench: '{"Controls":[]}'}, 'bad-kube-bench'],
	])('refuses %j: %s', async (input, code) => {
		expect(await of(input)).toMatchObject({kind: 'failed', error: {code}});
	});
});
