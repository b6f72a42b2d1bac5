import {mkdir, writeFile} from 'node:fs/promises';
import {expect, test} from 'vitest';
import {type WireName, wires} from '../../../src/agents/models/endpoint.ts';
import type {ChatResult} from '../../../src/core/chat-result.ts';
import {systemClock} from '../../../src/core/clock.ts';
import {isJsonObject} from '../../../src/core/json.ts';
import {textAt} from '../../../src/core/kube/json-at.ts';
import type {AnyOutcome} from '../../../src/core/outcome.ts';
import {type Conversation, conversations} from '../../support/model-servers/conversations.ts';
import {modelServer} from '../../support/model-servers/model-server.ts';
import type {Reply} from '../../support/model-servers/reply.ts';
import {openShop} from '../../support/shop.ts';

const shop = await openShop();
/** Overloads are waited for by this clock. */
const clock = systemClock({speed: 20});

type Held = Pick<Conversation, 'request' | 'replies'>;

/** `mkcoa chat REQUEST --json` with the model of a loopback server. */
async function chat(wire: WireName, {request, replies}: Held) {
	const {baseUrl, seen} = await modelServer(wire, replies);
	await mkdir(`${shop.folder}/config/mkcoa`, {recursive: true});
	const providers = {test: {wire, baseUrl, keyFrom: ['TEST_API_KEY'], model: 'scripted'}};
	await writeFile(`${shop.folder}/config/mkcoa/models.yaml`, JSON.stringify({model: 'test', providers}));
	const {code, out} = await shop.run(['chat', request, '--json'], {clock, env: {TEST_API_KEY: 'sk-test-0123456789abcdef'}});
	const result: ChatResult = JSON.parse(out);
	return {code, result, requests: seen.length};
}

/** Of one specialist, so that nobody is asked first which one it is for. */
const toDeploy = ({request, replies}: Held): Held => ({request: `@deploy ${request}`, replies});

/** What does not change from one minute to the next: no ages, no ids. */
function lasting({code, result: {kind, text, outcomes, notes}}: Awaited<ReturnType<typeof chat>>) {
	return {code, kind, text, notes, outcomes: outcomes.map(outcome => ({kind: outcome.kind, ...essence(outcome)}))};
}

function essence(outcome: AnyOutcome) {
	if (outcome.kind === 'waiting') return {tool: outcome.plan.tool, summary: outcome.plan.summary, changes: outcome.plan.changes};
	const output: unknown = outcome.kind === 'done' ? outcome.output : undefined;
	return isJsonObject(output) && Array.isArray(output.rows) ? {of: output.kind, names: output.rows.map(row => textAt(row, 'name'))} : {};
}

test.each(conversations)(
	'$name ends with the same outcomes on all wires',
	async conversation => {
		const ends = [];
		for (const wire of wires) {
			const held = await chat(wire, toDeploy(conversation));
			expect(held.requests).toBe(conversation.replies.length);
			ends.push(lasting(held));
		}
		for (const end of ends) expect(end).toEqual(ends[0]);
		// The first of them loads every SDK.
	},
	120_000,
);

test('they end in an answer, looks, a refusal and a plan that waits for a person', async () => {
	const ends = [];
	for (const conversation of conversations) ends.push(lasting(await chat('chat', toDeploy(conversation))));
	expect(ends.map(({code, kind, outcomes}) => [code, kind, outcomes.map(outcome => outcome.kind).join(' ')])).toMatchInlineSnapshot(`
		[
		  [
		    0,
		    "answer",
		    "",
		  ],
		  [
		    0,
		    "answer",
		    "done",
		  ],
		  [
		    0,
		    "answer",
		    "done done",
		  ],
		  [
		    4,
		    "refusal",
		    "",
		  ],
		  [
		    8,
		    "plan",
		    "waiting",
		  ],
		]
	`);
	expect(ends.at(-1)?.outcomes).toMatchInlineSnapshot(`
		[
		  {
		    "changes": [
		      {
		        "computed": "server",
		        "fields": [
		          {
		            "after": 4,
		            "before": 3,
		            "operation": "replace",
		            "owner": "kubectl",
		            "path": [
		              "spec",
		              "replicas",
		            ],
		          },
		        ],
		        "operation": "update",
		        "ref": {
		          "apiVersion": "apps/v1",
		          "kind": "Deployment",
		          "name": "web",
		          "namespace": "shop",
		        },
		      },
		    ],
		    "kind": "waiting",
		    "summary": "Scale Deployment shop/web from 3 to 4 replicas",
		    "tool": "workload_scale",
		  },
		]
	`);
});

const overload: Reply = {kind: 'overload'};

test.each<[string, readonly Reply[], RegExp]>([
	['has no credit', [{kind: 'no-credit'}], /test\/scripted has no credit left/],
	['refuses the key', [{kind: 'key-refused'}], /refused the key for test\/scripted/],
	['is no model at all', [{kind: 'html'}], /answered something that is no answer of a model/],
	['stays overloaded', [overload, overload, overload, overload], /test\/scripted is overloaded/],
	['breaks off', [{kind: 'broken', text: ['I th']}], /The answer of test\/scripted broke off/],
])('a model that %s makes room for the built-in router', async (_, replies, note) => {
	const {result} = await chat('openai', {request: 'list pods', replies});
	expect(result.notes?.join('\n')).toMatch(note);
	expect(result.kind).not.toBe('failed');
	expect(result.text).not.toBe('');
});
