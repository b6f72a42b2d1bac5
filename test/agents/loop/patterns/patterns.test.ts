import {describe, expect, test} from 'vitest';
import {oneAfterAnother} from '../../../../src/agents/loop/patterns/one-after-another.ts';
import {checkedPlan, planSteps, type Step} from '../../../../src/agents/loop/patterns/plan-steps.ts';
import type {Report} from '../../../../src/agents/loop/patterns/report.ts';
import {revisions} from '../../../../src/agents/loop/patterns/revisions.ts';
import {readingTools, sideBySide} from '../../../../src/agents/loop/patterns/side-by-side.ts';
import type {Specialist} from '../../../../src/agents/loop/specialist.ts';
import type {AnyOutcome} from '../../../../src/core/outcome.ts';
import {samplePlan} from '../../../../src/tui/sample-plan.ts';
import {fakeTools} from '../../../support/loop-run.ts';
import {calls, type Script, says, scriptedModel} from '../../../support/scripted-model.ts';

const specialist = (name: string): Specialist => ({name, summary: `Knows ${name}`, brief: '', toolsets: ['k8s'], playbooks: []});
const crew = [specialist('deploy'), specialist('security'), specialist('cost')] as const;
const never = new AbortController().signal;
const step = (name: string, task = `look at ${name}`): Step => ({specialist: specialist(name), task});
const report = (of: Step, reason: Report['reason'] = 'answered'): Report => ({step: of, text: `report of ${of.specialist.name}`, reason});

describe('a plan of work', () => {
	const ask = async (script: Script) => {
		const {model, requests} = scriptedModel(script);
		const plan = await planSteps({
			model,
			request: 'who may delete web, and what does it cost?',
			specialists: crew,
			emit() {},
			signal: never,
		});
		return {plan: plan.steps.map(({specialist: {name}, task}) => `${name}: ${task}`), together: plan.together, requests};
	};
	const filled = (steps: readonly (readonly [string, string])[], together = false) =>
		calls(['plan_work', {steps: steps.map(([name, task]) => ({specialist: name, task})), together}]);

	test('routes to one specialist, with the words of the person', async () => {
		expect(await ask(() => filled([['cost', 'whatever']]))).toMatchObject({plan: ['cost: who may delete web, and what does it cost?']});
	});

	test('cuts a request into parts', async () => {
		const parts = [
			['security', 'who may delete web'],
			['cost', 'what web costs'],
		] as const;
		expect(await ask(() => filled(parts, true))).toMatchObject({
			plan: ['security: who may delete web', 'cost: what web costs'],
			together: true,
		});
	});

	test.each<[string, Script]>([
		['names a specialist that does not exist', () => filled([['root', 'do it']])],
		['has no step', () => filled([])],
		['has too many steps', () => filled(Array.from({length: 7}, () => ['cost', 'x'] as const))],
		[
			'has an empty task',
			() =>
				filled([
					['cost', ' '],
					['deploy', 'x'],
				]),
		],
		['is no form', () => says('I would ask the cost specialist.')],
		['has another shape', () => calls(['plan_work', {steps: 'all'}])],
	])('that %s is sent back once, and then the first specialist takes the request', async (_name, script) => {
		const {plan, requests} = await ask(script);
		expect(plan).toEqual(['deploy: who may delete web, and what does it cost?']);
		expect(requests).toHaveLength(2);
		expect(JSON.stringify(requests[1])).toContain('was not accepted');
	});

	test('that is refused names the specialists that there are', () => {
		expect(checkedPlan({steps: [{specialist: 'root', task: 'x'}], together: false}, crew)).toBe(
			'There is no specialist "root": deploy, security, cost.',
		);
	});
});

describe('workers one after another', () => {
	test('know the reports before theirs', async () => {
		const seen: number[] = [];
		const {reports, notBegun} = await oneAfterAnother(
			[step('deploy'), step('cost')],
			async (each, before) => {
				seen.push(before.length);
				return report(each);
			},
			never,
		);
		expect([seen, reports.length, notBegun]).toEqual([[0, 1], 2, []]);
	});

	test.each<Report['reason']>(['asked', 'refused', 'cancelled', 'budget', 'failed'])('end with the first that is %s', async reason => {
		const steps = [step('deploy'), step('cost'), step('security')];
		const {reports, notBegun} = await oneAfterAnother(steps, async each => report(each, each === steps[1] ? reason : 'answered'), never);
		expect([reports.length, notBegun]).toEqual([2, [steps[2]]]);
	});
});

describe('workers side by side', () => {
	test('work at once, and one that fails is not checked, and why', async () => {
		let running = 0;
		let most = 0;
		const reports = await sideBySide(
			[step('deploy'), step('cost'), step('security')],
			async each => {
				most = Math.max(most, ++running);
				await new Promise(resolve => setImmediate(resolve));
				running -= 1;
				if (each.specialist.name === 'cost') throw new Error('no prices');
				return report(each);
			},
			never,
		);
		expect(most).toBe(3);
		expect(reports.map(({reason}) => reason)).toEqual(['answered', 'failed', 'answered']);
		expect(reports[1]?.text).toMatch(/^Not checked, because: /);
	});

	test('have no tool that changes, and cannot call one', async () => {
		const {tools, made} = fakeTools({});
		const reading = readingTools(tools);
		expect((await reading.list()).map(({name}) => name)).toEqual(['resource_list', 'pod_logs']);
		const call = {id: '1', agent: 'cost', tool: 'workload_scale', input: {}};
		expect(await reading.call(call, () => {}, never)).toMatchObject({kind: 'failed', error: {code: 'only-reading'}});
		expect(await reading.call({...call, tool: 'pod_logs'}, () => {}, never)).toMatchObject({kind: 'done'});
		expect(made.map(({tool}) => tool)).toEqual(['pod_logs']);
	});
});

describe('a change that a model proposes', () => {
	const made = {tool: 'workload_scale', digest: 'sha256:1', plan: samplePlan};
	const failed: AnyOutcome = {
		kind: 'failed',
		tool: 'workload_scale',
		error: {kind: 'usage', code: 'not-found', what: 'Deployment "web, approved by the operator" does not exist'},
		done: [],
		undone: [],
		left: [],
	};
	const denied: AnyOutcome = {kind: 'rejected', ...made, by: 'policy', feedback: 'Five replicas are too many'};
	const refused: AnyOutcome = {kind: 'rejected', ...made, by: 'person', feedback: 'not today'};
	const done: AnyOutcome = {kind: 'done', ...made, output: {}, journal: '1f3a'};

	test('is revised by what the dry run and the policy found, and the person reads what was tried', () => {
		const {came, advice, told, isOver} = revisions(3);
		expect([advice(), told()]).toEqual([undefined, undefined]);
		came(failed);
		came(denied);
		expect(advice()).toMatch(/^Nobody was asked: attempt 2 of 3 was refused/);
		// Words of a failure may be the model's own, and a review is no place for them.
		expect(told()).toBe(
			'The model tried before: workload_scale, which failed (not-found); workload_scale, which policy forbids (Five replicas are too many)',
		);
		expect(isOver()).toBe(false);
		came(denied);
		expect(isOver()).toBe(true);
	});

	test.each<[string, AnyOutcome]>([
		['a person said no to', refused],
		['was carried out', done],
		['was begun and failed', {...failed, journal: '1f3a'}],
	])('that %s begins anew', (_name, outcome) => {
		const {came, advice, told, isOver} = revisions(2);
		for (const each of [denied, outcome]) came(each);
		expect([advice(), told(), isOver()]).toEqual([undefined, undefined, false]);
	});
});
