import {expect, test} from 'vitest';
import {edgeTools} from '../../src/main/edge/toolsets.ts';
import {askingClient} from '../../src/mcp/edge/asking-client.ts';
import {planCards} from '../../src/mcp/edge/card/plan-cards.ts';
import {keptAnswers} from '../../src/mcp/edge/kept-answers.ts';
import {tokensOf} from '../../src/mcp/edge/listed-schema.ts';
import {planResult} from '../../src/mcp/edge/plan-result.ts';
import {servedTools} from '../../src/mcp/edge/served-tools.ts';
import {everyTool} from '../support/every-tool.ts';
import {manualClock} from '../support/manual-clock.ts';

const clock = manualClock();
const nobody = () => Promise.reject(new Error('nobody calls'));

/** What `tools/list` answers. */
async function listed(toolsets?: string, allowChanges = true) {
	const offered = (await edgeTools(toolsets)).filter(({tool}) => allowChanges || tool.effect === 'read');
	const served = servedTools({
		offered,
		kept: keptAnswers(clock.now),
		now: clock.now,
		asking: askingClient(new Uint8Array(32), () => ''),
		cards: planCards({secret: new Uint8Array(32), principalOf: () => '', now: clock.now}),
		road: {run: nobody, answer: nobody},
		tasks: {lasting: nobody, waiting: nobody},
	});
	const result = planResult({sight: async () => undefined, clock});
	return [...served, ...(allowChanges ? [result] : [])].map(each => each.listed);
}

test('every tool is served to others, and once', async () => {
	const names = (await listed()).map(({name}) => name);
	expect(new Set(names).size).toBe(names.length);
	expect(names).toEqual(expect.arrayContaining(everyTool.map(({name}) => name)));
});

test.each([
	// Twelve tools of security came with 2,200 tokens, 185 each: less than a tool cost before.
	['all servers together', undefined, true, 16_000],
	['all that reads', undefined, false, 11_000],
	['the Kubernetes server', 'kubernetes', true, 6000],
])('%s cost a model that knows them a bounded number of tokens', async (_, toolsets, allowChanges, tokens) => {
	expect(tokensOf(await listed(toolsets, allowChanges))).toBeLessThanOrEqual(tokens);
});

test('each has a title, a description of at most 250 characters, all four hints and both schemas', async () => {
	for (const {title, description, annotations, inputSchema, outputSchema} of await listed()) {
		expect(title).toMatch(/^[A-Z]/);
		expect(description?.length).toBeLessThanOrEqual(250);
		expect(Object.values(annotations ?? {}).map(hint => typeof hint)).toEqual(['boolean', 'boolean', 'boolean', 'boolean']);
		expect([inputSchema.type, outputSchema?.type]).toEqual(['object', 'object']);
	}
});

test('no tool takes an answer to a plan', async () => {
	for (const {name, inputSchema} of await listed())
		for (const field of Object.keys(Object(inputSchema.properties)))
			expect(`${name} ${field}`).not.toMatch(/ (?:yes|approve|approved|approval|confirm|confirmed|force)$/i);
});
