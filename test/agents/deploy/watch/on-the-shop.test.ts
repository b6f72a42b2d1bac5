import {expect, onTestFinished, test} from 'vitest';
import {deploymentAbort} from '../../../../src/agents/deploy/tools/deployment-abort.ts';
import {deploymentCanary} from '../../../../src/agents/deploy/tools/deployment-canary.ts';
import {deploymentPause} from '../../../../src/agents/deploy/tools/deployment-pause.ts';
import {type RolloutWatch, watchRollout} from '../../../../src/agents/deploy/watch/watch-rollout.ts';
import type {RolloutPicture} from '../../../../src/core/rollout-picture.ts';
import {shopRoad} from '../../../support/shop-road.ts';
import {addRollout} from '../../../support/shop-rollout.ts';

const shop = await shopRoad({speed: 20});
const {run, ports, clock} = shop;
// Its kind has to be there before the cluster is asked for its kinds.
addRollout(shop, 'ledger');

/** A rollout as another terminal sees it. */
async function watched(name: string, holderDied: (holder: string) => boolean = () => false) {
	const never = new AbortController().signal;
	const watch = await watchRollout({name, namespace: 'shop'}, {cluster: ports.cluster, clock, holderDied, signal: never});
	onTestFinished(watch.close);
	return watch;
}

const until = ({current}: Pick<RolloutWatch, 'current'>, is: (picture: RolloutPicture) => boolean) =>
	expect.poll(() => is(current()), {timeout: 30_000, interval: 20}).toBe(true);

const image = (name: string) => `registry.example/shop/${name}:9.0.0`;

const canary = (name: string, change: Parameters<typeof run>[2] = {}) =>
	run(deploymentCanary, {name, image: image(name), steps: '50,100', interval: '30s'}, change);

test('a canary is watched from its start until it is promoted', {timeout: 60_000}, async () => {
	const watch = await watched('accounts');
	expect(watch.current()).toMatchObject({state: 'done', weights: [], reason: expect.stringMatching(/^nothing rolls out now/)});
	const pictures: RolloutPicture[] = [];
	watch.subscribe(() => pictures.push(watch.current()));
	await canary('accounts');
	await until(watch, ({state, step}) => state === 'done' && step === undefined);
	const judging = pictures.find(({step}) => step?.title.startsWith('Judge') === true);
	expect(judging).toMatchObject({
		state: 'running',
		summary: `Canary of shop/accounts: accounts=${image('accounts')}, steps 50,100`,
		weights: [{name: 'new', share: 0.5}, {share: 0.5}],
		weighed: 'by ready pods of Service accounts',
		progress: {text: expect.stringMatching(/serves 50 %/)},
	});
	expect(judging?.tree.map(({name}) => name)).toEqual(['Deployment accounts', 'Deployment accounts-canary']);
	expect(judging?.tree[1]?.children[0]).toMatchObject({
		state: 'good',
		children: [{state: 'good', text: expect.stringMatching(/^ready, node/)}],
	});
	expect(watch.current()).toMatchObject({
		verdict: {verdict: 'pass'},
		metrics: [{metric: 'error-ratio', within: {low: expect.any(Number), high: expect.any(Number)}}, {metric: 'latency-p99'}],
		weights: [{name: 'new', share: 1}, {share: 0}],
		reason: `it went through; accounts runs accounts=${image('accounts')}`,
	});
	// The last steps may follow each other faster than pictures do: of those that come together, the newest is told.
	const told = watch.current().told.map(text => text.slice(0, 16));
	const quick = ['step 6 of 8: Pro', 'step 7 of 8: Rem', 'step 8 of 8: Rem'];
	expect(told.filter(text => !quick.includes(text))).toEqual([
		'it is done: noth',
		'a rollout begins',
		'step 3 of 8: Sta',
		'step 4 of 8: Tak',
		'step 5 of 8: Jud',
		'pass: at 50 %, e',
		'it is done: it w',
	]);
	const last = told.slice(told.indexOf('pass: at 50 %, e') + 1, -1);
	expect(last).toEqual(quick.filter(text => last.includes(text)));
	expect(last).not.toEqual([]);
});

test('a pause and an abort of somebody else are seen, and why it went back', {timeout: 60_000}, async () => {
	const ended = canary('cart', {holder: 'alice@here/1', by: 'alice'});
	const watch = await watched('cart');
	await until(watch, ({step}) => step?.title.startsWith('Judge') === true);
	expect(watch.current()).toMatchObject({led: 'alice@here', endsAt: expect.any(Number)});
	await run(deploymentPause, {name: 'cart'}, {holder: 'bob@there/2'});
	await until(watch, ({state}) => state === 'paused');
	expect(watch.current().endsAt).toBeUndefined();
	const aborted = run(deploymentAbort, {name: 'cart'}, {holder: 'bob@there/2'});
	await until(watch, ({state}) => state === 'aborting' || state === 'failed');
	await Promise.all([ended, aborted]);
	await until(watch, ({state}) => state === 'failed');
	expect(watch.current()).toMatchObject({
		reason: expect.stringMatching(
			/^it was taken back, because bob@there asked for it; cart runs cart=registry\.example\/shop\/cart:3\.1\.0$/,
		),
		weights: [{name: 'new', share: 0}, {share: 1}],
	});
});

test('a rollout whose process died is left half way, and somebody is told what to do', {timeout: 60_000}, async () => {
	const died = new AbortController();
	const holder = 'alice@here/7';
	let isDead = false;
	const ended = canary('search', {holder, signal: died.signal});
	const watch = await watched('search', each => isDead && each === holder);
	await until(watch, ({step}) => step?.title.startsWith('Judge') === true);
	died.abort();
	await ended;
	isDead = true;
	await until(watch, ({state}) => state === 'stopped');
	expect(watch.current()).toMatchObject({
		led: expect.stringMatching(/^nobody/),
		next: ['Go on with it: mkcoa deploy resume search -n shop', 'Take it back: mkcoa deploy abort search -n shop'],
	});
	// Somebody deletes the record: who saw it knows what it was, and who comes then is told what is left.
	shop.sandbox.machine.remove('ConfigMap', 'shop', 'mkcoa-rollout-search');
	await until(watch, ({reason}) => reason?.startsWith('its record was deleted') === true);
	const later = await watched('search', () => true);
	await until(later, ({reason}) => reason?.startsWith('a rollout left search-canary, and its record is gone') === true);
	for (const {current} of [watch, later])
		expect(current()).toMatchObject({state: 'stopped', next: ['Take it back: mkcoa deploy abort search -n shop']});
});

test('an Argo Rollout is seen in the words of its controller', {timeout: 60_000}, async () => {
	const watch = await watched('ledger');
	expect(watch.current()).toMatchObject({
		summary: 'Rollout shop/ledger',
		state: 'paused',
		led: 'Argo Rollouts',
		step: {index: 1, of: 4, title: 'pause until promoted'},
		weights: [{name: 'new', share: 0.25}, {share: 0.75}],
		weighed: 'as Argo Rollouts has it',
	});
	const {machine} = shop.sandbox;
	const rollout = machine.get('Rollout', 'shop', 'ledger');
	if (rollout === undefined) throw new Error('there is a Rollout');
	const status = {
		...(rollout.status as object),
		phase: 'Healthy',
		stableRS: 'new',
		currentStepIndex: 4,
		controllerPause: false,
		pauseConditions: [],
	};
	machine.update({...rollout, status}, 'rollouts-controller', 'status');
	await until(watch, ({state}) => state === 'done');
});
