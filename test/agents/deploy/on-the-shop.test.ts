import {describe, expect, test} from 'vitest';
import {deploymentCanary} from '../../../src/agents/deploy/tools/deployment-canary.ts';
import {deploymentRollback} from '../../../src/agents/deploy/tools/deployment-rollback.ts';
import {deploymentStatus} from '../../../src/agents/deploy/tools/deployment-status.ts';
import {deploymentUpdate} from '../../../src/agents/deploy/tools/deployment-update.ts';
import {objectsAt, wordAt} from '../../../src/mcp/kubernetes/model/fields.ts';
import {shopRoad} from '../../support/shop-road.ts';

const {run, sandbox, ports} = await shopRoad();
const image = (name: string, tag: string) => `registry.example/shop/${name}:${tag}`;
const live = (name: string) => sandbox.machine.get('Deployment', 'shop', name);
const imageOf = (name: string) => wordAt(objectsAt(live(name), 'spec', 'template', 'spec', 'containers')[0], 'image');
const replicasOf = (name: string) => (live(name)?.spec as {readonly replicas: number} | undefined)?.replicas;

describe('deployment_canary on the embedded shop', () => {
	test('takes back a version whose pods never become ready, and says so', async () => {
		const {outcome, trail} = await run(deploymentCanary, {
			name: 'cart',
			image: image('cart', '3.2.0-unready'),
			readyWithin: '30s',
			interval: '30s',
		});
		expect(outcome).toMatchObject({kind: 'failed', error: {code: 'canary-failed'}, left: [], output: {verdict: 'rolled-back'}});
		expect(outcome.kind === 'failed' && outcome.error.why).toMatch(
			/^0 of 1 new pods were ready when the time was over \(cart runs and is not ready\)$/,
		);
		expect([imageOf('cart'), replicasOf('cart'), live('cart-canary')]).toEqual([image('cart', '3.1.0'), 2, undefined]);
		expect(trail.effects.get('j1')?.map(({write}) => `${write.op} ${write.ref.kind} ${write.ref.name}`)).toEqual([
			'create Lease mkcoa-rollout-cart',
			expect.stringMatching(/^create Secret mkcoa-bundle-cart-\d+$/),
			'create Secret mkcoa-rollout-cart',
			'create ConfigMap mkcoa-rollout-cart',
			'create Deployment cart-canary',
			'delete Deployment cart-canary',
			'delete ConfigMap mkcoa-rollout-cart',
			'delete Secret mkcoa-rollout-cart',
			'delete Lease mkcoa-rollout-cart',
		]);
	});

	test('takes back a version that crashes without waiting for the time to be over', async () => {
		const {outcome} = await run(deploymentCanary, {name: 'cart', image: image('cart', '3.2.0-crash'), readyWithin: '10m', interval: '30s'});
		expect(outcome).toMatchObject({kind: 'failed', output: {verdict: 'rolled-back'}});
		expect(outcome.kind === 'failed' && outcome.error.why).toMatch(/restart|cannot run/);
	});

	test('keeps the pods that an autoscaler owns, and puts the canary on top', async () => {
		const autoscale = () => {
			const now = live('search');
			if (now === undefined) throw new Error('search is gone');
			sandbox.machine.update(
				{...now, spec: {...(now.spec as object), replicas: (replicasOf('search') ?? 0) + 1}} as typeof now,
				'horizontal-pod-autoscaler',
			);
		};
		const {outcome, trail} = await run(
			deploymentCanary,
			{name: 'search', image: image('search', '5.1.0'), steps: '25,100', interval: '60s'},
			// The autoscaler works on while the canary is judged.
			{emit: event => void (event.kind === 'step' && event.title.startsWith('Judge') && autoscale())},
		);
		expect(outcome).toMatchObject({kind: 'done', output: {verdict: 'promoted', stages: [{weight: 25, verdict: {verdict: 'pass'}}]}});
		expect(trail.entries[0]?.plan.consequences.map(({id}) => id)).toContain('autoscaler-owns-replicas');
		const scaled = trail.effects.get('j1')?.filter(({write}) => write.op === 'patch' && write.type === 'merge');
		expect(scaled).toEqual([]);
		expect([imageOf('search'), live('search-canary')]).toEqual([image('search', '5.1.0'), undefined]);
	});

	test('judges by readiness alone where there is no metrics server, and says why in the plan', async () => {
		const blind = {...ports, metrics: async () => ({why: 'the cluster has no Service that looks like Prometheus'})};
		const {outcome, trail} = await run(
			deploymentCanary,
			{name: 'accounts', image: image('accounts', '1.3.0'), steps: '50,100', interval: '30s'},
			{ports: blind},
		);
		expect(outcome).toMatchObject({
			kind: 'done',
			output: {verdict: 'promoted', stages: [{verdict: {judgedBy: ['restarts', 'readiness']}}]},
		});
		expect(trail.entries[0]?.plan.verify.slice(0, 2).join()).toMatch(
			/^Each step is judged by restarts and readiness alone.*,Error ratio is not judged: the cluster has no Service that looks like Prometheus$/,
		);
	});

	test('metrics that vanish in the middle are no verdict: the canary is taken back for want of data', async () => {
		const source = await ports.metrics();
		if (source.metrics === undefined) throw new Error(source.why);
		const {metrics} = source;
		let asked = 0;
		const flaky = {
			...ports,
			metrics: async () => ({
				metrics: {...metrics, query: (promql: string) => (++asked > 4 ? Promise.resolve([]) : metrics.query(promql))},
			}),
		};
		const {outcome} = await run(
			deploymentCanary,
			{name: 'payments', image: image('payments', '1.10.0'), steps: '50,100', interval: '20s'},
			{ports: flaky},
		);
		expect(outcome).toMatchObject({kind: 'failed', output: {verdict: 'rolled-back', stages: [{verdict: {verdict: 'not-enough-data'}}]}});
	});

	test.each([
		[{name: 'nothere', image: 'x:1'}, 'no-such-workload'],
		[{name: 'web', image: ''}, 'bad-image'],
		[{name: 'web', image: 'sidecar=x:1'}, 'which-container'],
		[{name: 'web', image: 'x:1', steps: '50,25'}, 'bad-input'],
		[{name: 'web', image: 'x:1', steps: 'half'}, 'bad-input'],
		[{name: 'web', image: 'x:1', interval: '5'}, 'bad-input'],
		[{name: '--server=https://attacker.example', image: 'x:1'}, 'bad-input'],
	])('refuses %j', async (input, code) => {
		expect((await run(deploymentCanary, input)).outcome).toMatchObject({kind: 'failed', error: {kind: 'usage', code}});
	});

	test('an image that runs already is nothing to do', async () => {
		expect((await run(deploymentCanary, {name: 'web', image: image('web', '1.4.2')})).outcome.kind).toBe('nothing-to-do');
	});
});

describe('deployment_update and deployment_rollback', () => {
	test('a rolling update is watched to its end, and a rollback returns to the revision before', async () => {
		const updated = await run(deploymentUpdate, {name: 'checkout', image: image('checkout', '2.4.0')});
		expect(updated.outcome).toMatchObject({kind: 'done', output: {images: [`checkout=${image('checkout', '2.4.0')}`], ready: 3, pods: 3}});
		const back = await run(deploymentRollback, {name: 'checkout'});
		expect(back.outcome).toMatchObject({kind: 'done', output: {images: [`checkout=${image('checkout', '2.3.1')}`], revision: 4}});
		expect(imageOf('checkout')).toBe(image('checkout', '2.3.1'));
	});

	test('an image that cannot be pulled ends the watch early, and is taken back', async () => {
		const {outcome} = await run(deploymentUpdate, {name: 'shipping', image: image('shipping', 'missing')});
		expect(outcome).toMatchObject({
			kind: 'failed',
			error: {code: 'rolling-failed'},
			left: [],
			undone: ['Give shipping its former pod template again'],
		});
		expect(outcome.kind === 'failed' && outcome.error.why).toMatch(/ImagePull/);
		const status = await run(deploymentStatus, {name: 'shipping'});
		expect(status.outcome).toMatchObject({kind: 'done', output: {state: 'healthy'}});
	});

	test('a revision that is not kept is refused with those that are', async () => {
		const {outcome} = await run(deploymentRollback, {name: 'web', to: 99});
		expect(outcome).toMatchObject({kind: 'failed', error: {code: 'no-such-revision'}});
		expect(outcome.kind === 'failed' && outcome.error.why).toMatch(/it keeps [\d, ]+, and 3 is current/);
	});
});

describe('deployment_status', () => {
	test('a healthy workload, in data and in words', async () => {
		const {outcome} = await run(deploymentStatus, {name: 'web'});
		expect(outcome).toMatchObject({
			kind: 'done',
			output: {state: 'healthy', desired: 3, ready: 3, images: [`web=${image('web', '1.4.2')}`]},
		});
		if (outcome.kind !== 'done') throw new Error('not done');
		const text = deploymentStatus.text(deploymentStatus.output.parse(outcome.output), {width: 80, terminal: true, nowMs: Date.now()});
		expect(text.split('\n').slice(0, 2)).toEqual(['✓ shop/web healthy: 3/3 ready', `revision 3, web=${image('web', '1.4.2')}`]);
	});
});

describe('a canary that is interrupted', () => {
	test('Ctrl-C in the middle says what was done, what is left, and the two ways on', async () => {
		const stop = new AbortController();
		const {outcome} = await run(
			deploymentCanary,
			{name: 'catalog', image: image('catalog', '2.9.0'), interval: '10m'},
			{
				signal: stop.signal,
				emit: event => {
					if (event.kind === 'step' && event.title.startsWith('Judge')) stop.abort(new Error('interrupted'));
				},
			},
		);
		expect(outcome).toMatchObject({
			kind: 'failed',
			error: {
				code: 'cancelled',
				what: 'The canary of catalog stands half way',
				next: 'Go on with: mkcoa resume j1, or from any machine with: mkcoa deploy resume catalog -n shop; or take it back: mkcoa deploy abort catalog -n shop',
			},
			left: ['the canary of catalog rests where it is'],
			done: [
				'create Lease shop/mkcoa-rollout-catalog',
				expect.stringMatching(/^create Secret shop\/mkcoa-bundle-catalog-\d+$/),
				'create Secret shop/mkcoa-rollout-catalog',
				'create ConfigMap shop/mkcoa-rollout-catalog',
				'create Deployment shop/catalog-canary',
				'patch Deployment shop/catalog',
			],
		});
		expect(live('catalog-canary')).toBeDefined();
	});

	test('a second canary beside it is refused', async () => {
		expect((await run(deploymentCanary, {name: 'catalog', image: image('catalog', '2.9.1')})).outcome).toMatchObject({
			kind: 'failed',
			error: {code: expect.stringMatching(/^rollout-(held|stopped)$/)},
		});
	});

	test('somebody who changes the workload meanwhile stops it, and nothing of theirs is overwritten', async () => {
		const {outcome} = await run(
			deploymentCanary,
			{name: 'recommendations', image: image('recommendations', '0.15.0'), steps: '50,100', interval: '20s'},
			{
				emit(event) {
					const now = live('recommendations');
					if (event.kind !== 'step' || !event.title.startsWith('Judge') || now === undefined) return;
					sandbox.machine.update({...now, metadata: {...now.metadata, labels: {...now.metadata.labels, team: 'other'}}}, 'colleague');
				},
			},
		);
		expect(outcome).toMatchObject({kind: 'failed', error: {code: 'drifted'}});
		expect(live('recommendations')?.metadata.labels?.team).toBe('other');
		expect(imageOf('recommendations')).toBe(image('recommendations', '0.14.1'));
	});
});
