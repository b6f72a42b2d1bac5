import {expect, test} from 'vitest';
import {lifecycleFaults} from '../../../src/analysis/detection/analyzers/lifecycle/lifecycle-faults.ts';
import {faultLines, surePatches} from './faults-in.ts';

const held = (finalizers: string, at = '2026-11-27T09:59:30Z') => `
apiVersion: tenancy.acme.test/v1
kind: Tenant
metadata: {name: blue, deletionTimestamp: '${at}', finalizers: [${finalizers}]}
---`;
const ending = `
apiVersion: v1
kind: Namespace
metadata: {name: shop, deletionTimestamp: '2026-11-27T09:59:00Z'}
---`;
const controller = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: tenancy-controller}
spec: {replicas: 1, selector: {matchLabels: {app: t}}, template: {spec: {containers: [{name: c, image: 'i:1'}]}}}
---
apiVersion: v1
kind: Pod
metadata: {name: t-1, labels: {app: t}, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: tenancy-controller, uid: u, controller: true}]}
---`;
const lines = (yaml: string, snapshot = {}) => faultLines(lifecycleFaults, yaml, snapshot);

test('the object that holds a namespace is named, and its finalizer goes where nothing runs that would take it away', () => {
	const yaml = ending + held('tenancy.acme.test/cleanup');
	expect(lines(yaml)).toEqual(['medium finalizer-held Tenant/blue metadata.finalizers remedy']);
	expect(surePatches(lifecycleFaults, yaml)).toEqual([
		'[{"op":"test","path":"/metadata/finalizers","value":["tenancy.acme.test/cleanup"]},{"op":"remove","path":"/metadata/finalizers"}]',
	]);
});

test('a controller that speaks of it is given two minutes, and then a person decides', () => {
	expect(lines(controller + held('tenancy.acme.test/cleanup'))).toEqual([]);
	const late = controller + held('tenancy.acme.test/cleanup', '2026-11-27T09:50:00Z');
	expect(lines(late)).toEqual(['medium finalizer-held Tenant/blue metadata.finalizers remedy']);
	expect(surePatches(lifecycleFaults, late)).toEqual([]);
});

test('finalizers of Kubernetes itself stay, and alone they hold nothing', () => {
	expect(lines(held('foregroundDeletion, kubernetes.io/pvc-protection'))).toEqual([]);
	expect(surePatches(lifecycleFaults, held('foregroundDeletion, acme.test/x'))[0]).toContain('"value":["foregroundDeletion"]');
});

test('a claim that was deleted under running pods is told before its data are gone', () => {
	const claim = `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data, deletionTimestamp: '2026-11-27T09:59:00Z', finalizers: [kubernetes.io/pvc-protection]}
---`;
	const pod = (phase: string) => `
apiVersion: v1
kind: Pod
metadata: {name: db-0}
spec: {volumes: [{name: d, persistentVolumeClaim: {claimName: data}}]}
status: {phase: ${phase}}
---`;
	expect(lines(claim + pod('Running'))).toEqual(['high claim-deleted-in-use PersistentVolumeClaim/data metadata.deletionTimestamp none']);
	expect(lines(claim + pod('Succeeded'))).toEqual([]);
});
