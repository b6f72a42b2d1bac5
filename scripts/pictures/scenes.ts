import type {Tmux} from '../../test/support/tmux.ts';
import {type Shot, type Size, type Stage, shot} from './stage.ts';

type Scene = {
	readonly name: string;
	readonly size: Size;
	readonly take: (stage: Stage) => Promise<Shot>;
	/** What of its text a picture has to tell; all of it if left out. */
	readonly tells?: (text: string) => string;
};

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

/** A screen that the chat goes to by a command. */
const visited = async (terminal: Tmux, command: string, wanted: string | RegExp): Promise<Shot> => {
	await terminal.shows('no model');
	await terminal.type(command);
	await terminal.press('Enter');
	await terminal.shows(wanted);
	return shot(terminal);
};

/** Somebody else's rollout, which goes on while a picture is taken. */
const rolloutOf = async (open: Stage['open'], there: readonly string[]) => {
	const terminal = await open(...there, 'deploy', 'canary', 'web', '--image', image, '--yes');
	await terminal.shows('Judge');
};

/** What goes on in a cluster, what waits and what was changed last. */
const home: Scene = {
	name: 'home',
	size: {...size, rows: 19},
	async take({cluster, open, run}) {
		const there = await cluster('shop');
		await run(...there, 'k8s', 'scale', 'cart', '3', '--yes');
		await run(...there, 'k8s', 'restart', 'search');
		await rolloutOf(open, there);
		const terminal = await open(...there);
		await terminal.shows(text => ['nodes', 'Restart', 'cart'].every(word => text.includes(word)) && !/reading…/i.test(text));
		return shot(terminal);
	},
};

/** A canary while it is judged. What is measured differs each time, and the lines that it takes. */
const rollout: Scene = {
	name: 'rollout',
	tells: text => (text.match(/^\p{L}+/gmu) ?? []).join(' '),
	size: {...size, rows: 34},
	async take({cluster, open}) {
		const there = await cluster('shop');
		await rolloutOf(open, there);
		return visited(await open(...there, 'chat', '--no-model'), '/rollout web', /Verdict +pass/);
	},
};

/** Why a workload is not well. */
const incident: Scene = {
	name: 'incident',
	size,
	async take({cluster, open}) {
		return visited(await open(...(await cluster('broken')), 'chat', '--no-model'), '/incident probe-port-wrong', 'Evidence');
	},
};

/** Everything that is not well. */
const findings: Scene = {
	name: 'findings',
	size: {...size, rows: 24},
	async take({cluster, open}) {
		return visited(await open(...(await cluster('broken')), 'chat', '--no-model'), '/findings', /of \d\d/);
	},
};

/** Changes of a day, and one of them open. */
const history: Scene = {
	name: 'history',
	size: {...size, rows: 20},
	async take({cluster, open, run}) {
		const there = await cluster('shop');
		await run(...there, 'k8s', 'scale', 'cart', '3', '--yes');
		await run(...there, 'k8s', 'patch', 'deployment', 'checkout', '-p', 'metadata: {labels: {team: payments}}', '--yes');
		await run(...there, 'k8s', 'scale', 'search', '6', '--yes');
		await run(...there, 'undo', '--yes');
		return visited(await open(...there, 'chat', '--no-model'), '/history', 'Take back');
	},
};

/** A dashboard that goes on. What is measured differs each time, and the dots that it takes. */
const dashboardAt = (name: string, at: Size): Scene => ({
	name,
	size: at,
	tells: text => (text.match(/^\p{L}+/gmu) ?? []).join(' '),
	async take({cluster, open}) {
		const terminal = await open(...(await cluster('shop')), 'monitor', 'dashboard', 'web', '--watch', '--since', '30m');
		await terminal.shows('Requests');
		return shot(terminal);
	},
});

export const scenes: readonly Scene[] = [
	...[home, chat, review, rollout, incident, findings, history],
	dashboardAt('dashboard', {columns: 80, rows: 46}),
	dashboardAt('dashboard-narrow', {columns: 40, rows: 46}),
];
