import {expect, test} from 'vitest';
import type {mend} from '../../src/agents/incident/recovery/mend.ts';
import {remedyDraft} from '../../src/agents/incident/recovery/remedy-draft.ts';
import {autoRecovery} from '../../src/agents/incident/tools/auto-recovery.ts';
import {systemClock} from '../../src/core/clock.ts';
import {refOf} from '../../src/core/kube/kube-object.ts';
import {runTool} from '../../src/core/road/run-tool.ts';
import {changeTool} from '../../src/core/tool.ts';
import {at} from '../servers/questions.ts';
import {object} from '../support/kube-objects.ts';
import {memoryRoad} from '../support/memory-road.ts';
import {clientOf} from './client-of.ts';
import {isRolledOut, shop} from './in-shop.ts';
import {onePlane} from './one-plane.ts';

const real = onePlane();
const {mkcoa} = real;

const manifest = `apiVersion: v1
kind: Service
metadata: {name: front}
spec: {selector: {app: front}, ports: [{name: web, port: 80, targetPort: htpp}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: front}
spec:
  replicas: 2
  selector: {matchLabels: {app: front}}
  template:
    metadata: {labels: {app: front}}
    spec: {containers: [{name: front, image: 'front:1', ports: [{name: http, containerPort: 8080}]}]}
`;

const slices = '/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices?labelSelector=kubernetes.io%2Fservice-name%3Dfront';
const portsOf = (list: unknown) => at(list, 'items', 0, 'ports');

test('a port that no container has is mended: requests arrive, and the undo brings the fault back', async () => {
	expect(await mkcoa('k8s apply -f -', manifest)).toMatchObject({code: 0});
	await real.eventually(shop.deployments('front'), found => isRolledOut(found, 2));
	await real.eventually(slices, list => at(list, 'items', 0, 'endpoints', 1) !== undefined);
	expect(portsOf(await real.read(slices)) ?? []).toEqual([]);

	const {code, outcome} = await mkcoa('incident fix');
	expect({code, outcome}).toMatchObject({
		code: 0,
		outcome: {kind: 'done', output: {incident: {id: 'target-port-not-there'}, result: 'healed', after: []}},
	});
	await real.eventually(slices, list => at(list, 'items', 0, 'ports', 0, 'port') === 8080);

	expect(await mkcoa('incident fix')).toMatchObject({code: 0, outcome: {kind: 'nothing-to-do'}});
	expect(await mkcoa(`undo ${at(outcome, 'journal')}`)).toMatchObject({code: 0});
	await real.eventually(slices, list => at(list, 'items', 0, 'ports', 0) === undefined);
});

const claim = (storageClassName: string) =>
	object('v1', 'PersistentVolumeClaim', 'data', {
		spec: {storageClassName, accessModes: ['ReadWriteOnce'], resources: {requests: {storage: '1Gi'}}},
	});

test('a claim that waits is made anew, once the server has let the old one go', async () => {
	const claims = '/api/v1/namespaces/shop/persistentvolumeclaims';
	await real.create(claims, claim('absent'));
	const before = await real.eventually(`${claims}/data`, found => at(found, 'metadata', 'finalizers', 0) !== undefined);
	const {cluster, effector, close} = await clientOf(real.plane().kubeconfig, 'admin');
	const ref = refOf(claim('absent'));
	const writes = [{op: 'delete', ref} as const, {op: 'create', ref, manifest: claim('slow')} as const];
	const remedy = {tool: 'auto_recovery', input: {}, side: 'storage', sure: true, text: {en: 'Make it anew', ko: ''}, writes} as const;
	const anew = changeTool({
		...autoRecovery,
		async plan(_, context: Parameters<typeof mend>[1]) {
			const {draft} = await remedyDraft(remedy, context);
			return {...draft, input: {incident: 'x', fault: 'x', remedy: 'x', namespace: 'shop', deadline: '5s', undoIfWorse: false}};
		},
	});
	const ports = {cluster, metrics: () => Promise.reject(new Error('no metrics')), changeTool: async () => undefined};
	const {road} = memoryRoad(ports, effector, {clock: systemClock(), target: cluster.target});
	const outcome = await runTool(anew, {}, road);
	await close();
	// Its new class is not there either: what is proven is the way, not the end.
	expect(outcome).toMatchObject({journal: 'j1', output: {watchedSeconds: expect.any(Number)}});
	const after = await real.read(`${claims}/data`);
	expect([at(after, 'spec', 'storageClassName'), at(after, 'metadata', 'uid') === at(before, 'metadata', 'uid')]).toEqual(['slow', false]);
});
