import {readFile, writeFile} from 'node:fs/promises';
import {expect, test} from 'vitest';
import {parse, stringify} from 'yaml';
import {onScreen} from '../../support/on-screen.ts';
import {openShop} from '../../support/shop.ts';
import {temporaryFolder} from '../../support/temporary-folder.ts';

const shop = await openShop();
await shop.settled();

/** The kubeconfig of the shop, and a cluster besides that nobody serves. */
async function withDeadCluster(): Promise<string> {
	const path = `${shop.folder}/two-clusters`;
	const config = parse(await readFile(shop.kubeconfig, 'utf8'));
	config.clusters.push({name: 'dead', cluster: {server: 'http://127.0.0.1:9/'}});
	config.contexts.push({name: 'dead', context: {cluster: 'dead', user: config.contexts[0].context.user}});
	await writeFile(path, stringify(config));
	return path;
}

test('the cluster of the current context is looked at, and others only when somebody opens them', async () => {
	const path = await withDeadCluster();
	const home = onScreen(shop, ['--kubeconfig', path]);
	const first = await home.waitForText('workloads in namespace shop healthy');
	expect(first).toMatch(/✓ sandbox: 3 of 3 nodes ready; (\d+) of \1 workloads/);
	expect(first).toContain('- dead: not looked at');
	await home.select('dead: ');
	home.send('enter');
	const dead = await home.waitForText('cannot be reached');
	expect(dead).toContain('✗ dead: The cluster at http://127.0.0.1:9');
	expect(dead).toContain('sandbox: not looked at');
	expect(dead).toContain('No plan waits for you');
	await home.waitForText('! Not known: The cluster at http://127.0.0.1:9 cannot be reached');
	// What to do stands below the list.
	expect(home.screen.text()).toContain('Check the network, the VPN');
	home.send('q');
	await home.ended;
});

test('who has no kubeconfig is offered an embedded cluster', async () => {
	const folder = await temporaryFolder();
	const home = onScreen({run: (words, place) => shop.run(words, {...place, folder})}, ['--kubeconfig', `${folder}/nothing`]);
	expect(await home.waitForText('does not exist')).toContain('Nothing was changed yet');
	home.send('q');
	await home.ended;
});

test('the last changes are told with their end', async () => {
	expect(await shop.outcome(['k8s', 'scale', 'catalog', '5', '--yes'])).toMatchObject({kind: 'done'});
	const home = onScreen(shop, []);
	expect(await home.waitForText('Scale Deployment shop/catalog')).toMatch(
		/✓ sandbox: Scale Deployment shop\/catalog from \d to 5 replicas\s+done/,
	);
	home.send('q');
	await home.ended;
});

test('at 40 columns no line is wider', async () => {
	const home = onScreen(shop, [], {columns: 40, rows: 20});
	await home.waitForText('nodes ready');
	expect(
		Math.max(
			...home.screen
				.text()
				.split('\n')
				.map(line => line.length),
		),
	).toBeLessThanOrEqual(40);
	home.send('q');
	await home.ended;
});

test('a screen reader gets the overview as lines, once, with the commands that lead on', async () => {
	const {code, out} = await shop.run([], {env: {MKCOA_PLAIN: '1'}, streams: {canAsk: true, outIsTerminal: true}});
	expect(code).toBe(0);
	expect(out).toMatch(/Clusters\n {2}✓ sandbox: 3 of 3 nodes ready/);
	expect(out).toContain('Scale Deployment shop/catalog');
	expect(out).toMatch(/mkcoa undo \w{12}/);
	expect(out).not.toContain('\u001B');
});

test('in a pipe the help is printed', async () => {
	expect((await shop.run([])).out).toContain('Usage: mkcoa <command>');
});
