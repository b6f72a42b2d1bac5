import {describe, expect, test} from 'vitest';
import {customAgent, customAgents} from '../../../src/agents/loop/custom-agent.ts';

const file = (text: string, name = 'night-watch.md') => ({name, text});
const good = `---
summary: Looks after the shop at night
toolsets: [k8s]
---
You watch the shop. Wake nobody for a single restart.
`;

test('a file is an agent: front matter, then the brief', () => {
	expect(customAgent(file(good))).toEqual({
		name: 'night-watch',
		summary: 'Looks after the shop at night',
		brief: 'You watch the shop. Wake nobody for a single restart.',
		toolsets: ['k8s'],
		playbooks: [],
	});
});

test.each([
	['a byte order mark and Windows line ends', `\ufeff${good.replaceAll('\n', '\r\n')}`],
	['a name of its own', good.replace('summary', 'name: watch\nsummary')],
	['no toolsets, which means looking alone', good.replace('toolsets: [k8s]\n', '')],
])('%s are read', (_name, text) => {
	expect(customAgent(file(text))).toMatchObject({toolsets: ['k8s'], brief: expect.stringMatching(/^You watch/)});
});

describe('a file that is wrong is told with its line and what to do', () => {
	test.each<[string, string, number, RegExp, RegExp]>([
		['empty', '', 1, /does not begin/, /between two lines ---/],
		['no front matter', 'You watch.', 1, /does not begin/, /between two lines ---/],
		['no end', '---\nsummary: x\nYou watch.', 3, /has no end/, /Close it/],
		['no YAML', '---\nsummary: x\ntoolsets: [k8s\n---\nYou watch.', 3, /is no YAML/, /word: value/],
		['no summary', '---\nname: watch\n---\nYou watch.', 2, /summary does not fit/, /Correct summary/],
		[
			'a toolset that is none',
			'---\nsummary: x\ntoolsets:\n  - k8s\n  - shell\n---\nYou watch.',
			5,
			/must be some of k8s, deploy/,
			/Correct toolsets/,
		],
		['a word that is none', '---\nsummary: x\nmodel: gpt\n---\nYou watch.', 3, /model is no word/, /Use name, summary and toolsets/],
		['a name that is none', '---\nsummary: x\nname: ../watch\n---\nYou watch.', 3, /name does not fit/, /Correct name/],
		['no brief', '---\nsummary: x\n---\n\n', 3, /has no brief/, /Write below/],
		['too long a brief', `---\nsummary: x\n---\n${'x'.repeat(30_000)}`, 4, /30000 letters/, /Shorten/],
		['front matter that is a list', '---\n- a\n---\nYou watch.', 2, /does not fit/, /Correct the front matter/],
	])('%s', (_name, text, line, why, next) => {
		expect(() => customAgent(file(text))).toThrow(
			expect.objectContaining({
				trouble: expect.objectContaining({line, why: expect.stringMatching(why), next: expect.stringMatching(next)}),
			}),
		);
	});

	test('a file name that is no name', () => {
		expect(() => customAgent(file(good, 'Night Watch.md'))).toThrow(/is no name for an agent/);
	});
});

test('of a folder, the good ones are agents, and the others are told', () => {
	const {agents, troubles} = customAgents([file(good), file('x', 'bad.md'), file(good, 'deploy.md')], ['deploy']);
	expect(agents.map(({name}) => name)).toEqual(['night-watch']);
	expect(troubles.map(({trouble}) => trouble.what)).toEqual(['The agent of bad.md was left out', 'The agent of deploy.md was left out']);
});
