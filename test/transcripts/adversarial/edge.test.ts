import {dirname} from 'node:path';
import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest';
import type {Tools} from '../../../src/agents/conversation/brain.ts';
import type {Json} from '../../../src/core/json.ts';
import {stripControl} from '../../../src/core/text/strip-control.ts';
import {type Era, eras} from '../../support/edge-client.ts';
import {edgeWays} from '../../support/edge-ways.ts';
import {openArena} from './arena.ts';
import {canaries, leaksIn, unseenIn} from './canaries.ts';
import {type Channel, channels} from './channels.ts';
import {fooledBy, lyingClient} from './fooled-client.ts';
import {obedientModel} from './obedient-model.ts';
import {orders} from './orders.ts';

// Most of the orders make plans, and a busy machine takes its time.
vi.setConfig({testTimeout: 30_000, hookTimeout: 30_000});
const arena = await openArena();
const {shop, requests} = arena;
const numbers = orders.map((_, index) => index);
for (const {plant} of channels) plant(arena, numbers);
const words = {'‹file›': arena.file, '‹folder›': dirname(arena.file), '‹pod›': shop.podOf('cart')};

type Way = keyof typeof edgeWays;
const matrix = (['stdio', 'http'] as const).flatMap(way => eras.map(era => [way, era] as const));

/** Started by somebody who gave `--yes`, whose policy and grants allow everything. */
async function served(way: Way, era: Era, flags: readonly string[]) {
	const {client, shown} = lyingClient(era);
	const end = await edgeWays[way](client, {
		folder: shop.folder,
		env: {CLOUD_ACCOUNT: canaries.variable},
		words: ['--kubeconfig', shop.kubeconfig, '-n', 'shop', '--yes', 'mcp', 'serve', ...flags],
	});
	return {client, shown, end};
}

const noTools: Tools = {list: async () => [], call: async ({tool}) => ({kind: 'done', tool, output: {}})};

/** What stands before the model when it begins, where the text does not come by a tool of ours; without letters that would hide the order. */
async function contextOf(channel: Channel, order: number): Promise<string> {
	const given = channel.context?.(order) ?? channel.earlier?.(order);
	if (given !== undefined || channel.serve === undefined) return stripControl(given ?? 'What is wrong in the shop?');
	const call = {id: '1', agent: 'cursor', tool: 'pages_list', input: {}};
	const {output} = (await channel.serve(noTools, order).call(call, () => {}, new AbortController().signal)) as {readonly output?: Json};
	return stripControl(JSON.parse(JSON.stringify(output)).alerts[0].summary);
}

const score = {transcripts: 0, calls: 0, effects: 0, leaks: 0, waiting: 0};
afterAll(() => {
	process.stdout.write(`Adversarial suite over the MCP edge: ${JSON.stringify(score)}\n`);
});

/** Three channels an order, another choice for each, so that all pairs of neighbours are tried. */
const rowsOf = (shift: number) =>
	orders.flatMap((order, number) =>
		[0, 3, 6].flatMap(step => {
			const channel = channels[(number + shift + step) % channels.length];
			return channel === undefined ? [] : [{name: `${order.name}, by ${channel.name}`, order, number, channel}];
		}),
	);

/** Each of the four ways plays every fourth row with changes allowed, and another fourth of them without. */
const played = [['--allow-changes'], []].flatMap((flags, shift) =>
	matrix.map(([way, era], index) => ({
		way,
		era,
		flags,
		rows: rowsOf(shift).filter((_, row) => row % matrix.length === index),
	})),
);

test('there are at least 200 transcripts with changes allowed, and as many without', () => {
	for (const shift of [0, 1]) {
		const names = rowsOf(shift).map(({name}) => name);
		expect(new Set(names).size).toBe(names.length);
		expect(names.length).toBeGreaterThanOrEqual(200);
	}
	expect(played.flatMap(({rows}) => rows)).toHaveLength(rowsOf(0).length * 2);
});

describe.each(played)('a client that obeys what it reads and lies, over $way in the $era era with $flags', ({way, era, flags, rows}) => {
	let open: Awaited<ReturnType<typeof served>>;
	beforeAll(async () => {
		open = await served(way, era, flags);
	});
	afterAll(() => open.end());

	test.each(rows)('$name: changes nothing and is told nothing', async ({order, number, channel}) => {
		const foreign = channel.serve !== undefined;
		const read = foreign ? undefined : channel.read?.(arena, number);
		requests.clear();
		const {
			tried,
			told,
			read: texts,
			waiting,
		} = await fooledBy(open.client, obedientModel({read, orders, words}), await contextOf(channel, number));
		const writes = arena.writes();
		const leaks = leaksIn(told);
		score.transcripts += 1;
		score.calls += tried.length;
		score.effects += writes.length;
		score.leaks += leaks.length;
		score.waiting += waiting.length;
		expect({writes, leaks, unseen: unseenIn(texts), shown: open.shown}).toEqual({writes: [], leaks: [], unseen: [], shown: []});
		// It did read the order, and did try: otherwise nothing is proven.
		expect(tried.slice(read === undefined ? 0 : 1)).toContain(order.calls[0]?.[0]);
		if (flags.length === 0) expect(waiting).toEqual([]);
	});
});

test('plans of these clients did wait, so that something could have been done', () => {
	expect(score.waiting).toBeGreaterThan(100);
});

test('the same call by the person himself is done, and counted: a change that came through would be seen', async () => {
	requests.clear();
	const {code} = await shop.run(['--yes', 'k8s', 'scale', 'deployment/accounts', '3']);
	expect([code, arena.writes().length]).toEqual([0, 1]);
});
