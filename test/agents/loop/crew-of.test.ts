import {expect, test} from 'vitest';
import {crewOf} from '../../../src/agents/loop/crew-of.ts';
import {specialists} from '../../../src/agents/loop/specialists.ts';

const own = {name: 'night-watch', summary: 'Watches', brief: 'You watch.', toolsets: ['k8s'], playbooks: []};

test('who is there works, then the agents of the person; the first one knows what the others will do', () => {
	const [first, ...others] = crewOf(specialists, [own]);
	expect([first.name, ...others.map(({name}) => name)]).toEqual(['deploy', 'monitoring', 'security', 'incident', 'night-watch']);
	expect(first.brief).toContain('- cost: It will price namespaces');
});

test('a crew without anybody who is there is a mistake', () => {
	expect(() =>
		crewOf(
			specialists.filter(({comes}) => comes !== undefined),
			[],
		),
	).toThrow('No specialist is there');
});
