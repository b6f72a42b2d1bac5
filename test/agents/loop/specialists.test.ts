import {expect, test} from 'vitest';
import {specialists} from '../../../src/agents/loop/specialists.ts';
import {toolGroups} from '../../../src/main/tool-groups.ts';

test('six specialists, of which each without tools of its own says in one sentence what it will do', () => {
	expect(specialists.map(({name, comes}) => [name, comes === undefined])).toEqual([
		['deploy', true],
		['monitoring', true],
		['security', true],
		['cost', false],
		['incident', true],
		['config', false],
	]);
	for (const {comes} of specialists.filter(each => each.comes !== undefined)) expect(comes).toMatch(/^It will [^.]+\.$/);
});

test.each(specialists.map(each => [each.name, each] as const))(
	'%s reaches toolsets that exist, by tools that exist',
	async (_name, {toolsets, playbooks}) => {
		const groups = toolGroups.filter(({name}) => toolsets.includes(name));
		expect(groups).toHaveLength(toolsets.length);
		const tools = (await Promise.all(groups.map(({load}) => load()))).flat().map(({name}) => name);
		const named = playbooks.flatMap(({steps}) => steps.join(' ').match(/\b[a-z]+(?:_[a-z]+)+\b/g) ?? []);
		expect(tools).toEqual(expect.arrayContaining(named));
	},
);
