import {expect, test, vi} from 'vitest';
import {sampleDigest, samplePlan} from '../../../src/tui/sample-plan.ts';
import {chatFrames} from '../../support/chat-frames.ts';

test('a request, what was understood, calls and the answer scroll by above the line that is typed into', async () => {
	const chat = chatFrames();
	await chat.waitForText('Ask, or say');
	await chat.press('why is web slow?', 'enter');
	const {emit, end} = chat.last();
	emit({kind: 'understood', text: 'diagnose Deployment web'});
	emit({kind: 'call', id: '1', agent: 'deploy', tool: 'workload_diagnose', input: {name: 'web', namespace: 'shop'}});
	await chat.clock.advance(400);
	emit({kind: 'result', id: '1', outcome: {kind: 'done', tool: 'workload_diagnose', output: {pods: 3}}});
	emit({kind: 'text', agent: 'deploy', delta: 'Two pods **wait** for a node.\n\nThe third '});
	emit({kind: 'text', agent: 'deploy', delta: 'one is fine.'});
	end();
	await chat.clock.advance(100);
	expect(chat.all()).toMatchInlineSnapshot(`
		"
		> why is web slow?
		Understood: diagnose Deployment web
		✓ workload_diagnose  name=web namespace=shop  0.4 s

		Two pods wait for a node.

		The third one is fine.
		0.4 s
		────────────────────────────────────────
		>
		prod, namespace shop, no model   ? keys   / commands"
	`);
	await chat.press('ctrl+o');
	expect(chat.screen.text()).toMatchInlineSnapshot(`
		"
		> why is web slow?
		Understood: diagnose Deployment web
		✓ workload_diagnose  name=web namespace=shop  0.4 s

		Two pods wait for a node.

		The third one is fine.
		0.4 s
		✓ workload_diagnose  name=web namespace=shop  0.4 s
		  asked by deploy
		    name: web
		    namespace: shop
		  answer
		    pods: 3

		Escape closes
		────────────────────────────────────────
		>
		prod, namespace shop, no model   ? keys   / commands"
	`);
	chat.send('escape');
	chat.abort();
	await chat.end;
});

test('while a call goes on, it tells how far it is and how long it takes', async () => {
	const chat = chatFrames({columns: 60});
	await chat.waitForText('Ask');
	await chat.press('scale web', 'enter');
	const {emit} = chat.last();
	emit({kind: 'call', id: '1', agent: 'deploy', tool: 'deployment_scale', input: {name: 'web'}});
	emit({kind: 'run', id: '1', event: {kind: 'progress', text: 'pods are ready', done: 2, total: 5}});
	await chat.clock.advance(12_000);
	expect(chat.screen.text()).toMatchInlineSnapshot(`
		"
		> scale web
		- deployment_scale  pods are ready (2 of 5)  11 s
		Working, 12 s   Ctrl-C cancels
		────────────────────────────────────────
		>
		prod, namespace shop, no model   ? keys   / commands"
	`);
	chat.abort();
	await chat.end;
	expect(chat.screen.text()).toContain('Left while a request went on: mkcoa history');
});

test('what a call tells stands below it where there is no room beside it, with the step that it is at', async () => {
	const chat = chatFrames({columns: 40});
	await chat.waitForText('Ask');
	await chat.press('canary web', 'enter');
	const {emit} = chat.last();
	emit({kind: 'call', id: '1', agent: 'deploy', tool: 'deployment_canary', input: {name: 'web'}});
	emit({
		kind: 'run',
		id: '1',
		event: {kind: 'step', index: 4, of: 11, title: 'Judge 20 % of the traffic for 10s by error ratio, p99 latency, restarts'},
	});
	emit({kind: 'run', id: '1', event: {kind: 'progress', text: 'error-ratio: 0 requests reached the canary, 100 are needed'}});
	await chat.clock.advance(2000);
	expect(chat.screen.text()).toMatchInlineSnapshot(`
		"
		> canary web
		- deployment_canary  name=web  2.0 s
		  step 5 of 11: Judge 20 % of the
		  traffic for 10s by error ratio, p99 …
		  error-ratio: 0 requests reached the
		  canary, 100 are needed
		Working, 2.0 s   Ctrl-C cancels
		────────────────────────────────────────
		>
		prod, namespace shop, no model"
	`);
	chat.abort();
	await chat.end;
});

test('keys that arrive in one piece are each of them', async () => {
	const edited: string[] = [];
	const chat = chatFrames({
		backend: {
			edit: async text => {
				edited.push(text);
				return text;
			},
		},
	});
	await chat.waitForText('Ask');
	chat.send('some enter');
	await chat.waitForText('> some enter');
	chat.send('\u0015some text\u0007');
	await chat.waitForText('> some text');
	expect(edited).toEqual(['some text']);
	chat.send('\u0015/mod\t');
	await chat.waitForText('> /model');
	chat.abort();
	await chat.end;
});

test('the up key brings back a line that Ctrl-C emptied', async () => {
	const chat = chatFrames();
	await chat.waitForText('Ask');
	await chat.press('a long request', 'ctrl+c');
	expect(chat.screen.text()).not.toContain('a long request');
	await chat.press('up');
	expect(chat.screen.text()).toContain('> a long request');
	chat.abort();
	await chat.end;
});

test('a long text says how long it is, and only its beginning stays in the conversation', async () => {
	const chat = chatFrames();
	await chat.waitForText('Ask');
	chat.send(`\u001B[200~${Array.from({length: 200}, (_, line) => `line ${line}`).join('\n')}\u001B[201~`);
	await chat.waitForText('200 lines   Ctrl-G opens them in $EDITOR');
	await chat.press('enter');
	expect(chat.last().request.split('\n')).toHaveLength(200);
	expect(chat.all()).toContain('… and 188 more lines');
	chat.abort();
	await chat.end;
});

test('calls that go on are opened at their end and follow it; paging stops at both ends', async () => {
	const chat = chatFrames({rows: 16});
	await chat.waitForText('Ask');
	await chat.press('canary web', 'enter');
	const {emit} = chat.last();
	emit({kind: 'call', id: '1', agent: 'deploy', tool: 'deployment_canary', input: {name: 'web'}});
	for (let count = 0; count < 40; count += 1) emit({kind: 'run', id: '1', event: {kind: 'note', text: `judged ${count}`}});
	await chat.clock.advance(50);
	await chat.press('ctrl+o');
	expect(chat.screen.text()).toContain('judged 39');
	emit({kind: 'run', id: '1', event: {kind: 'note', text: 'judged 40'}});
	await chat.clock.advance(50);
	expect(chat.screen.text()).toContain('judged 40');
	for (const _ of [1, 2, 3]) chat.send('pagedown');
	await chat.press('pageup');
	expect(chat.screen.text()).not.toContain('judged 40\n');
	for (const _ of Array(12)) chat.send('pageup');
	await chat.waitForText('asked by deploy');
	await chat.press('pagedown');
	expect(chat.screen.text()).not.toContain('asked by deploy');
	chat.abort();
	await chat.end;
});

test('Ctrl-Z goes back to the shell while nothing goes on, and on a plan; not while a change does', async () => {
	let suspended = 0;
	const suspend = async () => {
		suspended += 1;
	};
	const chat = chatFrames({backend: {suspend}});
	await chat.waitForText('Ask');
	chat.send('ctrl+z');
	await vi.waitFor(() => expect(suspended).toBe(1));
	await chat.press('update web', 'enter', 'ctrl+z');
	expect(suspended).toBe(1);
	expect(chat.screen.text()).toContain('would stand still');
	const {confirm, signal} = chat.last();
	void confirm({plan: samplePlan, digest: sampleDigest, why: ''}, signal);
	await chat.waitForText('[y/N]');
	chat.send('ctrl+z');
	await vi.waitFor(() => expect(suspended).toBe(2));
	await chat.waitForText('[y/N]');
	chat.abort();
	await chat.end;
});

test('Ctrl-C cancels and states it, a second one leaves', async () => {
	const chat = chatFrames();
	await chat.waitForText('Ask');
	await chat.press('delete it', 'enter');
	const {signal, emit, end} = chat.last();
	emit({kind: 'call', id: '1', agent: 'deploy', tool: 'resource_delete', input: {}});
	await chat.clock.advance(50);
	await chat.press('ctrl+c');
	expect(signal.aborted).toBe(true);
	expect(chat.screen.text()).toContain('Cancelling: no further step begins');
	end();
	await chat.clock.advance(50);
	await chat.waitForText('✗ Cancelled: no further step began');
	expect(chat.screen.text()).toContain('resource_delete did not end');
	expect(chat.screen.text()).not.toContain('Cancelling');
	await chat.press('ctrl+c');
	expect(chat.screen.text()).toContain('Ctrl-C again leaves');
	chat.send('ctrl+c');
	await chat.end;
	expect(chat.screen.text()).not.toContain('no model');
});

test('a plan is reviewed in the place of the conversation, and words go back with the no', async () => {
	const chat = chatFrames();
	await chat.waitForText('Ask');
	await chat.press('update web', 'enter');
	const {confirm, signal} = chat.last();
	const decision = confirm({plan: samplePlan, digest: sampleDigest, why: ''}, signal);
	await chat.waitForText('Apply this plan? [y/N]');
	await chat.press('r', 'wrong image');
	chat.send('enter');
	expect(await decision).toEqual({kind: 'reject', feedback: 'wrong image'});
	await chat.waitForText('Thinking');
	const second = confirm({plan: samplePlan, digest: sampleDigest, why: ''}, signal);
	await chat.waitForText('[y/N]');
	chat.send('y');
	expect(await second).toEqual({kind: 'approve'});
	await chat.waitForText('✓ Approved: Update shop/web');
	chat.abort();
	await chat.end;
});

test.each(['ctrl+c', 'escape', 'enter'])('%s in a review is a no', async key => {
	const chat = chatFrames();
	await chat.waitForText('Ask');
	await chat.press('update web', 'enter');
	const {confirm, signal} = chat.last();
	const decision = confirm({plan: samplePlan, digest: sampleDigest, why: ''}, signal);
	await chat.waitForText('[y/N]');
	chat.send(key);
	expect(await decision).toEqual({kind: 'reject', feedback: ''});
	chat.abort();
	await chat.end;
});

test('closing the screen is a no to the plan on it', async () => {
	const chat = chatFrames();
	await chat.waitForText('Ask');
	await chat.press('update web', 'enter');
	const {confirm, signal} = chat.last();
	const decision = confirm({plan: samplePlan, digest: sampleDigest, why: ''}, signal);
	await chat.waitForText('[y/N]');
	chat.hangUp();
	expect(await decision).toEqual({kind: 'reject', feedback: ''});
	await chat.end;
});

test('a choice is taken by its number', async () => {
	const chat = chatFrames({columns: 40});
	await chat.waitForText('Ask');
	await chat.press('restart it', 'enter');
	chat.last().emit({
		kind: 'question',
		question: 'Which one?',
		choices: [
			{text: 'Deployment web', request: 'restart deployment web'},
			{text: 'StatefulSet db', request: 'restart statefulset db'},
		],
	});
	chat.last().emit({kind: 'ended', reason: 'asked'});
	await chat.clock.advance(50);
	expect(chat.screen.text()).toMatchInlineSnapshot(`
		"
		> restart it

		? Which one?
		  1. Deployment web
		  2. StatefulSet db
		0.0 s
		────────────────────────────────────────
		>
		Type 1-2 and Enter, or other words"
	`);
	await chat.press('2', 'enter');
	expect(chat.last().request).toBe('restart statefulset db');
	chat.abort();
	await chat.end;
});

test('a request that breaks is told with its remedy, and the next one can be asked', async () => {
	const chat = chatFrames();
	await chat.waitForText('Ask');
	await chat.press('list pods', 'enter');
	chat.last().fail(new Error('socket closed'));
	await chat.clock.advance(50);
	await chat.waitForText('could not be answered');
	await chat.press('list pods again', 'enter');
	expect(chat.asked).toHaveLength(2);
	chat.abort();
	await chat.end;
});

test('commands are completed, carried out and answered', async () => {
	const called: string[] = [];
	const command = async ({name, argument}: {name: string; argument: string}) => {
		called.push(`${name} ${argument}`);
		return {text: 'The model is **off**.', place: 'prod, off'};
	};
	const chat = chatFrames({backend: {command}});
	await chat.waitForText('Ask');
	expect(await chat.press('/')).toContain('> /help      Shows keys and commands');
	expect(await chat.press('m')).not.toContain('/help');
	await chat.press('tab');
	expect(chat.screen.text()).toContain('> /model');
	await chat.press('off');
	chat.send('enter');
	await chat.waitForText('The model is off.');
	await chat.waitForText('prod, off');
	expect(called).toEqual(['model off']);
	expect(await chat.press('/modle')).toContain('/modle');
	expect(await chat.press('enter')).toContain('/modle is no command');
	chat.abort();
	await chat.end;
});

test.each([
	[80, '> @night-watch Looks after the shop at night'],
	[40, '> @night-watch Looks after the shop at …'],
])('an agent is completed behind @ at %i columns, and its request goes off with the name', async (columns, line) => {
	const agents = [
		{name: 'deploy', summary: 'Brings versions out'},
		{name: 'night-watch', summary: 'Looks after the shop at night'},
	];
	const chat = chatFrames({columns, agents});
	await chat.waitForText('Ask');
	expect(await chat.press('@')).toContain('> @deploy');
	expect(await chat.press('n')).toContain(line);
	await chat.press('enter');
	await chat.press('what happened?', 'enter');
	expect(chat.last().request).toBe('@night-watch what happened?');
	chat.abort();
	await chat.end;
});

test('another screen has the terminal while a request goes on, and may come back with a request', async () => {
	const above = Promise.withResolvers<string | undefined>();
	const visited: string[] = [];
	const visit = ({name}: {name: string}) => {
		visited.push(name);
		return above.promise;
	};
	const chat = chatFrames({backend: {visit}});
	await chat.waitForText('Ask');
	await chat.press('list pods', 'enter', '/home');
	chat.send('enter');
	await chat.waitFor(text => !text.includes('Thinking'));
	expect(visited).toEqual(['home']);
	chat.last().emit({kind: 'text', agent: 'a', delta: 'Three pods run.\n'});
	chat.last().end();
	await chat.clock.advance(50);
	expect(chat.screen.text()).not.toContain('Three pods run');
	above.resolve('why does web not start?');
	await chat.waitForText('> why does web not start?');
	expect(chat.screen.text()).toContain('Three pods run.');
	expect(chat.last().request).toBe('why does web not start?');
	chat.abort();
	await chat.end;
});

test('a screen that cannot be opened says why', async () => {
	const chat = chatFrames({backend: {visit: async () => Promise.reject(new Error('no screen'))}});
	await chat.waitForText('Ask');
	await chat.press('/home');
	chat.send('enter');
	await chat.waitForText('did not foresee');
	chat.abort();
	await chat.end;
});

test('a paste is one piece, and Enter in it sends nothing', async () => {
	const chat = chatFrames();
	await chat.waitForText('Ask');
	await chat.press('\u001B[200~kind: Pod\nname: 주문\u001B[31m\n\u001B[201~');
	expect(chat.asked).toEqual([]);
	await chat.press('check this');
	chat.send('enter');
	await chat.waitForText('Thinking');
	expect(chat.last().request).toBe('kind: Pod\nname: 주문\ncheck this');
	chat.abort();
	await chat.end;
});

test('the editor has the terminal and gives a text back', async () => {
	const chat = chatFrames({backend: {edit: async text => `${text} and more\n`}});
	await chat.waitForText('Ask');
	await chat.press('some words');
	chat.send('ctrl+g');
	await chat.waitForText('some words and more');
	chat.abort();
	await chat.end;
});

test('a plan is rehearsed and its inputs are edited from the review', async () => {
	const rehearsal = Promise.withResolvers<string>();
	const review = {rehearse: () => rehearsal.promise, edit: async () => 'again with replicas: 4'};
	const chat = chatFrames({backend: {review}, columns: 120, rows: 30});
	await chat.waitForText('Ask');
	await chat.press('update web', 'enter');
	const {confirm, signal} = chat.last();
	const decision = confirm({plan: samplePlan, digest: sampleDigest, why: ''}, signal);
	await chat.waitForText('[y/N]');
	expect(await chat.press('t')).toContain('Rehearsing on a copy');
	rehearsal.resolve('**3 of 3** pods were ready after 40 s');
	await chat.waitForText('3 of 3 pods were ready');
	await chat.waitForText('[y/N]');
	chat.send('e');
	expect(await decision).toEqual({kind: 'reject', feedback: 'again with replicas: 4'});
	chat.abort();
	await chat.end;
});

test('a rehearsal that breaks says why, and the plan can still be answered', async () => {
	const chat = chatFrames({backend: {review: {rehearse: async () => Promise.reject(new Error('no room'))}}});
	await chat.waitForText('Ask');
	await chat.press('update web', 'enter');
	const {confirm, signal} = chat.last();
	const decision = confirm({plan: samplePlan, digest: sampleDigest, why: ''}, signal);
	await chat.waitForText('[y/N]');
	chat.send('t');
	await chat.waitForText('Rehearsal');
	chat.send('y');
	expect(await decision).toEqual({kind: 'approve'});
	chat.abort();
	await chat.end;
});

test('letters that arrive together with their Enter are sent', async () => {
	const chat = chatFrames();
	await chat.waitForText('Ask');
	chat.send('list pods\r');
	await chat.waitForText('Thinking');
	expect(chat.last().request).toBe('list pods');
	chat.abort();
	await chat.end;
});

test('what a tool answered is shown in its words where nobody else puts it into words', async () => {
	const chat = chatFrames({backend: {textOf: (outcome, columns) => `${outcome.tool} in ${columns}\nNAME   READY`}});
	await chat.waitForText('Ask');
	const ask = async (words: string) => {
		await chat.press('list pods', 'enter');
		const {emit} = chat.last();
		emit({kind: 'call', id: '1', agent: 'a', tool: 'resource_list', input: {}});
		emit({kind: 'result', id: '1', outcome: {kind: 'done', tool: 'resource_list', output: []}});
		emit({kind: 'text', agent: 'a', delta: words});
		emit({kind: 'ended', reason: 'answered'});
		await chat.clock.advance(50);
		return chat.waitFor(text => !text.includes('Ctrl-C cancels'));
	};
	expect(await ask('')).toContain('resource_list in 80\nNAME   READY');
	await chat.press('/clear', 'enter');
	const told = (text: string) => text.split('NAME   READY').length - 1;
	const before = told(chat.all());
	await ask('There are none.');
	expect(told(chat.all())).toBe(before);
	await chat.press('ctrl+o');
	await chat.waitForText('    resource_list in 80');
	chat.abort();
	await chat.end;
});

test('the terminal may change its size at any time; the scrollback stays the terminal’s own', async () => {
	const chat = chatFrames({columns: 100});
	await chat.waitForText('Ask');
	await chat.press('tell', 'enter');
	chat.last().emit({kind: 'text', agent: 'a', delta: 'one answer\n\nand a longer second part of it'});
	await chat.clock.advance(50);
	chat.resize({columns: 40, rows: 12});
	const text = await chat.press('narrow');
	expect(text.split('\n').filter(line => line.startsWith('─'))).toHaveLength(1);
	expect(text).toContain('> narrow');
	chat.resize({columns: 120, rows: 40});
	expect(await chat.press('wide')).toContain('> narrowwide');
	expect(chat.screen.usedAlternateScreen()).toBe(false);
	chat.abort();
	await chat.end;
});
