import {expect, test} from 'vitest';
import type {DeployPorts} from '../../../../../src/agents/deploy/ports.ts';
import {deploymentBlueGreen} from '../../../../../src/agents/deploy/tools/deployment-blue-green.ts';
import {numberAt, textAt} from '../../../../../src/core/kube/json-at.ts';
import type {KubeObject} from '../../../../../src/core/kube/kube-object.ts';
import {runTool} from '../../../../../src/core/road/run-tool.ts';
import {hastyClock} from '../../../../support/change-run.ts';
import {object} from '../../../../support/kube-objects.ts';
import {memoryRoad} from '../../../../support/memory-road.ts';
import {type ObedientCluster, obedientCluster} from '../../../../support/obedient-cluster.ts';
import {webDeployment} from '../../../../support/web-deployment.ts';

const service = object('v1', 'Service', 'web', {spec: {selector: {app: 'web'}, ports: [{name: 'http', port: 80}]}});
const scaler = object('autoscaling/v2', 'HorizontalPodAutoscaler', 'web', {
	spec: {minReplicas: 2, maxReplicas: 9, scaleTargetRef: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'web'}},
});

const podsOf = (fake: ObedientCluster, name: string) => numberAt(fake.object('Deployment', name) ?? {}, 'spec', 'replicas') ?? 0;

const leastOf = (fake: ObedientCluster) => numberAt(fake.object('HorizontalPodAutoscaler', 'web') ?? {}, 'spec', 'minReplicas');

/** The pods are there at once. */
const sized = (deployment: KubeObject, replicas: number): KubeObject => ({
	...deployment,
	spec: {...Object(deployment.spec), replicas},
	status: {
		observedGeneration: (deployment.metadata.generation ?? 1) + 1,
		replicas,
		updatedReplicas: replicas,
		readyReplicas: replicas,
		availableReplicas: replicas,
	},
});

/** A blue-green rollout while autoscalers work: every write, and how many pods each side had when the requests moved. */
async function rolled(load: {readonly atStart: number; readonly atSwitch: number}, abortedBy?: string, asked: object = {}) {
	const clock = hastyClock();
	let servesSince = 0;
	const afterSwitch: string[] = [];
	const fake = obedientCluster({objects: [webDeployment(), service, scaler]});
	const moves: string[] = [];
	const grow = (name: string, replicas: number) => {
		const deployment = fake.object('Deployment', name);
		if (deployment !== undefined && podsOf(fake, name) < replicas) fake.put(sized(deployment, replicas));
	};
	fake.afterWrite = ({op, ref}) => {
		if (op === 'create' && ref.kind === 'HorizontalPodAutoscaler') grow('web', load.atStart);
		if (op === 'patch' && ref.kind === 'HorizontalPodAutoscaler')
			grow(ref.name, numberAt(fake.object(ref.kind, ref.name) ?? {}, 'spec', 'minReplicas') ?? 1);
		const tell = (what: string) => afterSwitch.push(`${what} after ${Math.round((clock.now() - servesSince) / 1000)} s`);
		if (op === 'delete' && ref.name === 'web-preview' && ref.kind !== 'Service') tell(`${ref.kind} ${ref.name} gone`);
		if (op === 'patch' && ref.kind === 'HorizontalPodAutoscaler' && leastOf(fake) === 2) {
			tell('autoscaler decides');
			// What it decides by is up to a minute old: the workload had no requests then.
			const web = fake.object('Deployment', 'web');
			if (clock.now() - servesSince < 60_000 && web !== undefined) fake.put(sized(web, 2));
		}
		if (ref.kind !== 'Service' || ref.name !== 'web' || op !== 'patch') return;
		const isPreview = textAt(fake.object('Service', 'web') ?? {}, 'spec', 'selector', 'app') !== 'web';
		const [to, from] = isPreview ? ['web-preview', 'web'] : ['web', 'web-preview'];
		moves.push(`to ${podsOf(fake, to)} pods of ${to}, from ${podsOf(fake, from)}`);
		if (!isPreview) {
			servesSince = clock.now();
			return;
		}
		grow('web-preview', load.atSwitch);
		const record = fake.object('ConfigMap', 'mkcoa-rollout-web');
		if (abortedBy !== undefined && record !== undefined)
			fake.put({...record, data: {...Object(record.data), request: `abort ${abortedBy}`}});
	};
	const ports = {cluster: fake.cluster, metrics: async () => ({why: 'there is none'})} as DeployPorts;
	const {road, trail} = memoryRoad(ports, fake.effector, {clock, target: fake.cluster.target});
	const outcome = await runTool(deploymentBlueGreen, {name: 'web', namespace: 'shop', image: 'web:2', ...asked}, road);
	const notes = trail.events.flatMap(event => (event.kind === 'note' ? [event.text] : []));
	return {outcome, notes, moves, least: leastOf(fake), atEnd: podsOf(fake, 'web'), afterSwitch};
}

test('pods that the autoscaler gave the preview meanwhile stand ready in the workload before the requests come back', async () => {
	const {outcome, notes, moves, least} = await rolled({atStart: 4, atSwitch: 7});
	expect(outcome).toMatchObject({kind: 'done'});
	expect(notes).toEqual([
		'Take it back at once: mkcoa deploy abort web -n shop. End this wait: mkcoa deploy promote web -n shop',
		// Nobody ends the wait for the autoscaler.
		'Take it back at once: mkcoa deploy abort web -n shop',
	]);
	expect(moves).toEqual(['to 4 pods of web-preview, from 4', 'to 7 pods of web, from 7']);
	expect(least).toBe(2);
});

test('the preview gets as many pods as the workload was given since the plan', async () => {
	const {moves} = await rolled({atStart: 6, atSwitch: 6});
	expect(moves).toEqual(['to 6 pods of web-preview, from 6', 'to 6 pods of web, from 6']);
});

test('nor is the workload cold when somebody takes it back', async () => {
	const {outcome, moves, least} = await rolled({atStart: 4, atSwitch: 8}, 'bob@laptop/1');
	expect(outcome).toMatchObject({kind: 'failed'});
	expect(moves).toEqual(['to 4 pods of web-preview, from 4', 'to 8 pods of web, from 8']);
	expect(least).toBe(2);
});

test('an autoscaler is never given more than its own maximum', async () => {
	const {moves} = await rolled({atStart: 4, atSwitch: 12});
	expect(moves.at(-1)).toBe('to 9 pods of web, from 12');
});

test.each([
	['forward', undefined, 'done'],
	['back', 'bob@laptop/1', 'failed'],
])(
	'on the way %s the autoscaler decides again when it has seen the requests, and the preview stands until then',
	async (_, abortedBy, kind) => {
		const {outcome, atEnd, afterSwitch} = await rolled({atStart: 4, atSwitch: 7}, abortedBy);
		expect(outcome.kind).toBe(kind);
		expect(atEnd).toBe(7);
		const seconds = afterSwitch.map(text => Number(/after (\d+) s/.exec(text)?.[1]));
		expect(afterSwitch.map(text => text.replace(/ after .*/, ''))).toEqual([
			'HorizontalPodAutoscaler web-preview gone',
			'Deployment web-preview gone',
			'autoscaler decides',
		]);
		expect(Math.min(...seconds)).toBeGreaterThanOrEqual(90);
	},
);

test('an autoscaler whose numbers come late is given longer', async () => {
	const {afterSwitch} = await rolled({atStart: 4, atSwitch: 7}, undefined, {autoscalerAfter: '6m'});
	expect(Math.min(...afterSwitch.map(text => Number(/after (\d+) s/.exec(text)?.[1])))).toBeGreaterThanOrEqual(360);
});
