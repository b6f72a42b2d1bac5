import {readFile, writeFile} from 'node:fs/promises';
import {expect, test} from 'vitest';
import {textAt, valueAt} from '../../../src/core/kube/json-at.ts';
import {onScreen} from '../../support/on-screen.ts';
import {openShop} from '../../support/shop.ts';

const shop = await openShop();

/** Keys that come with a plan are meant for something else. */
const settled = () => new Promise(resolve => setTimeout(resolve, 300));

const service = {kind: 'Service', name: 'cart'};
const selector = () => textAt(valueAt(shop.get(service), 'spec', 'selector'), 'app');
const patch = (app: string) => JSON.stringify({spec: {selector: {app}}});
/** The Service of the cart selects nobody, which keeps no pod from running. */
const breakCart = () => shop.outcome(['k8s', 'patch', 'service', 'cart', '--patch', patch('crat'), '--type', 'merge', '--yes']);

type Screen = ReturnType<typeof onScreen>;

/** Writes a command of the conversation and sends it. */
async function say(screen: Screen, command: string) {
	await screen.press(command);
	screen.send('enter');
}

test('a healthy shop has nothing wrong, and what was not looked at is told', async () => {
	const chat = onScreen(shop, ['chat', '--no-model']);
	await chat.waitForText('namespace shop');
	await say(chat, '/findings');
	const text = await chat.waitForText('Nothing is found wrong');
	expect(text).toContain('1 not looked at');
	chat.send('q');
	await chat.waitForText('Ask, or say');
	await chat.press('ctrl+c');
	chat.send('ctrl+c');
	expect((await chat.ended).code).toBe(0);
});

test('a finding leads to its incident, the remedy is reviewed, and the incident says how it was and how it is', async () => {
	expect(await breakCart()).toMatchObject({kind: 'done'});
	const chat = onScreen(shop, ['chat', '--no-model'], {rows: 36});
	await chat.waitForText('namespace shop');
	await say(chat, '/findings');
	await chat.waitForText('no pod has these labels');
	chat.send('i');
	const incident = await chat.waitForText('Chain of causes');
	expect(incident).toContain('Service shop/cart');
	chat.send('p');
	expect(await chat.waitForText('Apply this plan? [y/N]')).toContain('spec.selector.app: crat → cart');
	await settled();
	chat.send('y');
	expect(await chat.waitForText('takes it')).toMatch(/mkcoa undo \w{12} takes it/);
	expect(selector()).toBe('cart');
	chat.send('enter');
	const after = await chat.waitForText('Before ');
	expect(after).toMatch(/Before {2}Service shop\/cart selects app=crat/);
	expect(after).toMatch(/Now {5}\d of \d pods? ready, nothing is found wrong/);
	chat.send('q');
	await chat.waitForText('Nothing is found wrong');
	chat.send('q');
	await chat.waitForText('Ask, or say');
	await chat.press('ctrl+c');
	chat.send('ctrl+c');
	expect((await chat.ended).code).toBe(0);
});

test('a no to the remedy changes nothing, and goes back to the incident', async () => {
	await breakCart();
	const chat = onScreen(shop, ['chat', '--no-model']);
	await chat.waitForText('namespace shop');
	await say(chat, '/incident service/cart');
	await chat.waitForText('plan remedy');
	chat.send('p');
	await chat.waitForText('Apply this plan? [y/N]');
	chat.send('escape');
	await chat.waitForText('Not changed: you said no');
	chat.send('enter');
	expect(await chat.waitForText('Chain of causes')).not.toContain('Before');
	expect(selector()).toBe('crat');
	// What is asked there goes to the conversation below.
	chat.send('c');
	await chat.waitForText('> Why does service cart in namespace shop not work?');
	await chat.waitForText('app=crat');
	await chat.press('ctrl+c');
	chat.send('ctrl+c');
	expect((await chat.ended).code).toBe(0);
});

test.each([
	['/incident crat', 'Did you mean cart'],
	['/incident', 'names nothing'],
	['/incident payments/cart', 'Nothing is called payments/cart'],
])('%s says what to do', async (command, told) => {
	const chat = onScreen(shop, ['chat', '--no-model']);
	await chat.waitForText('namespace shop');
	await say(chat, command);
	await chat.waitForText(told);
	chat.interrupt();
	await chat.ended;
	expect(chat.screen.isAlternate()).toBe(false);
});

test('a cluster that does not answer is told with what to do, and nothing is called well', async () => {
	const file = `${shop.folder}/dead`;
	await writeFile(file, (await readFile(shop.kubeconfig, 'utf8')).replaceAll(shop.sandbox.url, 'http://127.0.0.1:9'), {mode: 0o600});
	const home = onScreen(shop, ['--kubeconfig', file]);
	await home.waitForText('Clusters');
	home.send('f');
	const text = await home.waitForText('Findings, ');
	expect(text).not.toContain('Nothing is found wrong');
	expect(await home.waitForText('! ')).toContain('127.0.0.1:9');
	home.interrupt();
	await home.ended;
});
