import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {at} from '../servers/questions.ts';
import {openTmux, type Tmux} from '../support/tmux.ts';
import {deployed, imageOf, serves, shop} from './in-shop.ts';
import {observedPlane} from './traffic/observed-plane.ts';

/** On the real control plane with real Prometheus: what a person sees of drift, of a rollout and of its way back is what those servers did. */
const one = observedPlane();

const open: Tmux[] = [];
afterAll(() => Promise.all(open.map(terminal => terminal.close())));

/** Two pods behind a Service, and so many requests that Prometheus has counted some. */
async function serving(name: string) {
	await deployed(one, name, {replicas: 2, image: 'x:1'});
	await one.createService(name, 400);
	await one.measures(`sum(rate(http_requests_total{namespace="shop",deployment="${name}"}[5s]))`, ([sum]) => (sum?.value ?? 0) > 100);
}

const terminals = [
	{name: 'web', columns: 80, rows: 24},
	{name: 'narrow', columns: 40, rows: 24},
];
beforeAll(() => Promise.all(terminals.map(({name}) => serving(name))));

/** A person with a home of their own in front of the chat. Lines are read as sentences, however the width breaks them. */
async function person({name, columns, rows}: (typeof terminals)[number]) {
	const home = join(one.folder(), name);
	const env = {HOME: home, XDG_STATE_HOME: join(home, 'state'), XDG_CONFIG_HOME: join(home, 'config')};
	const words = ['--kubeconfig', one.plane().kubeconfig, '-n', 'shop', '--prometheus', one.prometheus(), 'chat', '--no-model'];
	const terminal = await openTmux({columns, rows, words, env});
	open.push(terminal);
	const reads = (sentence: string) => terminal.shows(text => text.replaceAll(/\s+/g, ' ').includes(sentence));
	return {
		...terminal,
		reads,
		async says(request: string) {
			await terminal.type(request);
			await terminal.press('Enter');
		},
	};
}

test.concurrent.each(terminals)(
	'a person in a terminal of $columns columns asks, refuses with words, meets drift, rolls out and takes all of it back',
	async terminal => {
		const {name} = terminal;
		const me = await person(terminal);
		await me.reads('no model');

		await me.says(`scale ${name} to 6`);
		await me.reads(`Scale Deployment shop/${name} from 2 to 6 replicas`);
		await me.type('r');
		await me.reads('Why not?');
		await me.says('too many, use 4 instead');

		await me.reads(`Scale Deployment shop/${name} from 2 to 4 replicas`);
		await me.reads('you refused the plan before: too many, use 4 instead');
		await one.merge(shop.deployments(name), {spec: {replicas: 3}});
		const before = at(await one.read(shop.deployments(name)), 'spec');
		await me.approve();

		await me.reads(`Scale Deployment shop/${name} from 3 to 4 replicas`);
		await me.reads(`the plan before was not applied: Deployment shop/${name} moved`);
		await me.approve();
		const scaled = await me.reads('takes it back');
		const [, scaling = ''] = /\/undo\s+(\w{12})/.exec(scaled) ?? [];
		await serves(one, name, 'x:1', 4);

		await me.says(`canary ${name} with image x:2 at 50, 100 percent, each for 6 seconds`);
		await me.reads(`Canary of shop/${name}`);
		await me.approve();
		await me.reads('Judge 50 %');
		// The live screen, and back to the call that goes on.
		await me.press('C-r');
		await me.reads(`Canary of shop/${name}`);
		await me.reads('Traffic');
		await me.type('q');
		await me.reads('deployment_canary');
		await me.reads('Done: Canary');
		await serves(one, name, 'x:2', 4);

		await me.says('undo that');
		await me.reads('Take back ');
		await me.approve();
		await me.reads('Done: Take back');
		await serves(one, name, 'x:1', 4);

		await me.says(`/undo ${scaling}`);
		await me.approve();
		await me.reads(`Done: Take back ${scaling}`);
		await serves(one, name, 'x:1', 3);
		const after = await one.read(shop.deployments(name));
		expect(at(after, 'spec')).toEqual(before);
		expect(imageOf(after)).toBe('x:1');

		await me.press('C-d');
		expect(await me.ended()).toBe(0);
		expect(await me.all()).toContain('Go on with: mkcoa chat --resume');
	},
	// Two rollouts, each step of which may be slow on a busy machine.
	240_000,
);
