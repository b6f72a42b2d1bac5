import {describe, expect, test} from 'vitest';
import {playbookOf, skillText} from '../../../src/agents/runbooks/runbook.ts';
import {runbooks} from '../../../src/agents/runbooks/runbooks.ts';
import {builtInSkills, toolsIn} from '../../../src/main/edge/edge-skills.ts';
import {edgeTools} from '../../../src/main/edge/toolsets.ts';

const served = (await edgeTools(undefined)).map(({tool}) => tool);

describe.each(runbooks.map(each => [each.name, each] as const))('the runbook %s', (_, runbook) => {
	const text = skillText(runbook);

	test('names tools that are served, and inputs that they have', () => {
		const named = toolsIn(text);
		// The last one is an input of plan_result, which the edge itself serves.
		const known = [...served.map(({name}) => name), 'plan_result', 'wait_seconds'];
		expect(known).toEqual(expect.arrayContaining([...named]));
		expect(named).toContain('plan_result');
		const fields = new Set(served.flatMap(({input}) => Object.keys(input.shape)));
		const words = [...text.matchAll(/`([a-z]+[A-Z]\w*|[a-z]+)`/g)]
			.map(([, word = '']) => word)
			.filter(word => !['undo', 'maxUnavailable', 'subPath'].includes(word));
		expect([...fields]).toEqual(expect.arrayContaining(words));
	});

	test('names other runbooks that there are', () => {
		const others = [...text.matchAll(/\(runbook ([a-z-]+)\)/g)].map(([, name]) => name);
		expect(runbooks.map(({name}) => name)).toEqual(expect.arrayContaining(others));
	});

	test('says what to look at, when to stop and how to go back, in what a model reads at once', () => {
		expect(text.match(/^## .+$/gm)).toEqual([
			'## Steps',
			'## What to look at',
			'## When to stop',
			'## How to go back',
			'## What always holds',
		]);
		expect(text.length).toBeLessThan(6000);
	});
});

test('a specialist is told of steps alone, without marks', () => {
	for (const runbook of runbooks) {
		const {steps} = playbookOf(runbook);
		expect(steps).toHaveLength(runbook.steps.length);
		expect(steps.join('')).not.toContain('`');
	}
});

test('only the one that changes nothing is there for those who may only read', async () => {
	const reads = served.filter(({effect}) => effect === 'read').map(({name}) => name);
	const skills = await builtInSkills();
	expect(skills.filter(({needs}) => needs.every(name => reads.includes(name))).map(({entry}) => entry.uri)).toEqual([
		'skill://mkcoa/diagnose-pods/SKILL.md',
	]);
});
