import {expect, onTestFinished, test} from 'vitest';
import {readOptions} from '../../../src/commands/options.ts';
import type {ChatEvent} from '../../../src/core/chat-event.ts';
import type {Confirm} from '../../../src/core/decision.ts';
import {brainsOf} from '../../../src/main/chat/brains.ts';
import {openChat} from '../../../src/main/chat/open-chat.ts';
import {openSession} from '../../../src/main/session.ts';
import {hostIn} from '../../support/host.ts';
import {openShop} from '../../support/shop.ts';

const shop = await openShop();

test('a plan that is edited is planned again in the same turn, and the saved turn tells both', async () => {
	const {host} = hostIn({folder: shop.folder, env: {EDITOR: 'sed -i s/5/4/'}});
	const session = await openSession({options: readOptions({kubeconfig: shop.kubeconfig, namespace: 'shop', quiet: true}, {}), host});
	onTestFinished(() => session.close());
	const brains = await brainsOf({model: undefined, isAlone: true}, session, host);
	const chat = await openChat({session, host, brains, earlier: undefined});
	const events: ChatEvent[] = [];
	/** Edits the first plan, and says yes to the second. */
	const confirm: Confirm = async ({plan}) => {
		const feedback = plan.summary.includes('5') ? await chat.review.edit(plan) : undefined;
		return feedback === undefined ? {kind: 'approve'} : {kind: 'reject', feedback};
	};
	await chat.ask('scale web to 5', {confirm, emit: event => events.push(event), signal: new AbortController().signal});
	const outcomes = events.flatMap(event => (event.kind === 'result' ? [event.outcome.kind] : []));
	expect([outcomes, events.filter(({kind}) => kind === 'ended')]).toEqual([['rejected', 'done'], [{kind: 'ended', reason: 'answered'}]]);
	expect(events.at(-1)?.kind).toBe('ended');
	const [turn] = (await session.state.conversations.find(chat.id() ?? ''))?.turns ?? [];
	expect(turn?.answer).toMatch(/You said no: planned again with .*Done: Scale .*4/s);
	await chat.close();
});
