import {expect, test} from 'vitest';
import {placeOf} from '../../../src/main/screens/place-of.ts';
import {onScreen} from '../../support/on-screen.ts';
import {openShop} from '../../support/shop.ts';
import {addRollout} from '../../support/shop-rollout.ts';

const shop = await openShop({hasty: true});
const image = (name: string) => `registry.example/shop/${name}:9.0.0`;

/** A canary of somebody else, judged for long enough that it is still there when it is looked at. */
const canary = (name: string, interval = '10m') =>
	shop.run(['deploy', 'canary', name, '--image', image(name), '--steps', '50,100', '--interval', interval, '--yes', '--json']);

/** Resolves when the rollout has written how far it is. */
async function begun(name: string): Promise<void> {
	const record = () => shop.sandbox.machine.get('ConfigMap', 'shop', `mkcoa-rollout-${name}`);
	await expect.poll(() => JSON.stringify(record()?.data ?? {}), {timeout: 20_000}).toContain('Judge');
}

/** Says yes until it is heard: a key that comes with the plan is meant for something else. */
async function approve({screen, send, waitForText}: ReturnType<typeof onScreen>): Promise<void> {
	await waitForText('Apply this plan? [y/N]');
	const isAsked = () => screen.text().includes('Apply this plan? [y/N]');
	await expect.poll(() => (isAsked() ? send('y') : 'heard'), {timeout: 20_000, interval: 300}).toBe('heard');
}

test('a rollout is paused and taken back from its screen, which shows the effect and says how it ended', {timeout: 60_000}, async () => {
	const rolled = canary('web');
	await begun('web');
	const screen = onScreen(shop, ['deploy', 'status', 'web', '--watch'], {columns: 120, rows: 40});
	await screen.waitForText('Judge 33 %');
	expect(screen.screen.text()).toContain('Deployment web-canary');
	screen.send(' ');
	await approve(screen);
	await screen.waitForText('ended after');
	screen.send('enter');
	await screen.waitForText('paused, began');
	screen.send('a');
	await screen.waitForText('Apply this plan? [y/N]');
	screen.send('n');
	await screen.waitForText('Not changed: you said no');
	screen.send('enter');
	await screen.waitForText('paused, began');
	screen.send('a');
	await approve(screen);
	await screen.waitForText('ended after');
	screen.send('enter');
	await screen.waitForText('it was taken back, because alice@');
	expect((await rolled).code).toBe(1);
	screen.send('q');
	const {code, out} = await screen.ended;
	expect([code, out]).toEqual([
		1,
		expect.stringMatching(/^✗ Canary of shop\/web: web=\S+, steps 50,100: it was taken\s+back, because alice@/),
	]);
	expect(screen.screen.isAlternate()).toBe(false);
});

test('in a pipe each change is a line, and the exit code is that of the end', {timeout: 60_000}, async () => {
	const rolled = canary('accounts', '30s');
	await begun('accounts');
	const [text, json] = await Promise.all(
		[[], ['--json']].map(flags => shop.run(['deploy', 'status', 'accounts', '--watch', ...flags], {streams: {outIsTerminal: false}})),
	);
	expect((await rolled).code).toBe(0);
	const lines = (text?.out ?? '').trimEnd().split('\n');
	const [first = '', second = ''] = lines;
	expect(first).toMatch(/^\d{4}-\d\d-\d\dT\S+Z\tCanary of shop\/accounts: /);
	expect(second).toMatch(/\tstep 5 of 8: Judge 50 % of the traffic for 30s by .* \(new 50 %\)$/);
	expect(lines.at(-1)).toMatch(/\tit is done: it went through; accounts runs accounts=registry\.example\/shop\/accounts:9\.0\.0$/);
	const pictures = (json?.out ?? '')
		.trimEnd()
		.split('\n')
		.map(line => JSON.parse(line));
	expect(pictures[0]).toMatchObject({
		kind: 'rollout',
		state: 'running',
		tree: [{name: 'Deployment accounts'}, {name: 'Deployment accounts-canary'}],
	});
	expect(pictures.at(-1)).toMatchObject({state: 'done', weights: [{name: 'new', share: 1}, {share: 0}]});
	expect([text?.code, json?.code]).toEqual([0, 0]);
});

test('a workload that is not there is told with what to do', async () => {
	const ran = await shop.run(['deploy', 'status', 'nobody', '--watch']);
	expect([ran.code, ran.err]).toEqual([
		1,
		expect.stringMatching(/There is no workload nobody in namespace shop[\s\S]*mkcoa k8s list deployments/),
	]);
	const screen = onScreen(shop, ['deploy', 'status', 'nobody', '--watch']);
	await screen.waitForText('There is no workload nobody in namespace shop');
	expect(screen.screen.text()).toContain('mkcoa k8s list deployments -n shop');
	screen.send('q');
	expect((await screen.ended).code).toBe(1);
});

test('a secret value that the cluster quotes is hidden', async () => {
	const {machine} = shop.sandbox;
	const value = 'tiger-Lily-4711-blue';
	machine.create({apiVersion: 'v1', kind: 'Secret', metadata: {name: 'planted', namespace: 'shop'}, stringData: {password: value}});
	const quoting = `registry.example/shop/cart:${value}`;
	expect((await shop.run(['deploy', 'update', 'cart', '--image', quoting, '--yes'])).code).toBe(0);
	const ran = await shop.run(['deploy', 'status', 'cart', '--watch', '--json']);
	expect(ran.out).toContain('cart=registry.example/shop/cart:‹redacted›');
	expect(ran.out).not.toContain(value);
});

test('whoever waits no longer is told that the time is over', async () => {
	addRollout(shop, 'ledger');
	const {code, err} = await shop.run(['--timeout', '2s', 'deploy', 'status', 'ledger', '--watch']);
	expect([code, err]).toEqual([1, expect.stringMatching(/time given with --timeout is over/)]);
});

test('what is not rolled out is over at once', async () => {
	const ran = await shop.run(['deploy', 'status', 'search', '--watch']);
	expect([ran.code, ran.out]).toEqual([0, expect.stringMatching(/it is done: nothing rolls out now: search=/)]);
});

test.each([
	['web', {name: 'web'}],
	['web -n shop', {name: 'web', namespace: 'shop'}],
	['shop/web', {name: 'web', namespace: 'shop'}],
	['statefulset/db', {name: 'statefulset/db'}],
	['statefulset/db in shop', {name: 'statefulset/db', namespace: 'shop'}],
	['canaries.flagger.app/web', {name: 'canaries.flagger.app/web'}],
])('/rollout %s opens the screen of that one', (argument, named) => {
	expect(placeOf({name: 'rollout', argument})).toEqual({screen: 'rollout', ...named});
});

test('/rollout alone asks which', () => {
	expect(() => placeOf({name: 'rollout', argument: ''})).toThrow(/Which rollout/);
});
