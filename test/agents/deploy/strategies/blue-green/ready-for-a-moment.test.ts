import {expect, test} from 'vitest';
import {deploymentBlueGreen} from '../../../../../src/agents/deploy/tools/deployment-blue-green.ts';
import {shopRoad} from '../../../../support/shop-road.ts';
import {deploymentOf, templateOf, unprobed} from '../../../../support/unprobed.ts';

const {run, sandbox} = await shopRoad();
const template = () => templateOf(deploymentOf(sandbox, 'web'));

test('a preview whose pods are ready for a moment and crash gets no traffic', async () => {
	await unprobed(sandbox, 'web');
	const service = () => JSON.stringify(sandbox.machine.get('Service', 'shop', 'web')?.spec);
	const [before, led] = [template(), service()];
	const {outcome, trail} = await run(deploymentBlueGreen, {name: 'web', image: 'registry.example/shop/web:9.9-crash'});
	expect(outcome, JSON.stringify(outcome)).toMatchObject({kind: 'failed', left: []});
	expect(outcome.kind === 'failed' && outcome.error.why).toMatch(/CrashLoopBackOff|restart/);
	expect([template(), service()]).toEqual([before, led]);
	const sent = JSON.stringify([...trail.effects.values()]);
	expect(sent).toContain('web-preview');
	expect(sent).not.toMatch(/"op":"patch"[^}]*"kind":"Service"/);
	expect(trail.entries[0]?.plan.verify.join()).toContain(
		'web-preview is ready at full size, and runs for 10 s without a restart, since it has no readiness probe, before it gets any traffic',
	);
});
