import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {startChild} from '../support/child.ts';
import {openShop} from '../support/shop.ts';

const shop = await openShop();
const {machine, fault} = shop.sandbox;

const names = (run: string) => ['first', 'second', 'third'].map(name => `${name}-${run}`);
const document = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {of: the-run}\n`;

/** What stands in the cluster under the three names: null for nothing. */
const held = (run: string) =>
	names(run).map(name => {
		const data = machine.get('ConfigMap', 'shop', name)?.data;
		return data === undefined ? null : JSON.stringify(data);
	});

/** A run of three documents, the first of which changes an object that was there, killed at one of its writes. Answers its journal entry. */
async function killedRun(run: string, {step, moment}: Row): Promise<string> {
	const [first = ''] = names(run);
	machine.create({apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: first, namespace: 'shop'}, data: {old: 'value'}}, 'kubectl');
	const file = join(shop.folder, `${run}.yaml`);
	await writeFile(file, names(run).map(document).join('---\n'));
	const child = startChild(['--kubeconfig', shop.kubeconfig, '-n', 'shop', 'k8s', 'apply', '-f', file, '--yes'], shop.folder);
	const target = names(run)[step - 1] ?? '';
	const kill = () => child.kill('SIGKILL');
	if (moment === 'before the write lands') {
		const isWrite = ({method, path, query}: Parameters<Parameters<typeof fault>[0]['match']>[0]) =>
			method === 'PATCH' && path.endsWith(`/configmaps/${target}`) && !query.has('dryRun');
		fault({
			match: request => {
				if (!isWrite(request)) return false;
				kill();
				return true;
			},
			answer: 'hang',
			times: 1,
		});
	} else {
		// Controllers hear of a write before its answer is sent.
		const stop = machine.watch(
			({object}) => {
				if (object.metadata.name !== target) return;
				kill();
				stop();
			},
			['ConfigMap'],
		);
	}
	expect(await child.ended()).toMatchObject({code: null, out: ''});
	const [entry] = JSON.parse((await shop.run(['history', '--json'])).out);
	expect(entry).toMatchObject({plan: {tool: 'resource_apply', input: {objects: expect.arrayContaining([`ConfigMap shop/${target}`])}}});
	expect(entry.outcome).toBeUndefined();
	expect((await shop.run(['history'])).out).toContain(`${entry.id}\t`);
	expect((await shop.run(['history', entry.id])).out).toMatch(/not ended/);
	return entry.id;
}

type Row = {readonly step: number; readonly moment: 'before the write lands' | 'before its answer is read'};

const rows: readonly Row[] = [1, 2, 3].flatMap(step => [
	{step, moment: 'before the write lands' as const},
	{step, moment: 'before its answer is read' as const},
]);

describe.each(rows)('kill -9 at write $step, $moment', row => {
	const id = `${row.step}-${row.moment.split(' ').at(-1)}`;

	test('leaves a run that resume finishes', async () => {
		const run = `resumed-${id}`;
		const entry = await killedRun(run, row);
		expect(await shop.outcome(['resume', entry, '--yes'])).toMatchObject({kind: 'done', journal: entry});
		const of = '"of":"the-run"';
		expect(held(run)).toEqual([`{"old":"value",${of}}`, `{${of}}`, `{${of}}`]);
		expect(await shop.outcome(['resume', entry, '--yes'])).toMatchObject({kind: 'failed', error: {code: 'nothing-to-resume'}});
		expect(await shop.outcome(['undo', entry, '--yes'])).toMatchObject({kind: 'done'});
		expect(held(run)).toEqual(['{"old":"value"}', null, null]);
	});

	test('leaves a run that undo takes back', async () => {
		const run = `undone-${id}`;
		const entry = await killedRun(run, row);
		const outcome = await shop.outcome(['undo', entry, '--yes']);
		expect(outcome.kind).toBe(row.step === 1 && row.moment === 'before the write lands' ? 'nothing-to-do' : 'done');
		expect(held(run)).toEqual(['{"old":"value"}', null, null]);
	});
});
