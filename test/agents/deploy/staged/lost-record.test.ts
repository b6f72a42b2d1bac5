import {describe, expect, test} from 'vitest';
import {deploymentAbort} from '../../../../src/agents/deploy/tools/deployment-abort.ts';
import {deploymentBlueGreen} from '../../../../src/agents/deploy/tools/deployment-blue-green.ts';
import {deploymentCanary} from '../../../../src/agents/deploy/tools/deployment-canary.ts';
import {deploymentResume} from '../../../../src/agents/deploy/tools/deployment-resume.ts';
import {lostRollout, others, service} from '../../../support/lost-rollout.ts';
import {before, promoted, rolloutProcesses} from '../../../support/rollout-processes.ts';
import {controlTool, rolloutTool} from '../../../support/staged-world.ts';

const name = 'mkcoa-rollout-web';

/** A rollout whose client dies after the write of this number, and whose own objects of these kinds somebody deletes then. */
async function diedAt(at: number, deleted: readonly string[]) {
	const here = rolloutProcesses();
	here.fake.fateOf = index => (index === at ? 'killed after' : 'done');
	await here.process('alice@here/1').run(rolloutTool());
	here.fake.fateOf = () => 'done';
	here.fake.revive();
	await here.minute();
	for (const kind of deleted) if (here.fake.object(kind, name) !== undefined) here.fake.remove(kind, name);
	return here;
}

/** The numbers of the writes of a whole rollout, with what they write. */
async function everyWrite() {
	const here = rolloutProcesses();
	await here.process('alice@here/1').run(rolloutTool());
	return here.fake.sent.map(({op, ref}, index) => [index, `${op} ${ref.kind} ${ref.name}`] as const);
}

describe.each([
	['the record alone', ['ConfigMap']],
	['record and Lease', ['ConfigMap', 'Lease']],
])('somebody deleted %s of a rollout whose client died', (_, deleted) => {
	const writes = ['create Deployment web-canary', 'patch Deployment web', 'patch Deployment web-canary'];

	test('an abort takes it back from every place at which its canary stands', async () => {
		const places = (await everyWrite()).filter(([, write]) => writes.includes(write));
		expect(places.length).toBeGreaterThan(5);
		for (const [at] of places) {
			const here = await diedAt(at, deleted);
			const outcome = await here.process('bob@there/2').run(controlTool('abort'));
			expect(outcome, JSON.stringify(outcome)).toMatchObject({kind: 'done', output: {result: 'taken-back'}});
			expect([here.standing(), here.own()]).toEqual([before, []]);
		}
	});

	test('what had not begun, or was over, is not taken back: only what was left goes', async () => {
		const all = await everyWrite();
		const made = all.findIndex(([, write]) => write === `create ConfigMap ${name}`);
		const over = all.findIndex(([, write]) => write === 'delete Deployment web-canary');
		for (const [at, standing] of [
			[made, before],
			[over, promoted],
		] as const) {
			const here = await diedAt(at, deleted);
			expect(await here.process('bob@there/2').run(controlTool('abort'))).toMatchObject({kind: 'done', output: {result: 'removed'}});
			expect([here.standing(), here.own()]).toEqual([standing, []]);
		}
	});

	test('it cannot be gone on with', async () => {
		const at = (await everyWrite()).findIndex(([, write]) => write === 'create Deployment web-canary');
		const here = await diedAt(at, deleted);
		expect(await here.process('bob@there/2').run(controlTool('resume'))).toMatchObject({
			kind: 'failed',
			error: {code: 'rollout-lost', next: 'Take it back: mkcoa deploy abort web -n shop'},
		});
	});
});

describe('somebody deleted all that mkcoa kept of a rollout', () => {
	const stable = ['Deployment web', `Deployment ${others}`, 'Service web'];

	test('an abort finds the canary by its mark, removes it alone, and names where lies what was there before', async () => {
		const {run, left} = await lostRollout(deploymentCanary, {image: 'web:2', steps: '25'}, 'create Deployment web-canary');
		expect(await run(deploymentResume, {})).toMatchObject({kind: 'failed', error: {code: 'rollout-lost'}});
		const planned = await run(deploymentAbort, {}, 'plan');
		expect(planned).toMatchObject({
			plan: {
				summary: 'Remove what a rollout of shop/web left, whose record is gone',
				steps: [
					{title: 'Wait until 4 pods of web are ready', writes: []},
					{title: 'Remove what a rollout of shop/web left: Deployment web-canary'},
				],
				consequences: [
					{
						text: 'What web had before the rollout is not recorded any more: look at its image; mkcoa deploy rollback web -n shop --to 3 brings back what Secret mkcoa-bundle-web-3 has, all but the number of pods',
					},
				],
			},
		});
		expect(await run(deploymentAbort, {})).toMatchObject({kind: 'done', output: {result: 'removed'}});
		expect(left()).toEqual(stable);
		expect(await run(deploymentAbort, {})).toMatchObject({kind: 'failed', error: {code: 'no-rollout'}});
	});

	test('a preview that still gets the requests stays until they are brought back', async () => {
		const {fake, run, left} = await lostRollout(deploymentBlueGreen, {image: 'web:2'}, 'patch Service web');
		const refused = await run(deploymentAbort, {});
		expect(refused).toMatchObject({
			kind: 'failed',
			error: {
				code: 'rollout-lost',
				what: 'What a rollout of web left is still needed: Service shop/web sends requests there',
				next: 'Bring back what was there, from Secret mkcoa-bundle-web-3: mkcoa deploy rollback web -n shop --to 3. Then: mkcoa deploy abort web -n shop',
			},
		});
		fake.put(service);
		expect(await run(deploymentAbort, {})).toMatchObject({kind: 'done', output: {result: 'removed'}});
		expect(left()).toEqual(stable);
	});
});
