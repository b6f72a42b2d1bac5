import {afterAll, beforeAll, expect, test} from 'vitest';
import {callsOn, textOf} from '../../support/sandbox-calls.ts';
import {sandboxClient} from '../../support/sandbox-client.ts';

let sandbox: Awaited<ReturnType<typeof sandboxClient>>;
beforeAll(async () => {
	sandbox = await sandboxClient('shop', 'shop');
});
afterAll(() => sandbox.stop());

test('a node is drained while budgets are asked, and only what belongs to it stays', async () => {
	const call = callsOn(sandbox);
	const {outcome} = await call('node_drain', {node: 'node-2', deleteEmptyDirData: true});
	expect(outcome).toMatchObject({kind: 'done', output: {node: 'node-2'}});
	const {outcome: left} = await call('resource_list', {kind: 'pods', allNamespaces: true, fieldSelector: 'spec.nodeName=node-2'});
	expect(textOf('resource_list', left)).toMatch(/^2 pods: 2 Running\n\nNAMESPACE.*\nkube-system\tkube-proxy-.*\nshop\tlog-agent-.*$/);
});
