import {AppBridge} from '@modelcontextprotocol/ext-apps/app-bridge';
import {JSDOM} from 'jsdom';
import {expect, test} from 'vitest';
import {cardHtml} from '../../../../src/mcp/edge/card/generated/card-html.ts';

type Transport = Parameters<AppBridge['connect']>[0];
type Message = Parameters<NonNullable<NonNullable<Transport>['onmessage']>>[0];

test('the host of the official package greets the card, hands it a plan and passes its answer on', async () => {
	const bridge = new AppBridge(null, {name: 'host', version: '1'}, {serverTools: {}}, {hostContext: {theme: 'light'}});
	const calls: unknown[] = [];
	const {promise: answered, resolve: answer} = Promise.withResolvers<void>();
	const {promise: greeted, resolve: greet} = Promise.withResolvers<void>();
	bridge.oninitialized = () => greet();
	bridge.oncalltool = async params => {
		calls.push(params);
		answer();
		return {content: [], structuredContent: {kind: 'rejected', means: 'Nothing was changed'}};
	};
	const early: Message[] = [];
	const transport: NonNullable<Transport> = {
		start: async () => {},
		close: async () => {},
		async send(message) {
			window.dispatchEvent(new window.MessageEvent('message', {data: message, source: window}));
		},
	};
	const toHost = (message: Message) => void (transport.onmessage === undefined ? early.push(message) : transport.onmessage(message));
	const {window} = new JSDOM(cardHtml, {
		runScripts: 'dangerously',
		beforeParse: page => void Object.defineProperty(page, 'postMessage', {value: (message: Message) => toHost(structuredClone(message))}),
	});
	await bridge.connect(transport);
	for (const message of early) toHost(message);
	await greeted;
	const plan = {
		id: 'p1',
		lines: [[{text: 'Scale it', tone: 'strong'}]],
		isWhole: true,
		mayApprove: true,
		untilMs: Date.now() + 60_000,
		ticket: 't',
	};
	await bridge.sendToolResult({content: [], structuredContent: {kind: 'waiting'}, _meta: {'mkcoa/plan': plan}});
	expect(window.document.getElementById('plan')?.textContent).toBe('Scale it');
	expect(window.document.documentElement.dataset.theme).toBe('light');
	window.document.getElementById('reject')?.click();
	await answered;
	expect(calls).toMatchObject([{name: 'plan_answer', arguments: {ticket: 't', decision: 'reject', words: ''}}]);
	while (window.document.getElementById('state')?.textContent !== 'Nothing was changed')
		await new Promise(resolve => setImmediate(resolve));
	await bridge.teardownResource({});
});
