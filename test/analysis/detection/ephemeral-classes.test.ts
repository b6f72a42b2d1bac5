import {expect, test} from 'vitest';
import type {Analyzer} from '../../../src/analysis/detection/analyzer.ts';
import {storageFaults} from '../../../src/analysis/detection/analyzers/storage/storage-faults.ts';
import {detect} from '../../../src/analysis/detection/detect.ts';
import {faultLines, surePatches} from './faults-in.ts';

const template = (name: string) =>
	`{metadata: {labels: {app: render}}, spec: {containers: [{name: render, image: 'r.example/r:1'}], volumes: [{name: room, ephemeral: {volumeClaimTemplate: {spec: {${name}accessModes: [ReadWriteOnce]}}}}]}}`;
const storageClass = (name: string) => `
kind: StorageClass
apiVersion: storage.k8s.io/v1
metadata: {name: ${name}}
provisioner: csi.example.com
---`;
const render = (name: string, before = name) =>
	`
kind: Deployment
apiVersion: apps/v1
metadata: {name: render}
spec: {replicas: 1, selector: {matchLabels: {app: render}}, template: ${template(name)}}
---` +
	[before, name]
		.map(
			(each, index) => `
kind: ReplicaSet
apiVersion: apps/v1
metadata: {name: render-${index}, annotations: {deployment.kubernetes.io/revision: '${index + 1}'}, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: render, uid: u, controller: true}]}
spec: {replicas: ${index}, template: ${template(each)}}
---`,
		)
		.join('');
const waiting = `
kind: Pod
apiVersion: v1
metadata: {name: render-1-x, labels: {app: render}, ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: render-1, uid: r, controller: true}]}
spec: {containers: [], volumes: [{name: room, ephemeral: {}}]}
status: {phase: Pending}
---
kind: PersistentVolumeClaim
apiVersion: v1
metadata: {name: render-1-x-room, ownerReferences: [{apiVersion: v1, kind: Pod, name: render-1-x, uid: p, controller: true}]}
spec: {storageClassName: fsat, accessModes: [ReadWriteOnce]}
status: {phase: Pending}
---`;
const of = (name: string) => `storageClassName: ${name}, `;
const path = 'Deployment/render spec.template.spec.volumes[room].ephemeral.volumeClaimTemplate.spec.storageClassName';

test.each([
	['that is there', render(of('fast')) + storageClass('fast'), []],
	['that is misspelt', render(of('fsat')) + storageClass('fast'), [`critical storage-class-not-there ${path} remedy`]],
	['that was another before', render(of('gold'), of('fast')) + storageClass('fast'), [`critical storage-class-not-there ${path} remedy`]],
	['that nobody can tell', render(of('gold')) + storageClass('fast'), [`critical storage-class-not-there ${path} none`]],
	['that is the default one', render('') + storageClass('fast'), []],
	['that is none on purpose', render(of("''")) + storageClass('fast'), []],
])('volumes made with each pod by a class %s', (_, yaml, found) => {
	expect(faultLines(storageFaults, yaml)).toEqual(found);
});

test('are told once, of the template and not of the claims that it makes', () => {
	const all: Analyzer = survey => detect(survey).incidents.map(({cause}) => cause);
	const yaml = render(of('fsat')) + storageClass('fast') + waiting;
	expect(faultLines(all, yaml).filter(line => line.includes('storage-class'))).toEqual([`critical storage-class-not-there ${path} remedy`]);
	expect(surePatches(all, yaml)).toEqual([expect.stringContaining('"op":"replace","path":"/spec/template/spec/volumes/0/ephemeral/')]);
});

test('are told of nowhere while classes were not read', () => {
	expect(faultLines(storageFaults, render(of('fsat')), {unread: [{kind: 'StorageClass', why: 'forbidden'}]})).toEqual([]);
});
