import {expect, test} from 'vitest';
import {clientOver, pipes} from '../../support/edge-client.ts';
import {openShop} from '../../support/shop.ts';

const shop = await openShop({speed: 1});

test('a client can neither install a server in the settings of clients nor take one out', async () => {
	const installed = await shop.outcome(['mcp', 'install', 'cursor', '--yes']);
	const ways = pipes();
	const served = shop.run(['mcp', 'serve', '--allow-changes'], {pipes: ways});
	const client = await clientOver(ways, 'modern');
	try {
		const {tools} = await client.listTools();
		expect(tools.map(({name}) => name)).not.toContain('client_install');
		await expect(client.callTool({name: 'client_install', arguments: {client: 'cursor'}})).rejects.toThrow('There is no tool');
		const undone = await client.callTool({name: 'undo', arguments: {id: 'journal' in installed ? installed.journal : ''}});
		expect(JSON.stringify(undone)).toContain('changed a machine and no cluster');
	} finally {
		await client.close();
		ways.input.end();
		await served;
	}
});

test('the latest change is taken back where it was made: a cluster, or this machine', async () => {
	expect(await shop.outcome(['k8s', 'scale', 'web', '4', '--yes'])).toMatchObject({kind: 'done'});
	expect(await shop.outcome(['mcp', 'install', 'vscode', '--yes'])).toMatchObject({kind: 'done'});
	const undoing = async () => {
		const outcome = await shop.outcome(['undo', '--yes']);
		return 'plan' in outcome ? outcome.plan?.summary : outcome;
	};
	expect(await undoing()).toMatch(/^Take back \S+: Install mkcoa in VS Code as mkcoa$/);
	expect(await undoing()).toMatch(/^Take back \S+: Scale Deployment shop\/web from 3 to 4 replicas$/);
});

test('plans of a cluster and of this machine are reviewed in one go', async () => {
	expect(await shop.outcome(['k8s', 'scale', 'web', '5'])).toMatchObject({kind: 'waiting'});
	expect(await shop.outcome(['mcp', 'install', 'vscode'])).toMatchObject({kind: 'waiting'});
	expect(await shop.run(['approve', '--yes'])).toMatchObject({
		code: 0,
		err: expect.stringMatching(/Done: Scale Deployment shop\/web[\s\S]*Done: Install mkcoa in VS Code/),
	});
});
