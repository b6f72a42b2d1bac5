import {describe, expect, test} from 'vitest';
import {deploymentAbort} from '../../../src/agents/deploy/tools/deployment-abort.ts';
import {deploymentCanary} from '../../../src/agents/deploy/tools/deployment-canary.ts';
import {MkcoaError} from '../../../src/core/error.ts';
import type {Event} from '../../../src/core/event.ts';
import type {JsonObject} from '../../../src/core/json.ts';
import {numberAt} from '../../../src/core/kube/json-at.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import type {Write} from '../../../src/core/plan.ts';
import {LostAnswerError} from '../../../src/core/tool.ts';
import {shopRoad} from '../../support/shop-road.ts';

/** Each group has a shop of its own: they wait at the same time. */
async function shop() {
	const {run, sandbox, ports, effector} = await shopRoad();
	const {machine} = sandbox;
	const live = (name: string) => machine.get('Deployment', 'shop', name);
	return {
		run,
		ports,
		effector,
		machine,
		live,
		replicasOf: (name: string) => numberAt(live(name), 'spec', 'replicas'),
		change(name: string, how: (object: KubeObject) => KubeObject) {
			const object = live(name);
			if (object !== undefined) machine.update(how(object), 'colleague');
		},
	};
}
const shops = {ofPods: await shop(), ofOthers: await shop(), ofServer: await shop(), ofMetrics: await shop()};
// Ten seconds without an answer are told: at the usual speed a sixth of one on the wall, which a busy machine takes for any answer.
const unhurried = await shopRoad({speed: 20});
const image = (name: string, tag = '9.0.0') => `registry.example/shop/${name}:${tag}`;
const labelled = (object: KubeObject) => ({...object, metadata: {...object.metadata, labels: {...object.metadata.labels, team: 'other'}}});
const canary = (name: string, more: JsonObject = {}) => ({
	name,
	image: image(name),
	steps: '50,100',
	interval: '20s',
	readyWithin: '60s',
	...more,
});
/** A stage that was never judged, because its pods did not get ready. */
const unready = (reason: RegExp) => ({
	verdict: {verdict: 'fail', reason: expect.stringMatching(reason), judgedBy: ['readiness'], metrics: []},
});
/** Does something once, when the canary is judged. */
const whenJudged = (go: () => void) => {
	let done = false;
	return (event: Event) => {
		if (done || event.kind !== 'step' || !event.title.startsWith('Judge')) return;
		done = true;
		go();
	};
};
const away = new MkcoaError({kind: 'environment', code: 'server-error', what: 'The server answered 500'});

describe.concurrent('canary pods that do not run', {timeout: 60_000}, () => {
	const {run, machine} = shops.ofPods;
	const quota = {apiVersion: 'v1', kind: 'ResourceQuota', metadata: {name: 'tight', namespace: 'shop'}, spec: {hard: {pods: '1'}}};

	test('a quota that keeps the stable version from coming back is told, though the canary made room', {concurrent: false}, async () => {
		const {outcome} = await run(deploymentCanary, canary('cart'), {emit: whenJudged(() => machine.create(quota, 'colleague'))});
		machine.remove('ResourceQuota', 'shop', 'tight');
		expect(outcome).toMatchObject({
			kind: 'failed',
			error: {what: 'The canary of cart could not be taken back whole'},
			output: {verdict: 'stuck'},
		});
		expect(outcome.kind === 'failed' && outcome.undone).toContain('Remove cart-canary');
		expect(outcome.kind === 'failed' && outcome.left.join()).toMatch(/^cart: .*exceeded quota: tight/);
		const {outcome: finished} = await run(deploymentAbort, {name: 'cart'});
		expect(finished).toMatchObject({kind: 'done'});
	});

	test('a quota that lets no pod be made is the reason, long before the time is over', {concurrent: false}, async () => {
		const tighten = (event: Event) => void (event.kind === 'approved' && machine.create(quota, 'colleague'));
		const {outcome} = await run(deploymentCanary, canary('shipping', {readyWithin: '1h'}), {emit: tighten});
		machine.remove('ResourceQuota', 'shop', 'tight');
		expect(outcome).toMatchObject({kind: 'failed', error: {code: 'canary-failed'}, left: [], output: {verdict: 'rolled-back'}});
		expect(outcome.kind === 'failed' && outcome.error.why).toMatch(/cannot run \(pods cannot be created: .*exceeded quota: tight/);
		expect(outcome).toMatchObject({output: {stages: [unready(/cannot run \(pods cannot be created: .*exceeded quota: tight/)]}});
	});

	test('a pod that no node takes is waited for, and what it asks of nodes is told', {concurrent: false}, async () => {
		const picky = withPodSpec(machine.get('Deployment', 'shop', 'payments') as KubeObject, {nodeSelector: {disk: 'none-has-it'}});
		const {image: _, ...asked} = canary('payments', {readyWithin: '20s'});
		const {outcome} = await run(deploymentCanary, {...asked, manifest: JSON.stringify(picky)});
		expect(outcome.kind === 'failed' && outcome.error.why).toMatch(
			/^0 of 1 new pods were ready when the time was over \(cannot be scheduled: 0\/\d nodes/,
		);
		expect(outcome).toMatchObject({output: {stages: [unready(/^0 of 1 new pods were ready .*\(cannot be scheduled: 0\/\d nodes/)]}});
	});

	test('pods that a later step lacks fail that step, beside what was said of the one before', {concurrent: false}, async () => {
		const tighten = whenJudged(() => machine.create(quota, 'colleague'));
		const loosen = (event: Event) => event.kind === 'step' && /^Going back/.test(event.title);
		const emit = (event: Event) => {
			tighten(event);
			if (loosen(event) && machine.get('ResourceQuota', 'shop', 'tight') !== undefined) machine.remove('ResourceQuota', 'shop', 'tight');
		};
		const {outcome} = await run(deploymentCanary, canary('web', {steps: '25,75,100', metrics: ['readiness']}), {emit});
		expect(outcome).toMatchObject({
			kind: 'failed',
			left: [],
			output: {
				verdict: 'rolled-back',
				stages: [
					{weight: 25, verdict: {verdict: 'pass'}},
					{weight: 75, ...unready(/exceeded quota: tight/)},
				],
			},
		});
	});

	test('a container that needs too much memory is named with its end', {concurrent: false}, async () => {
		const {outcome} = await run(deploymentCanary, canary('accounts', {image: image('accounts', '9.0.0-oom'), interval: '60s'}));
		expect(outcome.kind === 'failed' && outcome.error.why).toMatch(/\d+ container restarts? in the canary \(OOMKilled \(exit code 137\)\)/);
	});
});

const withPodSpec = (object: KubeObject, more: JsonObject): KubeObject => {
	const spec = object.spec as {template: {spec: JsonObject}};
	return {...object, spec: {...spec, template: {...spec.template, spec: {...spec.template.spec, ...more}}}} as KubeObject;
};

describe.concurrent('somebody steps in', {timeout: 60_000}, () => {
	const {run, machine, change, live, replicasOf} = shops.ofOthers;
	test('a canary that was deleted ends it, and nothing is left', async () => {
		const {outcome} = await run(deploymentCanary, canary('checkout'), {
			emit: whenJudged(() => machine.remove('Deployment', 'shop', 'checkout-canary')),
		});
		expect(outcome).toMatchObject({kind: 'failed', error: {code: 'canary-failed'}, left: []});
		expect(outcome.kind === 'failed' && outcome.error.why).toMatch(/somebody deleted checkout-canary/);
		expect(outcome.kind === 'failed' && outcome.undone).toEqual([
			'Bring checkout back to 3 pods of registry.example/shop/checkout:2.3.1',
			'Remove checkout-canary (it was gone already)',
		]);
		expect(replicasOf('checkout')).toBe(3);
	});

	test('a stable version that was changed keeps its canary, because fewer pods would serve without it', async () => {
		const {outcome} = await run(deploymentCanary, canary('catalog'), {emit: whenJudged(() => change('catalog', labelled))});
		expect(outcome).toMatchObject({kind: 'failed', error: {code: 'drifted'}, undone: [], output: {verdict: 'stuck'}});
		expect(outcome.kind === 'failed' && outcome.left).toEqual([
			'Bring catalog back to 3 pods of registry.example/shop/catalog:2.8.4 (Deployment shop/catalog was changed; colleague wrote it last)',
			'Remove catalog-canary (not done: without it catalog has 2 of 3 pods)',
		]);
		expect(outcome.kind === 'failed' && outcome.error.next).toMatch(/mkcoa deploy abort catalog -n shop, or mkcoa undo/);
		expect([live('catalog')?.metadata.labels?.team, live('catalog-canary') === undefined]).toEqual(['other', false]);
	});

	test('a stable version that was scaled back meanwhile stands, so the canary goes', async () => {
		const grow = () => change('worker', object => ({...object, spec: {...(object.spec as JsonObject), replicas: 4}}));
		const {outcome} = await run(deploymentCanary, canary('worker'), {emit: whenJudged(grow)});
		expect(outcome).toMatchObject({kind: 'failed', error: {code: 'drifted'}, undone: ['Remove worker-canary']});
		expect([replicasOf('worker'), live('worker-canary')]).toEqual([4, undefined]);
	});
});

describe.concurrent('the server', {timeout: 60_000}, () => {
	const {run, effector, live} = shops.ofServer;
	test('that goes on answering 500 to the way back leaves the canary beside a small stable version, and says so', async () => {
		const isRestore = (write: Write) => write.op === 'patch' && write.type === 'json' && JSON.stringify(write.patch).includes(':0.14.1');
		const tied = {
			...effector,
			send: (...sent: Parameters<typeof effector.send>) => (isRestore(sent[0]) ? Promise.reject(away) : effector.send(...sent)),
		};
		const {outcome} = await run(
			deploymentCanary,
			canary('recommendations', {image: image('recommendations', '9.0.0-bad'), interval: '60s'}),
			{effector: tied},
		);
		expect(outcome).toMatchObject({
			kind: 'failed',
			error: {code: 'server-error'},
			left: ['the canary of recommendations rests where it is'],
		});
		expect(live('recommendations-canary')).toBeDefined();
	});

	const losing = (isLost: (write: Write) => boolean) => ({
		...effector,
		async send(...sent: Parameters<typeof effector.send>) {
			if (!isLost(sent[0])) return effector.send(...sent);
			throw new LostAnswerError(away);
		},
	});

	test('that takes writes and tells of none leaves the rollout where it is, and says both ways on', async () => {
		const {outcome} = await run(deploymentCanary, canary('search'), {
			effector: losing(({op, ref}) => op === 'create' && ref.kind === 'Deployment'),
		});
		expect(outcome).toMatchObject({
			kind: 'failed',
			error: {code: 'server-error'},
			undone: [],
			left: ['the canary of search rests where it is'],
		});
		expect(outcome.kind === 'failed' && outcome.error.next).toMatch(
			/mkcoa resume j1.*mkcoa deploy resume search -n shop.*mkcoa deploy abort search -n shop/,
		);
	});

	test('whose answer to the promotion was lost once is looked at, and the canary goes on to its end', async () => {
		let lost = 0;
		const once = {
			...effector,
			async send(...sent: Parameters<typeof effector.send>) {
				const answer = await effector.send(...sent);
				if (sent[0].op === 'patch' && sent[0].ref.name === 'shipping' && lost++ === 0) throw new LostAnswerError(away);
				return answer;
			},
		};
		const {outcome} = await run(deploymentCanary, canary('shipping', {image: image('shipping', '8.0.0'), metrics: ['error-ratio']}), {
			effector: once,
		});
		expect(outcome).toMatchObject({kind: 'done', output: {verdict: 'promoted'}});
		expect(live('shipping-canary')).toBeUndefined();
	});

	test('that is away for some looks ends nothing', {concurrent: false}, async () => {
		const {ports, run} = unhurried;
		let judged = false;
		let asked = 0;
		const cluster = {
			...ports.cluster,
			get: (ref: Parameters<typeof ports.cluster.get>[0]) => (judged && ++asked < 4 ? Promise.reject(away) : ports.cluster.get(ref)),
		};
		const judge = whenJudged(() => {
			judged = true;
		});
		const notes: string[] = [];
		const emit = (event: Event) => {
			judge(event);
			if (event.kind === 'note') notes.push(event.text);
		};
		const {outcome} = await run(deploymentCanary, canary('web', {interval: '60s'}), {ports: {...ports, cluster}, emit});
		expect(outcome).toMatchObject({kind: 'done', output: {verdict: 'promoted'}});
		expect(notes[0]).toBe('The cluster does not answer, trying again: The server answered 500');
	});
});

describe.concurrent('metrics', {timeout: 60_000}, () => {
	const {run, ports} = shops.ofMetrics;
	test('that fail while it is planned are a reason to judge without them, in the plan', {concurrent: false}, async () => {
		const source = await ports.metrics();
		if (source.metrics === undefined) throw new Error(source.why);
		const metrics = {...source.metrics, query: () => Promise.reject(away)};
		const {outcome} = await run(deploymentCanary, canary('shipping'), {ports: {...ports, metrics: async () => ({metrics})}, mode: 'plan'});
		if (outcome.kind !== 'planned') throw new Error(JSON.stringify(outcome));
		expect(outcome.plan.verify[0]).toMatch(/^Each step is judged by restarts and readiness alone/);
		expect(outcome.plan.consequences).toContainEqual({
			id: 'pods-alone',
			severity: 'warning',
			text: 'Nothing compares errors and latencies of the two versions: restarts and readiness of the new pods alone decide',
		});
	});

	test('that a plan promised and that are gone at its carrying out are no pass', async () => {
		let asked = 0;
		// Planned twice: once to be read, once after the yes.
		const metrics = async () => (++asked > 2 ? ({why: 'Prometheus was deleted'} as const) : ports.metrics());
		const {outcome} = await run(deploymentCanary, canary('shipping'), {ports: {...ports, metrics}});
		expect(outcome).toMatchObject({kind: 'failed', output: {stages: [{verdict: {verdict: 'not-enough-data'}}]}});
		expect(outcome.kind === 'failed' && outcome.error.next).toBe(
			'Nothing of it is left. Run it again when the metrics are there, or judge it by its pods alone: --metrics readiness,restarts',
		);
	});

	test('that end while a stage is judged are no pass, whatever was counted before', async () => {
		const source = await ports.metrics();
		if (source.metrics === undefined) throw new Error(source.why);
		const {query} = source.metrics;
		let gone = false;
		const metrics = {...source.metrics, query: (promql: string) => (gone ? Promise.reject(away) : query(promql))};
		const notes: string[] = [];
		const emit = (event: Event) => {
			// The canary has its hundred requests, and some looks of the stage are left.
			if (event.kind === 'progress' && /of the canary's \d+ requests failed/.test(event.text)) gone = true;
			if (event.kind === 'note') notes.push(event.text);
		};
		const {outcome} = await run(deploymentCanary, canary('web', {image: image('web', '9.1.0'), interval: '60s'}), {
			ports: {...ports, metrics: async () => ({metrics})},
			emit,
		});
		const verdict = {
			verdict: 'not-enough-data',
			metrics: expect.arrayContaining([expect.objectContaining({metric: 'error-ratio', canarySamples: expect.any(Number)})]),
		};
		expect(outcome).toMatchObject({kind: 'failed', output: {verdict: 'rolled-back', stages: [{verdict}]}});
		expect(outcome.kind === 'failed' && outcome.error.why).toMatch(/failed, .*, and nothing is counted since: The server answered 500$/);
		expect(notes).toContain('No metrics since this look: The server answered 500');
	});

	test('that come with the first scrape after a minute are waited for, however short the interval is', async () => {
		const source = await ports.metrics();
		if (source.metrics === undefined) throw new Error(source.why);
		const {query, histograms} = source.metrics;
		// Looks are 1.7 seconds apart.
		let looks = 0;
		const scraped = (ask: typeof histograms) => async (promql: string) =>
			(await ask(promql)).filter(({labels: {pod = ''}}) => looks > 30 || !pod.startsWith('accounts-canary-'));
		const metrics = {...source.metrics, query: scraped(query), histograms: scraped(histograms)};
		const notes: string[] = [];
		const emit = (event: Event) => {
			looks += Number(event.kind === 'progress' && event.total === 6);
			if (event.kind === 'note') notes.push(event.text);
		};
		const {outcome} = await run(deploymentCanary, canary('accounts', {interval: '10s', image: image('accounts', '9.2.0')}), {
			ports: {...ports, metrics: async () => ({metrics})},
			emit,
		});
		expect(outcome, JSON.stringify(outcome)).toMatchObject({kind: 'done', output: {verdict: 'promoted'}});
		expect(notes.filter(text => /^Stage 50 % goes on: .*0 requests reached the canary/.test(text))).toHaveLength(1);
	});

	test('that have no series of the canary name them, and no longer interval is advised', {concurrent: false}, async () => {
		const source = await ports.metrics();
		if (source.metrics === undefined) throw new Error(source.why);
		const {query, histograms} = source.metrics;
		const withoutCanary = (ask: typeof histograms) => async (promql: string) =>
			(await ask(promql)).filter(({labels: {pod = ''}}) => !pod.startsWith('shipping-canary-'));
		const metrics = {...source.metrics, query: withoutCanary(query), histograms: withoutCanary(histograms)};
		const {outcome} = await run(deploymentCanary, canary('shipping', {interval: '10s'}), {
			ports: {...ports, metrics: async () => ({metrics})},
		});
		if (outcome.kind !== 'failed') throw new Error(JSON.stringify(outcome));
		expect(outcome.error.why).toMatch(
			/has no http_requests_total\{namespace="shop",pod=~"shipping-canary-[^"]+",code!=""\} of the canary, while the other version is counted/,
		);
		expect(outcome.error.next).toBe(
			'Nothing of it is left. Ask that Prometheus for the series: where they are missing, nothing scrapes the pods or no request reaches them; where another one has them, name it with --prometheus URL. Or judge it by what there is: --metrics readiness,restarts, or a query of your own',
		);
	});
});
