import {describe, expect, test} from 'vitest';
import {MkcoaError} from '../../../src/core/error.ts';
import type {Json, JsonObject} from '../../../src/core/json.ts';
import {judge} from '../../../src/core/policy/judge.ts';
import {runTool} from '../../../src/core/road/run-tool.ts';
import type {AnyTool, Effector} from '../../../src/core/tool.ts';
import type {CalledTool} from '../../../src/mcp/outside/called-tool.ts';
import {outsideTool} from '../../../src/mcp/outside/outside-tool.ts';
import type {ToolDefinition} from '../../../src/mcp/outside/tool-definition.ts';
import {memoryRoad} from '../../support/memory-road.ts';

const put: ToolDefinition = {
	name: 'put',
	description: 'Puts a\u001b[2J book',
	inputSchema: {type: 'object', properties: {title: {type: 'string'}}},
	annotations: {},
};
const look: ToolDefinition = {...put, name: 'look', annotations: {readOnlyHint: true}};

const secret = 'hunter2-hunter2';

type Change = {
	readonly definition?: ToolDefinition;
	readonly answer?: () => Promise<CalledTool>;
	readonly verify?: () => Promise<void>;
};

function shelf({definition = put, answer = async () => ({text: 'put it'}), verify = async () => {}}: Change = {}) {
	const sent: JsonObject[] = [];
	const tool: AnyTool<object> = outsideTool({
		server: 'shelf',
		name: `shelf_${definition.name}`,
		definition,
		verify,
		call: async input => {
			sent.push(input);
			return answer();
		},
		redact: value => JSON.parse(JSON.stringify(value).replaceAll(secret, '‹redacted›')) as Json,
	});
	// Nothing of the cluster is touched.
	const effector: Effector = {
		demandRights: async () => {},
		read: async () => undefined,
		send: async () => {
			throw new Error('nothing is written to a cluster');
		},
	};
	const run = (input: JsonObject, change: Parameters<typeof memoryRoad<object>>[2] = {}) => {
		const {road, trail} = memoryRoad<object>({}, effector, change);
		return runTool(tool, input, road).then(outcome => ({outcome, trail}));
	};
	return {tool, sent, run};
}

describe('a tool that does not say that it only reads', () => {
	test('is a plan that shows the server, the tool and exactly what is sent', async () => {
		const {run, sent} = shelf();
		const {outcome} = await run({title: 'a\u200bb', pages: [1, 2]}, {mode: 'plan'});
		expect(outcome).toMatchObject({
			kind: 'planned',
			plan: {
				summary: 'Call put of the MCP server shelf',
				risk: {level: 'high'},
				steps: [{title: 'Call put of shelf with {"title":"a\\u{200b}b","pages":[1,2]}', writes: [], outside: true}],
				consequences: [{id: 'elevated-third-party', severity: 'danger'}, {text: 'shelf says of it: “Puts a book”'}],
				undo: {possible: false},
			},
		});
		expect(sent).toEqual([]);
	});

	test('sends that after a yes, and stands in the journal and the audit log', async () => {
		const {run, sent} = shelf();
		const {outcome, trail} = await run({title: 'x'});
		expect(outcome).toMatchObject({kind: 'done', output: {text: 'put it'}});
		expect(sent).toEqual([{title: 'x'}]);
		expect(trail.entries).toHaveLength(1);
		expect(trail.audit.map(({action}) => action)).toEqual(['approved', 'applied']);
	});

	test('is asked about whatever rules and grants say, and --yes is no answer', async () => {
		const {run} = shelf({definition: {...put, annotations: {destructiveHint: false}}});
		const {outcome} = await run({title: 'x'}, {mode: 'plan'});
		if (outcome.kind !== 'planned') throw new Error('it is a plan');
		const question = {tool: 'shelf_put', effect: 'change' as const, plan: outcome.plan, context: 'test', identity: 'alice', nowMs: 0};
		const rules = [{effect: 'allow' as const, yes: true}];
		expect(judge({rules} as unknown as Parameters<typeof judge>[0], [], question)).toMatchObject({
			answer: 'ask',
			rule: 'always',
			yes: false,
		});
	});

	test('that fails after it was sent is never said to have changed nothing', async () => {
		const {run} = shelf({
			answer: async () => {
				throw new MkcoaError({
					kind: 'environment',
					code: 'outside-slow',
					what: 'The MCP server shelf did not answer in time',
					next: 'Try again',
				});
			},
		});
		const {outcome} = await run({title: 'x'});
		expect(outcome).toMatchObject({kind: 'failed', left: ['whatever put of shelf did before it failed']});
		expect(JSON.stringify(outcome)).toContain('it was sent, and may have been done');
		expect(JSON.stringify(outcome)).not.toContain('Nothing was changed');
	});

	test('that says something else of itself after the yes is not called', async () => {
		let asked = 0;
		const verify = async () => {
			asked += 1;
			if (asked > 2) throw new MkcoaError({kind: 'environment', code: 'outside-tool-changed', what: 'put of shelf was not called'});
		};
		const {run, sent} = shelf({verify});
		expect((await run({title: 'x'})).outcome).toMatchObject({kind: 'failed', error: {code: 'outside-tool-changed'}});
		expect(sent).toEqual([]);
	});
});

describe('no secret goes to a third party', () => {
	test.each([
		['one that mkcoa knows', {title: secret}],
		['one that looks like one', {title: 'x', token: `ghp_${'a1B2'.repeat(9)}`}],
		['a password by its name', {env: {password: 'correct-horse-battery'}}],
	])('%s', async (_, input) => {
		const {run, sent} = shelf();
		expect((await run(input)).outcome).toMatchObject({kind: 'failed', error: {code: 'secret-in-arguments'}});
		expect(sent).toEqual([]);
	});

	test('nor to a tool that reads', async () => {
		const {run, sent} = shelf({definition: look});
		expect((await run({title: secret})).outcome).toMatchObject({kind: 'failed', error: {code: 'secret-in-arguments'}});
		expect(sent).toEqual([]);
	});
});

describe('a tool that reads', () => {
	test('answers without a plan, within the budget', async () => {
		const {run} = shelf({definition: look, answer: async () => ({text: 'x'.repeat(100_000), structured: {books: 3}})});
		const {outcome} = await run({}, {answerCharacters: 6000});
		expect(JSON.stringify(outcome).length).toBeLessThan(6500);
		expect(outcome).toMatchObject({kind: 'done', output: {structured: {books: 3}, leftOut: [expect.stringContaining('letters of text')]}});
	});

	test('is told to models as a third party’s, without what nobody sees', () => {
		const {tool} = shelf({definition: {...look, description: `Reads\u200b\u001b[31m ${'x'.repeat(2000)}`}});
		expect(tool.summary).toMatch(/^\[Tool of shelf, a third party\] Reads x+$/);
		expect(tool.summary.length).toBeLessThan(1100);
		expect(tool).toMatchObject({origin: 'shelf.look', effect: 'read', annotations: {readOnlyHint: true, openWorldHint: true}});
	});

	test('is refused an input that is too long to be read by a person', async () => {
		const {run, sent} = shelf({definition: look});
		expect((await run({title: 'x'.repeat(30_000)})).outcome).toMatchObject({kind: 'failed', error: {code: 'outside-input-too-long'}});
		expect(sent).toEqual([]);
	});
});
