import {beforeAll, expect, test, vi} from 'vitest';
import {at} from '../servers/questions.ts';
import {deployed, serves, shop} from './in-shop.ts';
import {gateBefore} from './traffic/gate.ts';
import {observedPlane} from './traffic/observed-plane.ts';

const one = observedPlane();
const canary = (name: string, image: string, more = '', prometheus = one.prometheus()) =>
	one.mkcoa(
		`deploy canary ${name} --image ${image} --steps 50,100 --interval 2s --ready-within 20s --prometheus ${prometheus} ${more}`.trim(),
	);
const counted = (name: string) => `sum(rate(http_requests_total{namespace="shop",deployment="${name}"}[5s]))`;

/** A Deployment of two pods behind a Service, and so many requests per second that Prometheus has counted some. */
async function serving(name: string, perSecond: number) {
	await deployed(one, name, {replicas: 2, image: 'x:1'});
	await one.createService(name, perSecond);
	await one.measures(counted(name), ([sum]) => (sum?.value ?? 0) > perSecond / 4);
}

beforeAll(() => Promise.all([...['web', 'bad', 'slow', 'alone'].map(name => serving(name, 400)), serving('quiet', 4)]));

test.concurrent('a good canary is promoted on what Prometheus counted', async () => {
	const {code, outcome} = await canary('web', 'x:2');
	expect({code, outcome}).toMatchObject({code: 0, outcome: {kind: 'done', output: {verdict: 'promoted'}}});
	const verdict = at(outcome, 'output', 'stages', 0, 'verdict');
	expect(verdict).toMatchObject({verdict: 'pass', judgedBy: ['error-ratio', 'latency-p99', 'restarts', 'readiness']});
	expect(at(verdict, 'metrics', 0)).toMatchObject({metric: 'error-ratio', verdict: 'pass'});
	for (const samples of ['canarySamples', 'stableSamples']) expect(at(verdict, 'metrics', 0, samples)).toBeGreaterThan(100);
	expect(JSON.stringify(at(outcome, 'plan', 'verify'))).toContain(`numbers of Prometheus ${one.prometheus()}`);
	await serves(one, 'web', 'x:2', 2);
});

test.concurrent('a canary of which 12 % of the answers are errors is taken back, with ratio and samples', async () => {
	const {code, outcome} = await canary('bad', 'x:2-bad');
	expect({code, outcome}).toMatchObject({
		code: 1,
		outcome: {kind: 'failed', error: {code: 'canary-failed'}, output: {verdict: 'rolled-back'}},
	});
	expect(at(outcome, 'output', 'reason')).toMatch(
		/^error-ratio: \d+\.\d % of the canary's \d+ requests failed, 0(\.\d+)? % of the stable version's \d+/,
	);
	expect(at(outcome, 'output', 'stages', 0, 'verdict', 'metrics', 0, 'canary')).toBeGreaterThan(0.05);
	await serves(one, 'bad', 'x:1', 2);
	await one.gone(shop.deployments('bad-canary'));
});

test.concurrent('a canary that answers in 900 ms is taken back', async () => {
	const {code, outcome} = await canary('slow', 'x:2-latency');
	expect({code, outcome}).toMatchObject({code: 1, outcome: {error: {code: 'canary-failed'}, output: {verdict: 'rolled-back'}}});
	expect(at(outcome, 'output', 'reason')).toMatch(/ s against \d+ ms of the stable version/);
	await serves(one, 'slow', 'x:1', 2);
});

test.concurrent('with too little traffic the canary is taken back for want of data', async () => {
	// One metric: two may be read before and after Prometheus counted again, and then each tells its own number.
	const {code, outcome} = await canary('quiet', 'x:2', '--interval 1s --metrics error-ratio');
	expect({code, outcome}).toMatchObject({
		code: 1,
		outcome: {output: {verdict: 'rolled-back', stages: [{verdict: {verdict: 'not-enough-data'}}]}},
	});
	expect(at(outcome, 'output', 'reason')).toMatch(
		/^\d+ requests reached the canary, 100 are needed, about \d+ more minutes? at this traffic$/,
	);
	await serves(one, 'quiet', 'x:1', 2);
});

test.concurrent('a Prometheus that goes away meanwhile is told, and the canary is not promoted', async () => {
	const gate = await gateBefore(one.prometheus());
	const running = canary('alone', 'x:2', '--interval 10s', gate.url);
	// More than a verdict needs, and while it is judged: what was counted before is no reason to go on.
	await one.eventually('/api/v1/namespaces/shop/configmaps/mkcoa-rollout-alone', record =>
		/^Judge/.test(String(at(record, 'data', 'title'))),
	);
	const served = 'sum(http_requests_total{deployment="alone-canary"})';
	const [before] = await one.measures(served, answer => answer.length > 0);
	await one.measures(served, ([sum]) => (sum?.value ?? 0) > (before?.value ?? 0) + 500);
	const {pieces} = gate.heard();
	await vi.waitFor(
		() => {
			const {pieces: now, lastMs} = gate.heard();
			// A look saw those, and is over.
			expect([now > pieces, performance.now() - lastMs > 300]).toEqual([true, true]);
		},
		{timeout: 15_000, interval: 50},
	);
	await gate.close();
	const {code, outcome} = await running;
	expect({code, outcome}).toMatchObject({code: 1, outcome: {kind: 'failed', output: {verdict: 'rolled-back'}}});
	expect(at(outcome, 'output', 'reason')).toMatch(
		/^error-ratio: 0\.\d+ % of the canary's \d+ requests failed, .*, and nothing is counted since: Prometheus .* does not answer: connect ECONNREFUSED/,
	);
	await serves(one, 'alone', 'x:1', 2);
}, 120_000);

test('a Prometheus that does not answer at the start is an error, and nothing was changed', async () => {
	const gate = await gateBefore(one.prometheus());
	await gate.close();
	const since = one.written().length;
	const {code, outcome} = await canary('web', 'x:3', '', gate.url);
	expect({code, outcome}).toMatchObject({
		code: 1,
		outcome: {kind: 'failed', error: {code: 'metrics-unreachable', what: `Prometheus ${gate.url} does not answer`}},
	});
	expect(one.written().slice(since)).toEqual([]);
});
