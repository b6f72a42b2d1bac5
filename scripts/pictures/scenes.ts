import {type Shot, type Size, type Stage, shot} from './stage.ts';

type Scene = {readonly name: string; readonly size: Size; readonly take: (stage: Stage) => Promise<Shot>};

const size = {columns: 96, rows: 28} as const;
const image = 'registry.example/shop/web:1.5.0';

/** A plan before anything changes. */
const review: Scene = {
	name: 'review',
	size,
	async take({cluster, open}) {
		const terminal = await open(...(await cluster('shop')), 'deploy', 'canary', 'web', '--image', image);
		await terminal.shows('Apply this plan?');
		return shot(terminal);
	},
};

/** A change that was asked for in plain words, said yes to and can be taken back, and one that is not guessed at. */
const chat: Scene = {
	name: 'chat',
	size: {...size, rows: 24},
	async take({cluster, open}) {
		const terminal = await open(...(await cluster('shop')), 'chat', '--no-model');
		await terminal.shows('no model');
		await terminal.type('scale web by 50%');
		await terminal.press('Enter');
		await terminal.approve();
		await terminal.shows('takes it back');
		await terminal.type('delete cart');
		await terminal.press('Enter');
		await terminal.shows('Type 1-3');
		return shot(terminal);
	},
};

export const scenes: readonly Scene[] = [chat, review];
