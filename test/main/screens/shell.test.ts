import {expect, test} from 'vitest';
import {numberAt} from '../../../src/core/kube/json-at.ts';
import {onScreen} from '../../support/on-screen.ts';
import {openShop} from '../../support/shop.ts';

const shop = await openShop();
const replicas = () => numberAt(shop.get({kind: 'Deployment', name: 'cart'}), 'spec', 'replicas');

/** A plan that nobody could answer. Answers its id. */
async function waiting(wanted: number): Promise<string> {
	const outcome = await shop.outcome(['k8s', 'scale', 'cart', String(wanted)]);
	if (outcome.kind !== 'waiting') throw new Error(JSON.stringify(outcome));
	return outcome.id;
}

/** The first one loads all that a session needs. */
const patience = 60_000;

test('a plan that another process leaves waiting appears, is reviewed and applied, and waits no longer', {timeout: patience}, async () => {
	const home = onScreen(shop, []);
	await home.waitForText('No plan waits for you');
	await waiting(3);
	await home.waitForText('Scale Deployment shop/cart from 2 to 3');
	await home.select('Scale Deployment');
	home.send('enter');
	await home.waitForText('Apply this plan? [y/N]');
	// A key that comes with the plan is meant for something else.
	await new Promise(resolve => setTimeout(resolve, 300));
	home.send('y');
	expect(await home.waitForText('takes it back')).toMatch(/Done: Scale Deployment shop\/cart from 2 to 3 replicas\.\s+mkcoa undo \w{12}/);
	expect(replicas()).toBe(3);
	home.send('enter');
	await home.waitForText('No plan waits for you');
	home.send('q');
	expect(await home.ended).toMatchObject({code: 0});
	expect(home.screen.isAlternate()).toBe(false);
});

test.each(['escape', 'ctrl+c', 'n'])('%s is a no to a waiting plan, and goes back to the overview', async key => {
	await waiting(7);
	const home = onScreen(shop, []);
	await home.waitForText('to 7 replicas');
	await home.select('Scale Deployment');
	home.send('enter');
	await home.waitForText('Apply this plan? [y/N]');
	home.send(key);
	await home.waitForText('Not changed: you said no');
	home.send('ctrl+c');
	await home.waitForText('No plan waits for you');
	home.send('ctrl+c');
	expect(await home.ended).toMatchObject({code: 0});
	expect(replicas()).not.toBe(7);
});

test('a screen above a conversation goes back to the same conversation', async () => {
	const chat = onScreen(shop, ['chat', '--no-model']);
	await chat.waitForText('namespace shop');
	await chat.press('list services');
	chat.send('enter');
	await chat.waitForText('catalog');
	await chat.press('/home');
	chat.send('enter');
	await chat.waitForText('Plans that wait for you');
	expect(chat.screen.isAlternate()).toBe(true);
	chat.send('q');
	await chat.waitForText('catalog');
	await chat.press('/home');
	chat.send('enter');
	await chat.waitForText('Plans that wait for you');
	// From above a conversation, the conversation is that one.
	chat.send('c');
	await chat.waitForText('catalog');
	await chat.press('ctrl+c');
	chat.send('ctrl+c');
	expect(await chat.ended).toMatchObject({code: 0, err: expect.stringMatching(/Go on with: mkcoa chat --resume \w{12}/)});
	expect([...chat.screen.scrollback, chat.screen.text()].join('\n').match(/> list services/g)).toHaveLength(1);
});

test('a conversation that was opened from the overview goes back there', async () => {
	const home = onScreen(shop, ['--no-color']);
	await home.waitForText('Clusters');
	home.send('c');
	await home.waitForText('namespace shop');
	home.send('ctrl+d');
	await home.waitForText('Clusters');
	home.send('q');
	expect(await home.ended).toMatchObject({code: 0});
});

test.each([
	['the overview', [], 'Clusters', ''],
	['a plan', [], 'Apply this plan?', 'to 9 replicas'],
	['a screen above a conversation', ['chat', '--no-model'], 'Clusters', '/home'],
])('an interrupt takes %s away and leaves the terminal as it was', async (_, words, shown, first) => {
	if (first.startsWith('to ')) await waiting(9);
	const mkcoa = onScreen(shop, words);
	if (first.startsWith('/')) {
		await mkcoa.waitForText('namespace shop');
		await mkcoa.press(first);
		mkcoa.send('enter');
	} else if (first !== '') {
		await mkcoa.waitForText(first);
		await mkcoa.select('Scale Deployment');
		mkcoa.send('enter');
	}
	await mkcoa.waitForText(shown);
	mkcoa.interrupt();
	await mkcoa.ended;
	expect(mkcoa.screen.isAlternate()).toBe(false);
	expect(replicas()).not.toBe(9);
});

test('a closed terminal is a no', async () => {
	await waiting(8);
	const home = onScreen(shop, []);
	await home.waitForText('to 8 replicas');
	await home.select('Scale Deployment');
	home.send('enter');
	await home.waitForText('Apply this plan?');
	home.hangUp();
	await home.ended;
	expect(replicas()).not.toBe(8);
});

test('a screen that breaks says why and what to do, and the one below goes on', async () => {
	const home = onScreen(shop, ['--context', 'nowhere']);
	await home.waitForText('There is no context "nowhere"');
	home.send('c');
	expect(await home.waitForText('This did not work')).toMatch(/There is no context "nowhere"[\s\S]*mkcoa k8s\s+contexts/);
	home.send('enter');
	await home.waitForText('Clusters');
	home.send('q');
	await home.ended;
});

test('a waiting plan is asked about in the cluster that it was made for', async () => {
	await waiting(9);
	const home = onScreen(shop, ['--context', 'nowhere']);
	await home.waitForText('to 9 replicas');
	await home.select('to 9 replicas');
	home.send('enter');
	await home.waitForText('Apply this plan?');
	home.send('escape');
	await home.waitForText('Not changed: you said no');
	home.send('enter');
	await home.waitForText('Clusters');
	home.send('q');
	await home.ended;
});
