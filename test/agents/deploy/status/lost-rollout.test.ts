import {describe, expect, test} from 'vitest';
import {deploymentCanary} from '../../../../src/agents/deploy/tools/deployment-canary.ts';
import {deploymentStatus} from '../../../../src/agents/deploy/tools/deployment-status.ts';
import {lostWorld} from '../../../support/lost-rollout.ts';

const all = ['ConfigMap', 'Lease', 'Secret'];
const began = 'create ConfigMap mkcoa-rollout-web';
const abort = 'Take it back: mkcoa deploy abort web -n shop';
const clean = 'Remove what was left: mkcoa deploy resume web -n shop';

describe('deploy status of a workload whose rollout lost its record', () => {
	test.each([
		[
			'nothing else',
			'create Deployment web-canary',
			all,
			'a rollout left web-canary, and its record is gone: nobody goes on with it',
			abort,
		],
		[
			'Secret and Lease',
			'create Deployment web-canary',
			['ConfigMap'],
			'a rollout left web-canary, and its record is gone: nobody goes on with it',
			abort,
		],
		[
			'Lease and Secret of one that had not begun',
			began,
			['ConfigMap'],
			'Lease and Secret mkcoa-rollout-web are left of a rollout that is not under way',
			clean,
		],
		['the Lease alone', began, ['ConfigMap', 'Secret'], 'Lease mkcoa-rollout-web is left of a rollout that is not under way', clean],
		['the Secret alone', began, ['ConfigMap', 'Lease'], 'Secret mkcoa-rollout-web is left of a rollout that is not under way', clean],
	])('%s left', async (_, last, deleted, text, next) => {
		const {lose, run} = lostWorld();
		await lose(deploymentCanary, {image: 'web:2', steps: '25'}, last, deleted);
		const seen = await run(deploymentStatus);
		expect(seen).toMatchObject({kind: 'done', output: {lost: {text, next: [next]}}});
		expect(seen.kind === 'done' && Object(seen.output).next).toEqual([next]);
	});

	test('says nothing where there is none, or nothing was lost', async () => {
		const {lose, run} = lostWorld();
		expect(await run(deploymentStatus)).not.toHaveProperty('output.lost');
		await lose(deploymentCanary, {image: 'web:2', steps: '25'}, 'create Deployment web-canary', []);
		const seen = await run(deploymentStatus);
		expect(seen).toMatchObject({kind: 'done', output: {rollout: {state: 'stopped'}}});
		expect(seen).not.toHaveProperty('output.lost');
	});
});
