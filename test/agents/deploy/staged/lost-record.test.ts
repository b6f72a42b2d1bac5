import {describe, expect, test} from 'vitest';
import type {DeployPorts} from '../../../../src/agents/deploy/ports.ts';
import {deploymentAbort} from '../../../../src/agents/deploy/tools/deployment-abort.ts';
import {deploymentBlueGreen} from '../../../../src/agents/deploy/tools/deployment-blue-green.ts';
import {deploymentCanary} from '../../../../src/agents/deploy/tools/deployment-canary.ts';
import {deploymentResume} from '../../../../src/agents/deploy/tools/deployment-resume.ts';
import type {JsonObject} from '../../../../src/core/json.ts';
import {runTool} from '../../../../src/core/road/run-tool.ts';
import type {AnyTool} from '../../../../src/core/tool.ts';
import {hastyClock} from '../../../support/change-run.ts';
import {object} from '../../../support/kube-objects.ts';
import {memoryRoad} from '../../../support/memory-road.ts';
import {obedientCluster} from '../../../support/obedient-cluster.ts';
import {before, promoted, rolloutProcesses} from '../../../support/rollout-processes.ts';
import {controlTool, rolloutTool} from '../../../support/staged-world.ts';
import {webDeployment} from '../../../support/web-deployment.ts';

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
	const service = object('v1', 'Service', 'web', {spec: {selector: {app: 'web'}, ports: [{name: 'http', port: 80}]}});
	const others = object('apps/v1', 'Deployment', 'web-canary-of-somebody-else', {});

	/** @param last the write after which the client died */
	async function lost(tool: AnyTool<DeployPorts>, input: JsonObject, last: string) {
		const fake = obedientCluster({objects: [webDeployment(), service, others]});
		const ports = {cluster: fake.cluster, metrics: async () => ({why: 'there is none'})} as DeployPorts;
		const clock = hastyClock();
		const run = (each: AnyTool<DeployPorts>, asked: JsonObject, mode: 'run' | 'plan' = 'run') => {
			const {road} = memoryRoad(ports, fake.effector, {clock, mode, target: fake.cluster.target});
			return runTool(each, {name: 'web', namespace: 'shop', ...asked}, {...road, journal: fake.mortal(road.journal)});
		};
		fake.fateOf = (_, {op, ref}) => (`${op} ${ref.kind} ${ref.name}` === last ? 'killed after' : 'done');
		await run(tool, input);
		fake.fateOf = () => 'done';
		fake.revive();
		for (const kind of ['ConfigMap', 'Lease', 'Secret']) fake.remove(kind, name);
		const left = () =>
			['Deployment', 'Service', 'ConfigMap', 'Lease', 'Secret'].flatMap(kind =>
				['web', 'web-canary', 'web-preview', others.metadata.name, name]
					.filter(each => fake.object(kind, each) !== undefined)
					.map(each => `${kind} ${each}`),
			);
		return {fake, run, left};
	}

	const stable = ['Deployment web', `Deployment ${others.metadata.name}`, 'Service web'];

	test('an abort finds the canary by its mark, removes it alone, and names where lies what was there before', async () => {
		const {run, left} = await lost(deploymentCanary, {image: 'web:2', steps: '25'}, 'create Deployment web-canary');
		expect(await run(deploymentResume, {})).toMatchObject({kind: 'failed', error: {code: 'rollout-lost'}});
		const planned = await run(deploymentAbort, {}, 'plan');
		expect(planned).toMatchObject({
			plan: {
				summary: 'Remove what a rollout of shop/web left, whose record is gone',
				steps: [{title: 'Remove what a rollout of shop/web left: Deployment web-canary'}],
				consequences: [
					{
						text: 'What web had before the rollout is not recorded any more, so it is not put back: look at its number of pods and its image; Secret mkcoa-bundle-web-3 has what was there, and mkcoa deploy rollback web -n shop --to 3 brings it back',
					},
				],
			},
		});
		expect(await run(deploymentAbort, {})).toMatchObject({kind: 'done', output: {result: 'removed'}});
		expect(left()).toEqual(stable);
		expect(await run(deploymentAbort, {})).toMatchObject({kind: 'failed', error: {code: 'no-rollout'}});
	});

	test('a preview that still gets the requests stays until they are brought back', async () => {
		const {fake, run, left} = await lost(deploymentBlueGreen, {image: 'web:2'}, 'patch Service web');
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
