import {createHash} from 'node:crypto';
import {describe, expect, test} from 'vitest';
import {cardHtml} from '../../../../src/mcp/edge/card/generated/card-html.ts';
import {cardPage} from '../../../support/card-page.ts';

const line = (text: string, tone = 'plain') => [{text, tone}];
const planOf = (more: object = {}) => ({
	content: [{type: 'text', text: 'for the model'}],
	structuredContent: {kind: 'waiting', id: 'p1', means: 'Nothing was changed'},
	_meta: {
		'mkcoa/plan': {
			id: 'p1',
			lines: [line('Scale Deployment shop/web from 3 to 5 replicas', 'strong'), line('✗ Clients feel it', 'bad')],
			isWhole: true,
			mayApprove: true,
			untilMs: Date.now() + 600_000,
			ticket: 'ticket-1',
			...more,
		},
	},
});
const answers = (kind: string, means: string) => async () => ({content: [], structuredContent: {kind, means}});
const callsIn = (sent: readonly {readonly method?: string; readonly params?: unknown}[]) =>
	sent.filter(({method}) => method === 'tools/call').map(({params}) => params);

describe('the file', () => {
	test('loads nothing, and obeys its own script and style alone', () => {
		const [, script = ''] = /<script>(.*)<\/script>/s.exec(cardHtml) ?? [];
		const [, style = ''] = /<style>(.*)<\/style>/s.exec(cardHtml) ?? [];
		const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
		expect(cardHtml).toContain(
			`content="default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; base-uri 'none'; form-action 'none'"`,
		);
		expect(cardHtml).not.toMatch(/https?:|\bsrc=|\bhref=|url\(|@import|\son\w+=|style="/i);
		expect(script).not.toMatch(
			/innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|new Function|fetch\(|XMLHttp|WebSocket|localStorage|cookie/,
		);
		expect(Buffer.byteLength(cardHtml)).toBeLessThan(20_000);
	});
});

test('the page greets its host, and takes its theme', async () => {
	const {sent, part, give, window} = await cardPage({theme: 'dark'});
	expect(sent.map(({method}) => method).slice(0, 2)).toEqual(['ui/initialize', 'ui/notifications/initialized']);
	expect(sent[0]?.params).toMatchObject({protocolVersion: '2026-01-26', appInfo: {name: 'mkcoa plan card'}, appCapabilities: {}});
	expect(window.document.documentElement.dataset.theme).toBe('dark');
	give({method: 'ui/notifications/host-context-changed', params: {theme: 'light'}});
	expect(window.document.documentElement.dataset.theme).toBe('light');
	give({method: 'ui/notifications/host-context-changed', params: {theme: '"><b>'}});
	expect(window.document.documentElement.dataset.theme).toBe('light');
	give({id: 'x', method: 'ui/resource-teardown'});
	give({id: 'y', method: 'tools/list'});
	expect(sent.slice(2)).toMatchObject([
		{id: 'x', result: {}},
		{id: 'y', error: {code: -32601}},
	]);
	expect(part('state').textContent).toBe('Waiting for the plan…');
});

test('a yes takes two presses, the second of which begins at no, and is sent once', async () => {
	const page = await cardPage({callTool: answers('done', 'Done: Scale it')});
	await page.receive(planOf());
	expect(page.shown()).toEqual(['plan', 'answer', 'approve', 'choices']);
	expect(page.part('plan').textContent).toBe('Scale Deployment shop/web from 3 to 5 replicas✗ Clients feel it');
	await page.press('approve');
	expect(page.shown()).toEqual(['plan', 'answer', 'sure']);
	expect(page.window.document.activeElement).toBe(page.part('no'));
	page.window.document.dispatchEvent(new page.window.KeyboardEvent('keydown', {key: 'Escape'}));
	expect(page.shown()).toEqual(['plan', 'answer', 'approve', 'choices']);
	expect(callsIn(page.sent)).toEqual([]);
	await page.press('approve');
	page.part('yes').click();
	page.part('yes').click();
	await page.settled();
	expect(callsIn(page.sent)).toEqual([{name: 'plan_answer', arguments: {ticket: 'ticket-1', decision: 'approve', words: ''}}]);
	expect(page.part('state').textContent).toBe('Done: Scale it');
	expect(page.shown()).toEqual(['plan']);
});

test('a no goes with its words', async () => {
	const page = await cardPage({callTool: answers('rejected', 'Nothing was changed')});
	await page.receive(planOf());
	page.type('words', 'Not on a Friday');
	await page.press('reject');
	expect(callsIn(page.sent)).toEqual([
		{name: 'plan_answer', arguments: {ticket: 'ticket-1', decision: 'reject', words: 'Not on a Friday'}},
	]);
	expect(page.part('state').textContent).toBe('Nothing was changed');
});

test.each([
	['policy does not let it', {mayApprove: false}, 'Approve it in mkcoa: mkcoa approve p1', ['plan', 'answer', 'note', 'choices']],
	['not all is shown', {mayApprove: false, isWhole: false}, 'longer than a card', ['plan', 'answer', 'note', 'choices']],
	['its time is over', {untilMs: 1}, 'mkcoa approve p1', ['plan', 'answer', 'note']],
])('where %s, the page names the command and offers no yes', async (_, more, note, shown) => {
	const page = await cardPage();
	await page.receive(planOf(more));
	expect(page.part('note').textContent).toContain(note);
	expect(page.shown()).toEqual(shown);
});

test('a host that passes on no calls is asked for none', async () => {
	const page = await cardPage({capabilities: {}});
	await page.receive(planOf());
	expect(page.shown()).toEqual(['plan', 'answer', 'note']);
});

test('what cannot be undone wants its name first', async () => {
	const page = await cardPage({callTool: answers('done', 'Done')});
	await page.receive(planOf({name: 'data-redis-0'}));
	expect(page.shown()).toContain('naming');
	expect(page.part('approve').disabled).toBe(true);
	page.type('name', 'data-redis');
	expect(page.part('approve').disabled).toBe(true);
	page.type('name', 'data-redis-0');
	await page.press('approve');
	// Whoever takes the name away again is asked again.
	page.type('name', '');
	expect(page.shown()).not.toContain('sure');
	page.type('name', 'data-redis-0');
	await page.press('no');
	await page.press('approve');
	await page.press('yes');
	expect(callsIn(page.sent)).toMatchObject([{arguments: {decision: 'approve', name: 'data-redis-0'}}]);
});

const hostile = [
	'<script>window.parent.postMessage({steal: 1})</script>',
	'<img src=x onerror="document.title=1">',
	'"><button id="yes">Yes</button>',
	'\u001b[2J\u001b]0;title\u0007',
	'\u202ereversed',
	'</script></style></title><svg onload=alert(1)>',
];

test('words of others are text, wherever they stand', async () => {
	const page = await cardPage({
		callTool: async () => ({structuredContent: {kind: 'rejected', means: hostile.join(' '), words: hostile[0]}}),
	});
	const elements = page.window.document.querySelectorAll('*').length;
	await page.receive(planOf({id: hostile[1], name: hostile[0], lines: hostile.map(text => line(text, 'bad" onclick="x'))}));
	expect(Array.from({length: hostile.length}, (_, index) => page.part('plan').children[index]?.textContent)).toEqual(hostile);
	// A row and a piece for each line: nothing that came in has become an element.
	expect(page.window.document.querySelectorAll('*').length).toBe(elements + hostile.length * 2);
	expect(page.window.document.querySelectorAll('#plan [class], #plan [onclick], #plan script, img, svg').length).toBe(0);
	await page.press('reject');
	expect(page.part('state').textContent).toContain(hostile[0]);
	expect(page.window.document.querySelectorAll('script').length).toBe(1);
	expect(page.sent.filter(message => 'steal' in message)).toEqual([]);
});

test.each([
	[null],
	[undefined],
	[7],
	[{}],
	[{structuredContent: {kind: 'waiting'}}],
	[{structuredContent: {kind: 'waiting'}, _meta: {'mkcoa/plan': {id: 1}}}],
])('%j is no plan, and breaks nothing', async result => {
	const page = await cardPage();
	await page.receive(result);
	expect(page.shown()).toEqual([]);
	expect(page.part('state').textContent).toBe('No plan waits here.');
});

test('nobody but its host is heard', async () => {
	const page = await cardPage();
	page.give({method: 'ui/notifications/tool-result', params: planOf()}, null);
	await page.settled();
	expect(page.shown()).toEqual([]);
});

test('a host that does not pass the answer on is told of', async () => {
	const page = await cardPage({callTool: () => Promise.reject(new Error('denied by the user'))});
	await page.receive(planOf());
	await page.press('reject');
	expect(page.part('state').textContent).toContain('The client did not pass it on: denied by the user');
});
