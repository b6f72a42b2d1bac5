import {tmpdir} from 'node:os';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {sleep, systemClock} from '../../src/core/clock.ts';
import {connect} from '../../src/mcp/kubernetes/client/connect.ts';
import {loadKubeconfig} from '../../src/mcp/kubernetes/kubeconfig/load-kubeconfig.ts';
import type {ClusterClient} from '../../src/mcp/kubernetes/port.ts';
import {undo} from '../../src/mcp/kubernetes/tools/undo.ts';
import {readerOf} from '../support/change-run.ts';
import {callsOn} from '../support/sandbox-calls.ts';
import {type ControlPlane, startControlPlane} from './start.ts';

let plane: ControlPlane;
let client: ClusterClient;
let call: ReturnType<typeof callsOn>;

beforeAll(async () => {
	plane = await startControlPlane();
	const kubeconfig = await loadKubeconfig({file: plane.kubeconfig, environment: {}, home: tmpdir(), learn: () => {}});
	const quiet = {environment: {}, interactive: false, learn: () => {}, warn: () => {}};
	client = await connect({kubeconfig, context: 'admin', namespace: 'shop', clock: systemClock(), ...quiet});
	call = callsOn(client, systemClock());
});
afterAll(async () => {
	await client.close();
	await plane.stop();
});

const manifest = `apiVersion: v1
kind: Secret
metadata: {name: keys}
stringData: {password: canary-hunter2}
---
apiVersion: v1
kind: Service
metadata: {name: back}
spec: {selector: {app: back}, ports: [{port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: back}
spec:
  replicas: 2
  selector: {matchLabels: {app: back}}
  template:
    metadata: {labels: {app: back}}
    spec: {containers: [{name: back, image: 'back:1', env: [{name: MODE, value: a}]}]}
`;

const value = async (kind: string, name: string, path: string) => {
	const {outcome} = await call('resource_get', {kind, name, path});
	return outcome.kind === 'done' ? JSON.stringify(outcome.output) : outcome.kind === 'failed' ? outcome.error.code : outcome.kind;
};

test('what an apply created is deleted, and a second undo makes it again', async () => {
	const made = await call('resource_apply', {manifest});
	expect(made.outcome).toMatchObject({kind: 'done'});
	const back = await call(undo, {}, readerOf(made.trail));
	expect(back.outcome).toMatchObject({kind: 'done', output: {objects: ['Deployment shop/back', 'Service shop/back', 'Secret shop/keys']}});
	expect(await value('service', 'back', '.metadata.name')).toBe('not-found');
	const again = await call(undo, {id: 'j1'}, readerOf(back.trail));
	expect(again.outcome).toMatchObject({kind: 'done'});
	expect(JSON.stringify([made.outcome, back.outcome, again.outcome])).not.toContain('canary-hunter2');
	expect(await value('service', 'back', '.spec.selector.app')).toContain('back');
});

test('a changed field is set back while a field that somebody else changed is kept', async () => {
	const patch = 'spec: {replicas: 1, template: {spec: {containers: [{name: back, env: [{name: MODE, value: b}]}]}}}';
	const changed = await call('resource_patch', {kind: 'deployment', name: 'back', type: 'strategic', patch});
	expect(changed.outcome).toMatchObject({kind: 'done'});
	await call('workload_scale', {workload: 'back', replicas: 3});
	const back = await call(undo, {}, readerOf(changed.trail));
	expect(back.outcome).toMatchObject({
		kind: 'done',
		plan: {consequences: expect.arrayContaining([expect.objectContaining({text: expect.stringContaining('keeps spec.replicas (now 3)')})])},
	});
	expect(await value('deployment', 'back', '.spec.replicas')).toContain('3');
	expect(await value('deployment', 'back', '.spec.template.spec.containers[0].env[0].value')).toContain('a');
});

const settled = async () => {
	while (!(await value('deployment', 'back', '.status')).includes('"readyReplicas":3')) await sleep(systemClock(), 100);
};

test('a deleted deployment comes back and makes its pods again', async () => {
	await settled();
	const gone = await call('resource_delete', {kind: 'deployment', name: 'back'});
	expect(gone.outcome).toMatchObject({kind: 'done'});
	const back = await call(undo, {}, readerOf(gone.trail));
	expect(back.outcome).toMatchObject({kind: 'done', output: {objects: ['Deployment shop/back']}});
	expect(await value('deployment', 'back', '.spec.replicas')).toContain('3');
});

test('a deleted job comes back under its new uid', async () => {
	const job = `apiVersion: batch/v1
kind: Job
metadata: {name: once}
spec: {template: {metadata: {labels: {app: once}}, spec: {restartPolicy: Never, containers: [{name: once, image: 'once:1'}]}}}
`;
	const made = await call('resource_apply', {manifest: job});
	expect(made.outcome).toMatchObject({kind: 'done'});
	const gone = await call('resource_delete', {kind: 'job', name: 'once'});
	expect(gone.outcome).toMatchObject({kind: 'done'});
	const back = await call(undo, {}, readerOf(gone.trail));
	expect(back.outcome).toMatchObject({kind: 'done', output: {objects: ['Job shop/once']}});
	expect(await value('job', 'once', '.spec.template.metadata.labels.app')).toContain('once');
});

/** Objects for which the server makes up values at creation: a dry run must not draw others each time. */
const madeUp: readonly (readonly [string, string])[] = [
	['service', '{apiVersion: v1, kind: Service, metadata: {name: made}, spec: {type: NodePort, selector: {a: b}, ports: [{port: 80}]}}'],
	[
		'service',
		'{apiVersion: v1, kind: Service, metadata: {name: made}, spec: {type: LoadBalancer, externalTrafficPolicy: Local, selector: {a: b}, ports: [{port: 80}]}}',
	],
	['service', '{apiVersion: v1, kind: Service, metadata: {name: made}, spec: {clusterIP: None, selector: {a: b}, ports: [{port: 80}]}}'],
	['pod', '{apiVersion: v1, kind: Pod, metadata: {name: made}, spec: {containers: [{name: a, image: a}]}}'],
	['serviceaccount', '{apiVersion: v1, kind: ServiceAccount, metadata: {name: made}}'],
	[
		'pvc',
		'{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: made}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}',
	],
	[
		'cronjob',
		'{apiVersion: batch/v1, kind: CronJob, metadata: {name: made}, spec: {schedule: "0 0 * * *", jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: a}]}}}}}}',
	],
	[
		'statefulset',
		'{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: made}, spec: {serviceName: made, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: a}]}}}}',
	],
	[
		'hpa',
		'{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: made}, spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: x}, maxReplicas: 2}}',
	],
	[
		'ingress',
		'{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: made}, spec: {defaultBackend: {service: {name: x, port: {number: 80}}}}}',
	],
	['networkpolicy', '{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: made}, spec: {podSelector: {}}}'],
	['lease', '{apiVersion: coordination.k8s.io/v1, kind: Lease, metadata: {name: made}, spec: {holderIdentity: a}}'],
];

test.each(madeUp)('a %s is applied, deleted and made again without drift: %s', async (kind, text) => {
	const made = await call('resource_apply', {manifest: text});
	expect(made.outcome).toMatchObject({kind: 'done'});
	const gone = await call('resource_delete', {kind, name: 'made'});
	expect(gone.outcome).toMatchObject({kind: 'done'});
	while ((await value(kind, 'made', '.metadata.name')) !== 'not-found') await sleep(systemClock(), 50);
	const back = await call(undo, {id: 'j1'}, readerOf(gone.trail));
	expect(back.outcome).toMatchObject({kind: 'done'});
	const again = await call(undo, {id: 'j1'}, readerOf(back.trail));
	expect(again.outcome).toMatchObject({kind: 'done'});
	while ((await value(kind, 'made', '.metadata.name')) !== 'not-found') await sleep(systemClock(), 50);
});

test('a new kind and an object of it are applied from one text', async () => {
	const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.example.org}
spec:
  group: example.org
  scope: Namespaced
  names: {kind: Thing, plural: things, singular: thing}
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}]
---
apiVersion: example.org/v1
kind: Thing
metadata: {name: one}
spec: {size: 1}
`;
	const {outcome} = await call('resource_apply', {manifest: definition});
	expect(outcome).toMatchObject({
		kind: 'done',
		output: {objects: [{object: 'CustomResourceDefinition things.example.org'}, {object: 'Thing shop/one'}]},
	});
	expect(await value('things', 'one', '.spec.size')).toContain('1');
});
