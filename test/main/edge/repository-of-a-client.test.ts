import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {afterAll, expect, test} from 'vitest';
import {clientOver, pipes, textOf} from '../../support/edge-client.ts';
import {openShop} from '../../support/shop.ts';

const shop = await openShop({speed: 1});
const asked: string[] = [];
/** An address that only this machine reaches. */
const inside = createServer(({url = ''}, response) => {
	asked.push(url);
	response.end();
});
await new Promise<void>(resolve => inside.listen(0, '127.0.0.1', resolve));
afterAll(() => void inside.close());
const address = `http://127.0.0.1:${(inside.address() as AddressInfo).port}/latest/meta-data`;

async function delivered(repository: string, flags: readonly string[] = [], serving: readonly string[] = []): Promise<string> {
	const ways = pipes();
	const served = shop.run([...flags, 'mcp', 'serve', '--allow-changes', ...serving], {pipes: ways});
	const client = await clientOver(ways, 'modern');
	const input = JSON.stringify({workload: 'deployment/web', replicas: 4});
	const answer = await client.callTool({name: 'gitops_deliver', arguments: {tool: 'workload_scale', input, repository}});
	await client.close();
	ways.input.end();
	await served;
	return textOf(answer);
}

test.each([address, '/etc', '/no/such/folder', process.cwd(), `file://${process.cwd()}`, 'git@127.0.0.1:shop.git', '.'])(
	'a client does not choose %s, and does not learn whether it is there',
	async repository => {
		expect(await delivered(repository)).toContain('Clients do not choose the repository');
		expect(await delivered(repository, ['--gitops', shop.folder])).toContain(`Give repository as ${shop.folder}`);
		expect(asked).toEqual([]);
	},
);

test('the one that the person named is opened', async () => {
	expect(await delivered(shop.folder, ['--gitops', shop.folder])).toContain('is no folder of a Git repository');
});

test('it is no way to a tool that is not served', async () => {
	const serving = ['--toolsets', 'deploy'];
	expect(await delivered(shop.folder, ['--gitops', shop.folder], serving)).toContain('There is no tool "workload_scale" here');
});
