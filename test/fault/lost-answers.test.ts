import {describe, expect, test} from 'vitest';
import {openShop} from '../support/shop.ts';

const shop = await openShop();
const {machine, fault} = shop.sandbox;

const documents = (run: string) => ['first', 'second', 'third'].map(name => `${name}-${run}`);
const manifest = (run: string) =>
	documents(run)
		.map(name => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {a: b}\n`)
		.join('---\n');
const held = (run: string) => documents(run).map(name => machine.get('ConfigMap', 'shop', name) !== undefined);

/** Applies three documents; the server fails at the second in the given way, `truncate` after it has stored it. */
async function applied(run: string, answer: 500 | 'reset' | 'truncate') {
	const isSecond = (path: string) => path.endsWith(`/configmaps/second-${run}`);
	fault({match: ({method, path, query}) => method === 'PATCH' && isSecond(path) && !query.has('dryRun'), answer, times: 1});
	const {out} = await shop.run(['--json', 'k8s', 'apply', '-f', '-', '--yes'], {streams: {input: manifest(run)}});
	return JSON.parse(out);
}

test('an answer that is lost after the write was stored is no failure', async () => {
	expect(await applied('stored', 'truncate')).toMatchObject({kind: 'done'});
	expect(held('stored')).toEqual([true, true, true]);
});

describe.each([500, 'reset'] as const)('a write that fails with %s', answer => {
	test('leaves a run that resume finishes', async () => {
		const run = `resumed-${answer}`;
		const {kind, journal, done, error} = await applied(run, answer);
		expect({kind, done}).toEqual({kind: 'failed', done: [`apply ConfigMap shop/first-${run}`]});
		expect(error.next).toContain(`mkcoa resume ${journal}`);
		expect(held(run)).toEqual([true, false, false]);
		expect(await shop.outcome(['resume', journal, '--yes'])).toMatchObject({kind: 'done', journal});
		expect(held(run)).toEqual([true, true, true]);
	});

	test('leaves a run that undo takes back', async () => {
		const run = `undone-${answer}`;
		const {journal} = await applied(run, answer);
		expect(await shop.outcome(['undo', journal, '--yes'])).toMatchObject({kind: 'done'});
		expect(held(run)).toEqual([false, false, false]);
	});
});
