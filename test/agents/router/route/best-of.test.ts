import {expect, test} from 'vitest';
import {bestOf} from '../../../../src/agents/router/route/best-of.ts';
import type {Understanding} from '../../../../src/agents/router/understanding.ts';
import {clauseOf} from '../../../../src/agents/router/words/clauses-of.ts';
import {routerWorld} from '../../../support/router-world.ts';

const planOf = (said: string, input: object): Understanding => ({
	kind: 'calls',
	said,
	calls: [{tool: 'resource_patch', input: {...input}}],
});
const host = planOf('host', {name: 'ferry', host: 'reg.example.org'});
const image = planOf('image', {name: 'ferry', image: 'reg.example.org/port/ferry:2.0.0'});
const question: Understanding = {kind: 'question', text: 'Which ferry?', choices: []};

test.each([
	['the plan that has the whole path', 'ferry pulls reg.example.org/port/ferry:2.0.0 from now on', [host, image], image],
	['the first plan where no other has it', 'ferry pulls reg.example.org/port/barge:2.0.0', [host, image], host],
	['the first plan where nothing is spelled out', 'double the ferry', [host, image], host],
	['the first plan, not the question of another', 'ferry pulls reg.example.org/port/barge:2.0.0', [host, question], host],
	['a question that comes first', 'ferry pulls reg.example.org/port/ferry:2.0.0', [question, image], question],
	['nothing where nobody understands', 'sing', [undefined], undefined],
])('takes %s', async (_, request, all, best) => {
	const clause = clauseOf(request);
	const intents = all.map((one, index) => ({name: `${index}`, understand: async () => one}));
	const talk = {clauses: [clause], index: 0, earlier: [], nowMs: 0};
	expect(await bestOf(intents, clause, routerWorld([]), talk)).toBe(best);
});
