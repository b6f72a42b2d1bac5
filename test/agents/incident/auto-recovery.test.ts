import {describe, expect, test} from 'vitest';
import type {DeployPorts} from '../../../src/agents/deploy/ports.ts';
import {autoRecovery} from '../../../src/agents/incident/tools/auto-recovery.ts';
import {MkcoaError} from '../../../src/core/error.ts';
import type {Event} from '../../../src/core/event.ts';
import {listAt, valueAt} from '../../../src/core/kube/json-at.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import type {AnyOutcome} from '../../../src/core/outcome.ts';
import {digestOf, type Write} from '../../../src/core/plan.ts';
import {runTool} from '../../../src/core/road/run-tool.ts';
import type {AnyTool, ChangeToolOf} from '../../../src/core/tool.ts';
import {kubernetesToolset} from '../../../src/mcp/kubernetes/toolset.ts';
import {hastyClock} from '../../support/change-run.ts';
import {deployment, object} from '../../support/kube-objects.ts';
import {memoryRoad} from '../../support/memory-road.ts';
import {type ObedientCluster, obedientCluster} from '../../support/obedient-cluster.ts';

const old = '2025-12-01T00:00:00Z';
const owned = (kind: string, name: string, uid: string) => ({
	ownerReferences: [{apiVersion: 'apps/v1', kind, name, uid, controller: true}],
});
const conditions = [{type: 'Ready', status: 'True'}];

/** A Deployment that is well, its pod, and a Service that sends to a port which the pod does not have. */
const world = (targetPort = 9090): readonly KubeObject[] => [
	{
		...deployment({replicas: 1, container: {ports: [{containerPort: 8080}]}, metadata: {uid: 'd1', generation: 1, creationTimestamp: old}}),
		status: {observedGeneration: 1, replicas: 1, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1},
	},
	object('apps/v1', 'ReplicaSet', 'web-1', {
		metadata: {uid: 'r1', labels: {app: 'web'}, ...owned('Deployment', 'web', 'd1')},
		spec: {replicas: 1},
	}),
	object('v1', 'Pod', 'web-1-a', {
		metadata: {uid: 'p1', labels: {app: 'web'}, creationTimestamp: old, ...owned('ReplicaSet', 'web-1', 'r1')},
		spec: {containers: [{name: 'web', image: 'registry.example.com/shop/web:1.0', ports: [{containerPort: 8080}]}]},
		status: {
			phase: 'Running',
			conditions,
			containerStatuses: [{name: 'web', ready: true, restartCount: 0, state: {running: {startedAt: old}}}],
		},
	}),
	object('v1', 'Service', 'web', {metadata: {creationTimestamp: old}, spec: {selector: {app: 'web'}, ports: [{port: 80, targetPort}]}}),
	object('discovery.k8s.io/v1', 'EndpointSlice', 'web-x', {
		metadata: {labels: {'kubernetes.io/service-name': 'web'}},
		ports: [{port: 8080}],
		endpoints: [{addresses: ['10.0.0.1'], conditions: {ready: true}}],
	}),
];

const changeTool = async (name: string) => {
	const tool = kubernetesToolset.find(each => each.name === name);
	// Deploy tools want metrics too; those of the Kubernetes server do not.
	return tool?.effect === 'read' ? undefined : (tool as ChangeToolOf<DeployPorts> | undefined);
};

async function fix(fake: ObedientCluster, input: object = {}, mode: 'run' | 'plan' = 'run') {
	const metrics = () => Promise.reject(new Error('no metrics here'));
	const ports = {cluster: fake.cluster, metrics, changeTool};
	const {road, trail} = memoryRoad(ports, fake.effector, {target: fake.cluster.target, clock: hastyClock(), mode});
	const outcome = await runTool(autoRecovery as AnyTool<typeof ports>, {namespace: 'shop', ...input}, road);
	return {outcome, trail};
}

const targetPort = (fake: ObedientCluster) => valueAt(listAt(fake.object('Service', 'web'), 'spec', 'ports')[0], 'targetPort');
const progress = (events: readonly Event[]) => events.flatMap(event => (event.kind === 'progress' ? event.text : []));

/** As if the mended Service broke the pods behind it: they crash from then on. */
function crashing(fake: ObedientCluster) {
	const pod = fake.object('Pod', 'web-1-a');
	const web = fake.object('Deployment', 'web');
	if (pod === undefined || web === undefined) throw new Error('the world is gone');
	const containerStatuses = [
		{
			name: 'web',
			ready: false,
			restartCount: 9,
			state: {waiting: {reason: 'CrashLoopBackOff'}},
			lastState: {terminated: {exitCode: 1, reason: 'Error', finishedAt: old}},
		},
	];
	fake.put({...pod, status: {phase: 'Running', conditions: [{type: 'Ready', status: 'False'}], containerStatuses}});
	fake.put({...web, status: {observedGeneration: 1, replicas: 1, updatedReplicas: 1, unavailableReplicas: 1}});
}

describe('auto_recovery', () => {
	test('plans without writing, twice the same, with the plan of the tool that it calls', async () => {
		const fake = obedientCluster({objects: world()});
		const [first, second] = [await fix(fake, {}, 'plan'), await fix(fake, {}, 'plan')];
		if (first.outcome.kind !== 'planned' || second.outcome.kind !== 'planned') throw new Error(JSON.stringify(first.outcome));
		expect(fake.sent).toEqual([]);
		expect(digestOf(first.outcome.plan)).toBe(digestOf(second.outcome.plan));
		const {plan} = first.outcome;
		expect(plan.summary).toBe(
			'Set the target port of Service shop/web to 8080: a Service sends to a port that no container of its pods has',
		);
		expect(plan.input).toEqual({
			incident: expect.stringContaining('target-port-not-there:Service/shop/web'),
			fault: 'target-port-not-there',
			remedy: 'Set the target port of Service shop/web to 8080',
			tool: 'resource_patch',
			call: '{"kind":"Service","name":"web","namespace":"shop"}',
			namespace: 'shop',
			deadline: '2m',
			undoIfWorse: false,
		});
		expect(plan.steps.map(({title}) => title)).toEqual(['Patch Service shop/web']);
		expect(plan.undo.possible).toBe(true);
	});

	test('looks until the cause is gone', async () => {
		const fake = obedientCluster({objects: world()});
		const {outcome, trail} = await fix(fake);
		expect(outcome).toMatchObject({kind: 'done', output: {result: 'healed', watchedSeconds: 2, after: []}});
		expect(targetPort(fake)).toBe(8080);
		expect(progress(trail.events).slice(-2)).toEqual(['The cause is gone', 'The cause is gone']);
	});

	test('tells that it is still there when the time is over, and the way back', async () => {
		const fake = obedientCluster({objects: world()});
		// Somebody's controller sets it back at once.
		fake.afterWrite = () => {
			const service = fake.object('Service', 'web');
			if (service !== undefined) fake.put({...service, spec: {selector: {app: 'web'}, ports: [{port: 80, targetPort: 9090}]}});
		};
		const {outcome} = await fix(fake, {deadline: '30s'});
		expect(outcome).toMatchObject({
			kind: 'failed',
			error: {code: 'still-there', what: 'target-port-not-there is still there after 30 seconds', next: 'Take it back with: mkcoa undo j1'},
			left: ['Service shop/web as the remedy left it'],
			output: {result: 'still-there', after: [{id: 'target-port-not-there'}]},
		});
	});

	test('stops where it got worse, and offers the undo', async () => {
		const fake = obedientCluster({objects: world()});
		fake.afterWrite = () => crashing(fake);
		const {outcome} = await fix(fake);
		expect(outcome).toMatchObject({kind: 'failed', error: {code: 'worse'}});
		expect(errorOf(outcome)).toContain('mkcoa undo j1');
		expect(targetPort(fake)).toBe(8080);
	});

	test('takes itself back where it got worse and the plan said so', async () => {
		const fake = obedientCluster({objects: world()});
		fake.afterWrite = ({ref}) => (ref.kind === 'Service' && targetPort(fake) === 8080 ? crashing(fake) : undefined);
		const {outcome} = await fix(fake, {undoIfWorse: true});
		expect(outcome).toMatchObject({
			kind: 'failed',
			error: {code: 'worse'},
			undone: ['If it got worse: set Service shop/web back'],
			left: [],
		});
		expect(targetPort(fake)).toBe(9090);
	});

	test('takes the next fault that it can mend where the server refuses a remedy', async () => {
		const [, , , service] = world();
		if (service === undefined) throw new Error('there is no Service');
		const other = {...service, metadata: {...service.metadata, name: 'zeta'}};
		const dryRun = ({ref}: Write) => {
			if (ref.name === 'web') throw new MkcoaError({kind: 'usage', code: 'denied-by-policy', what: 'A webhook refuses it'});
			return undefined;
		};
		const both = await fix(obedientCluster({objects: [...world(), other], dryRun}), {}, 'plan');
		expect(both.outcome).toMatchObject({kind: 'planned', plan: {changes: [{ref: {name: 'zeta'}}]}});
		const one = await fix(obedientCluster({objects: world(), dryRun}), {}, 'plan');
		expect(one.outcome).toMatchObject({kind: 'failed', error: {code: 'denied-by-policy'}});
	});

	test('has nothing to do where nothing is wrong', async () => {
		const {outcome} = await fix(obedientCluster({objects: world(8080)}));
		expect(outcome).toMatchObject({kind: 'nothing-to-do', plan: {summary: 'nothing is found wrong in namespace shop'}});
	});
});

const errorOf = (outcome: AnyOutcome) => (outcome.kind === 'failed' ? outcome.error.next : undefined);
