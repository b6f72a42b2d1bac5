import {expect, test} from 'vitest';
import type {DeployPorts} from '../../../../../src/agents/deploy/ports.ts';
import {deploymentBlueGreen} from '../../../../../src/agents/deploy/tools/deployment-blue-green.ts';
import {listAt, textAt} from '../../../../../src/core/kube/json-at.ts';
import type {KubeObject} from '../../../../../src/core/kube/kube-object.ts';
import {runTool} from '../../../../../src/core/road/run-tool.ts';
import {hastyClock} from '../../../../support/change-run.ts';
import {object} from '../../../../support/kube-objects.ts';
import {memoryRoad} from '../../../../support/memory-road.ts';
import {type ObedientCluster, obedientCluster} from '../../../../support/obedient-cluster.ts';
import {webDeployment} from '../../../../support/web-deployment.ts';

const service = object('v1', 'Service', 'web', {spec: {selector: {app: 'web'}, ports: [{name: 'http', port: 80}]}});
const recreated: KubeObject = {...webDeployment(), spec: {...Object(webDeployment().spec), strategy: {type: 'Recreate'}}};

/** Whose pods get the requests. */
const serving = (fake: ObedientCluster) =>
	textAt(fake.object('Service', 'web') ?? {}, 'spec', 'selector', 'app') === 'web' ? 'web' : 'web-preview';

/** A blue-green rollout of a Deployment that is recreated. When it has its traffic again, something happens and somebody wants it back. */
async function takenBack(meanwhile: (fake: ObedientCluster) => void = () => {}) {
	const fake = obedientCluster({objects: [recreated, service]});
	const ports = {cluster: fake.cluster, metrics: async () => ({why: 'there is none'})} as DeployPorts;
	const {road, trail} = memoryRoad(ports, fake.effector, {clock: hastyClock(), target: fake.cluster.target});
	/** Who served when the pods of web were replaced. */
	const rolled: string[] = [];
	let isAsked = false;
	fake.afterWrite = ({op, ref}) => {
		if (op === 'patch' && ref.kind === 'Deployment' && ref.name === 'web') rolled.push(serving(fake));
		const record = fake.object('ConfigMap', 'mkcoa-rollout-web');
		if (isAsked || ref.kind !== 'Service' || op !== 'patch' || record === undefined || serving(fake) !== 'web') return;
		isAsked = true;
		meanwhile(fake);
		fake.put({...record, data: {...Object(record.data), request: 'abort bob@laptop/1'}});
	};
	const outcome = await runTool(deploymentBlueGreen, {name: 'web', namespace: 'shop', image: 'web:2', keep: '10s'}, road);
	const notes = trail.events.flatMap(event => (event.kind === 'note' ? [event.text] : []));
	const image = textAt(listAt(fake.object('Deployment', 'web')?.spec, 'template', 'spec', 'containers')[0], 'image');
	const preview = fake.object('Deployment', 'web-preview')?.metadata.name;
	return {outcome, rolled, notes, standing: {image, serves: serving(fake), preview}};
}

const before = {image: 'registry.example/shop/web:1.4.2', serves: 'web', preview: undefined};

test('taken back when the workload serves the new version, the preview serves while its pods are replaced', async () => {
	const {outcome, rolled, standing} = await takenBack();
	expect(outcome, JSON.stringify(outcome)).toMatchObject({kind: 'failed', left: []});
	expect(rolled).toEqual(['web-preview', 'web-preview']);
	expect(standing).toEqual(before);
});

test.each([
	[
		'has too few ready pods',
		(fake: ObedientCluster, live: KubeObject) =>
			fake.put({...live, status: {...Object(live.status), readyReplicas: 1, availableReplicas: 1}}),
	],
	['is gone', (fake: ObedientCluster) => fake.remove('Deployment', 'web-preview')],
])('nothing is sent to a preview that %s: the workload goes back in place, and that is told', async (_, worsen) => {
	const {outcome, rolled, notes, standing} = await takenBack(fake => {
		const live = fake.object('Deployment', 'web-preview');
		if (live !== undefined) worsen(fake, live);
	});
	expect(outcome, JSON.stringify(outcome)).toMatchObject({kind: 'failed', left: []});
	expect(rolled).toEqual(['web-preview', 'web']);
	expect(notes).toContain('web-preview does not stand with 4 ready pods, so pods of web are replaced while they serve');
	expect(standing).toEqual(before);
});

test('a preview that cannot get the requests holds nothing up: somebody edited the Service, and the workload goes back in place', async () => {
	const {outcome, rolled, notes, standing} = await takenBack(fake => {
		const {afterWrite} = fake;
		// The switch is answered by then: this is no part of what it left.
		fake.afterWrite = write => {
			fake.afterWrite = afterWrite;
			const live = fake.object('Service', 'web');
			if (live !== undefined) fake.put({...live, spec: {...Object(live.spec), selector: {app: 'web', team: 'bob'}}});
			afterWrite(write);
		};
	});
	expect(outcome, JSON.stringify(outcome)).toMatchObject({kind: 'failed', left: []});
	expect(rolled).toEqual(['web-preview', 'web']);
	expect(notes).toContainEqual(
		expect.stringMatching(
			/^web-preview could not be made to serve for web meanwhile \(.*\): it goes back all the same, and its pods are replaced while they serve$/,
		),
	);
	expect(standing).toEqual(before);
});

test('the plan tells who serves while it goes back', async () => {
	const fake = obedientCluster({objects: [recreated, service]});
	const ports = {cluster: fake.cluster, metrics: async () => ({why: 'there is none'})} as DeployPorts;
	const {road} = memoryRoad(ports, fake.effector, {mode: 'plan', target: fake.cluster.target});
	const planned = await runTool(deploymentBlueGreen, {name: 'web', namespace: 'shop', image: 'web:2', keep: '10s'}, road);
	const plan = planned.kind === 'planned' ? planned.plan : undefined;
	expect(plan?.steps.filter(({on}) => on === 'failure').map(({title}) => title)).toEqual([
		'If it goes back: while web goes back, send all traffic to web-preview, where it still stands: Service web',
		'If it goes back: give web its former pod template again',
		'If it goes back: send all traffic to web again by Service web',
		'If it goes back: remove web-preview and what was made for it',
	]);
	expect(plan?.consequences.flatMap(({text}) => (text.startsWith('While it goes back') ? [text] : []))).toEqual([
		'While it goes back, at step 9: web-preview serves everything, or web serves everything with the new version',
		'While it goes back, at step 10: Kubernetes goes on bringing the former pods of web back, and web-preview serves everything with 4 pods; if that is gone, web serves meanwhile, and nobody serves until its pods are ready (Recreate)',
		'While it goes back, at step 11: web serves everything with 4 pods; web-preview stands beside it without traffic',
		'While it goes back, at step 12: web serves everything; of web-preview something may be left',
	]);
});
