import {readFileSync, statSync} from 'node:fs';
import {expect, test} from 'vitest';
import type {AnyOutcome} from '../../src/core/outcome.ts';
import {openShop} from '../support/shop.ts';
import {rows} from './rows.ts';

const shop = await openShop({hasty: true});
const kubeconfigBefore = {text: readFileSync(shop.kubeconfig, 'utf8'), changedMs: statSync(shop.kubeconfig).mtimeMs};

const done = (outcome: AnyOutcome) => {
	if (outcome.kind !== 'done' || outcome.plan === undefined) throw new Error(JSON.stringify(outcome, null, 1));
	return {...outcome, plan: outcome.plan, journal: outcome.journal ?? ''};
};

// A canary is judged for some looks of the shop's clock, and its pods are scraped before that.
test.each(rows.filter(({touched}) => touched !== undefined))(
	'$tool is done, and taken back',
	{timeout: 60_000},
	async ({words, touched = () => null}) => {
		await shop.settled();
		const typed = await words(shop);
		const before = touched(shop);
		const {journal, plan} = done(await shop.outcome([...typed, '--yes']));
		expect(plan.undo.possible).toBe(true);
		expect(touched(shop)).not.toEqual(before);
		done(await shop.outcome(['undo', journal, '--yes']));
		expect(touched(shop)).toEqual(before);
	},
);

const untaken = rows
	.filter(({touched}) => touched === undefined)
	.map(({tool, words, contrary}) =>
		contrary === true
			? {tool, words, end: 'The way back: ', question: 'Apply this plan? [y/N]', says: 'names the command that takes it back'}
			: {
					tool,
					words,
					end: 'It cannot be undone: ',
					question: 'This cannot be undone. To apply it, type ',
					says: 'says that it cannot be taken back',
				},
	);

test.each(untaken)('$tool is done, and $says', async ({words, end, question}) => {
	await shop.settled();
	const {code, err, shown} = await shop.reviewed(await words(shop), () => {});
	expect({code, err}).toEqual({code: 0, err: expect.stringContaining(end)});
	expect(shown).toContain(question);
	const [latest] = JSON.parse((await shop.run(['history', '--json'])).out);
	expect(await shop.outcome(['undo', latest.id, '--yes'])).toMatchObject({
		kind: 'failed',
		error: {code: 'not-undoable', what: expect.stringContaining('can be taken back')},
	});
});

test('the kubeconfig is as it was, whatever was changed with it', () => {
	expect({text: readFileSync(shop.kubeconfig, 'utf8'), changedMs: statSync(shop.kubeconfig).mtimeMs}).toEqual(kubeconfigBefore);
});
