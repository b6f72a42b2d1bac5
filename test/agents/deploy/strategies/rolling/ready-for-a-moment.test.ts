import {expect, test} from 'vitest';
import {deploymentUpdate} from '../../../../../src/agents/deploy/tools/deployment-update.ts';
import {shopRoad} from '../../../../support/shop-road.ts';
import {deploymentOf, templateOf, unprobed} from '../../../../support/unprobed.ts';

const {run, sandbox} = await shopRoad();
const template = () => templateOf(deploymentOf(sandbox, 'worker'));

test('a version whose pods are ready for a moment and crash is not taken for rolled out', async () => {
	await unprobed(sandbox, 'worker');
	const before = template();
	const image = 'registry.example/shop/worker:9.9-crash';
	const {outcome, trail} = await run(deploymentUpdate, {name: 'worker', image});
	expect(outcome, JSON.stringify(outcome)).toMatchObject({kind: 'failed', error: {code: 'rolling-failed'}, left: []});
	expect(outcome.kind === 'failed' && outcome.error.why).toMatch(/CrashLoopBackOff|restart/);
	expect(template()).toEqual(before);
	expect(trail.entries[0]?.plan.verify.join()).toContain('and runs for 10 s without a restart, since it has no readiness probe');
});

test('one whose pods go on running is', async () => {
	const {outcome} = await run(deploymentUpdate, {name: 'worker', image: 'registry.example/shop/worker:9.9'});
	expect(outcome, JSON.stringify(outcome)).toMatchObject({kind: 'done', output: {result: 'rolled-out'}});
});
