import {EventEmitter} from 'node:events';
import {PassThrough} from 'node:stream';
import {expect, test} from 'vitest';
import {openShop} from '../support/shop.ts';

const shop = await openShop();

const controlC = '^C';

/** A person at a plain terminal who types these lines or Ctrl-C, each when something is asked, and then closes the terminal. */
async function talk(lines: readonly string[], ...words: readonly string[]) {
	const input = new PassThrough();
	const left = [...lines];
	const signals = new EventEmitter();
	let shown = '';
	const screen = {
		write(text: string) {
			shown += text;
			if (!/(?:> |\[y\/N\] |: )$/.test(text)) return;
			const line = left.shift();
			if (line === undefined) input.end();
			else if (line === controlC) signals.emit('SIGINT');
			else input.write(`${line}\n`);
		},
	};
	const ran = await shop.run(['chat', '--no-model', ...words], {
		env: {MKCOA_PLAIN: '1'},
		streams: {canAsk: true},
		terminal: {input, screen},
		signals,
	});
	return {...ran, shown};
}

test('a plan is reviewed in the conversation, and a yes carries it out', async () => {
	const {code, out, err, shown} = await talk(['delete configmap shop-config in shop', 'n', 'delete service cart in shop', 'y', '/quit']);
	expect(code).toBe(0);
	expect(shown).toContain('Apply this plan? [y/N] ');
	expect(err).toContain('Done: Delete Service shop/cart');
	expect(() => shop.get({kind: 'Service', name: 'cart'})).toThrow('there is no Service cart');
	expect(err).toMatch(/Go on with: mkcoa chat --resume \w{12}/);
	expect(out).not.toContain('understand');
});

test('the end of the input leaves, and a command that is none helps', async () => {
	const {code, err} = await talk(['/what']);
	expect(code).toBe(0);
	expect(err).toContain('About sandbox, namespace shop.');
	expect(err).toContain('/quit leaves');
	expect(err).not.toContain('--resume');
});

test('a number picks one of the readings that were offered', async () => {
	const {out, err} = await talk(['delete catalog', '1', 'n', '/quit']);
	expect(out).toMatch(/1\. /);
	expect(err).toContain('You said no. Nothing was changed.');
});

test('words of a no lead to the next plan, and what was done is taken back', async () => {
	const {err, shown} = await talk(['scale accounts to 6', 'too many, use 4 instead', 'y', 'undo that', 'y', '/undo', 'n', '/quit']);
	expect(shown).toContain('Scale Deployment shop/accounts from 2 to 4 replicas');
	expect(shown).toContain('you refused the plan before: too many, use 4 instead');
	expect(err).toContain('Done: Scale Deployment shop/accounts from 2 to 4 replicas');
	expect(err).toMatch(/Done: Take back \w{12}: Scale Deployment shop\/accounts/);
	expect(shop.get({kind: 'Deployment', name: 'accounts'}).spec).toMatchObject({replicas: 2});
});

test('Ctrl-C cancels what goes on, and the conversation goes on', async () => {
	const {code, err} = await talk(['delete configmap shop-config in shop', controlC, 'delete service web-admin in shop', 'n', '/quit']);
	expect(code).toBe(0);
	expect(err).toContain('Cancelling. Ctrl-C again leaves.');
	expect(err).toContain('The turn was cancelled. Nothing was changed.');
	expect(err).toContain('You said no. Nothing was changed.');
	expect(shop.get({kind: 'ConfigMap', name: 'shop-config'})).toBeDefined();
});

test('Ctrl-C where nothing goes on leaves', async () => {
	expect(await talk([controlC])).toMatchObject({code: 2, err: expect.stringContaining('About sandbox')});
});

test('what the screens show is told as lines, on the cluster of the conversation', async () => {
	await shop.outcome([
		'k8s',
		'patch',
		'service',
		'catalog',
		'--patch',
		'{"spec":{"selector":{"app":"catlog"}}}',
		'--type',
		'merge',
		'--yes',
	]);
	const {code, out, err} = await talk(['/findings', '/incident service/catalog', '/history', '/incident', '/quit']);
	expect(code).toBe(0);
	expect(out).toContain('Findings, sandbox, namespace shop');
	expect(out).toContain('Service shop/catalog selects app=catlog, and no pod has these labels');
	expect(out).toContain('Chain of causes');
	expect(out).toContain('Remedy  Make Service shop/catalog select app=catalog');
	expect(out).toMatch(/Patch Service shop\/catalog\n.*done, /);
	expect(err).toContain('/incident names nothing');
	// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence begins with one
	expect(out).not.toMatch(/\u001B/);
});
