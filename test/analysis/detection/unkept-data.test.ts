import {expect, test} from 'vitest';
import {storageFaults} from '../../../src/analysis/detection/analyzers/storage/storage-faults.ts';
import {surveyIn} from './cluster-in-yaml.ts';
import {faultLines} from './faults-in.ts';

type Shape = {now?: string; before?: string; mount?: string; name?: string; podAge?: string};
const kept = 'persistentVolumeClaim: {claimName: pictures}';
const template = (volume: string, {mount = '/srv/pictures', name = 'pictures'}: Shape) =>
	`{metadata: {labels: {app: album}}, spec: {containers: [{name: album, image: 'r.example/album:1', volumeMounts: [{name: ${name}, mountPath: ${mount}}]}], volumes: [{name: ${name}, ${volume}}]}}`;
const owned = (kind: string) =>
	`ownerReferences: [{apiVersion: apps/v1, kind: ${kind}, name: ${kind === 'Deployment' ? 'album' : 'album-2'}, uid: u, controller: true}]`;
const album = (shape: Shape = {}) => {
	const {now = 'emptyDir: {}', before = kept, podAge = '2026-11-27T09:58:00Z'} = shape;
	return `
kind: Deployment
apiVersion: apps/v1
metadata: {name: album}
spec: {replicas: 1, selector: {matchLabels: {app: album}}, template: ${template(now, shape)}}
---
kind: ReplicaSet
apiVersion: apps/v1
metadata: {name: album-1, annotations: {deployment.kubernetes.io/revision: '1'}, ${owned('Deployment')}}
spec: {replicas: 0, template: ${template(before, shape)}}
---
kind: ReplicaSet
apiVersion: apps/v1
metadata: {name: album-2, annotations: {deployment.kubernetes.io/revision: '2'}, ${owned('Deployment')}}
spec: {replicas: 1, template: ${template(now, shape)}}
---
kind: Pod
apiVersion: v1
metadata: {name: album-2-x, creationTimestamp: ${podAge}, labels: {app: album}, ${owned('ReplicaSet')}}
spec: {containers: []}
status: {phase: Running, conditions: [{type: Ready, status: 'True'}]}
---`;
};
const claim = (phase = 'Bound') => `
kind: PersistentVolumeClaim
apiVersion: v1
metadata: {name: pictures}
spec: {accessModes: [ReadWriteMany]}
status: {phase: ${phase}}
---`;
const other = `
kind: CronJob
apiVersion: batch/v1
metadata: {name: backup}
spec: {jobTemplate: {spec: {template: {spec: {containers: [], volumes: [{name: p, ${kept}}]}}}}}
---`;

test.each([
	[
		'was kept on a claim before',
		album() + claim(),
		['medium data-off-its-claim Deployment/album spec.template.spec.volumes[pictures] remedy'],
	],
	['is kept on its claim', album({now: kept, before: 'emptyDir: {}'}) + claim(), []],
	['never was kept', album({before: 'emptyDir: {}'}) + claim(), []],
	['was kept on a claim that is gone', album(), []],
	['was kept on a claim that is not bound', album() + claim('Pending'), []],
	['was kept on a claim that another uses', album() + claim() + other, []],
	['was kept for days before', album({podAge: '2026-11-20T09:00:00Z'}) + claim(), []],
	[
		'was kept on a claim before, as a catalog',
		album({mount: '/var/lib/catalog'}) + claim(),
		['medium data-off-its-claim Deployment/album spec.template.spec.volumes[pictures] remedy'],
	],
	['is a cache', album({name: 'cache'}) + claim(), []],
	['is room to work in', album({mount: '/var/tmp/pictures'}) + claim(), []],
	['is in a Secret now', album({now: 'secret: {secretName: s}'}) + claim(), []],
])('data in an empty directory that %s', (_, yaml, found) => {
	expect(faultLines(storageFaults, yaml)).toEqual(found);
});

test('is offered its claim, which a person has to say yes to', () => {
	const remedies = storageFaults(surveyIn(album() + claim())).flatMap(cause => cause.remedies);
	expect(remedies.map(({sure, input}) => [sure, JSON.parse(String(input.patch))[1]])).toEqual([
		[
			false,
			{op: 'replace', path: '/spec/template/spec/volumes/0', value: {name: 'pictures', persistentVolumeClaim: {claimName: 'pictures'}}},
		],
	]);
});
