import {expect, test} from 'vitest';
import {podFaults} from '../../../src/analysis/detection/analyzers/pod/pod-faults.ts';
import {faultLines, surePatches} from './faults-in.ts';

type Shape = {mounts?: string; volumes?: string; command?: string; init?: string; more?: string};
const work = '{name: work, emptyDir: {}}';

const template = ({
	mounts = '{name: work, mountPath: /opt/firing/work}',
	volumes = work,
	command = '/opt/firing/bin/firing',
	init = '',
	more = '',
}: Shape) =>
	`{metadata: {labels: {app: firing}}, spec: {initContainers: [${init}], containers: [{name: firing, image: 'r.example/firing:1', command: [${command}], ${more}volumeMounts: [${mounts}]}], volumes: [${volumes}]}}`;
const owner = (kind: string, name: string) =>
	`ownerReferences: [{apiVersion: apps/v1, kind: ${kind}, name: ${name}, uid: u, controller: true}]`;
const set = (revision: number, shape: Shape) => `
kind: ReplicaSet
apiVersion: apps/v1
metadata: {name: firing-${revision}, annotations: {deployment.kubernetes.io/revision: '${revision}'}, ${owner('Deployment', 'firing')}}
spec: {replicas: 1, template: ${template(shape)}}
---`;
const firing = (now: Shape, before: Shape = {}, podAge = '2026-11-27T09:58:00Z') => `
kind: Deployment
apiVersion: apps/v1
metadata: {name: firing}
spec: {replicas: 1, selector: {matchLabels: {app: firing}}, template: ${template(now)}}
---${set(1, before)}${set(2, now)}
kind: Pod
apiVersion: v1
metadata: {name: firing-2-x, creationTimestamp: ${podAge}, labels: {app: firing}, ${owner('ReplicaSet', 'firing-2')}}
spec: {containers: []}
status: {phase: Running, conditions: [{type: Ready, status: 'True'}]}
---`;

const over = '{name: work, mountPath: /opt/firing}';
const unpack = `{name: unpack, image: r, volumeMounts: [${over}]}`;
const files = '{name: work, configMap: {name: files}}';
const map = (key: string) => `\n{kind: ConfigMap, apiVersion: v1, metadata: {name: files}, data: {${key}: x}}\n---`;
const at = (field: string) => [
	`high program-hidden-by-volume Deployment/firing spec.template.spec.containers[firing].volumeMounts[work]${field} remedy`,
];

test.each([
	['is mounted beside the program', firing({}), []],
	['is mounted over the program', firing({mounts: over}), at('.mountPath')],
	['is mounted over the program, with a slash behind', firing({mounts: over.replace('firing}', 'firing/}')}), at('.mountPath')],
	['is filled by an init container', firing({mounts: over, init: unpack}), []],
	['holds the program from a ConfigMap', firing({mounts: over, volumes: files, command: '/opt/firing/run.sh'}) + map('run.sh'), []],
	[
		'holds other files of a ConfigMap',
		firing({mounts: over, volumes: files, command: '/opt/firing/run.sh'}) + map('other.sh'),
		at('.mountPath'),
	],
	[
		'holds one file alone',
		firing({mounts: '{name: work, mountPath: /opt/firing/run.sh, subPath: run.sh}', volumes: files, command: '/opt/firing/run.sh'}) +
			map('run.sh'),
		[],
	],
	['holds the disk of a claim', firing({mounts: over, volumes: '{name: work, persistentVolumeClaim: {claimName: c}}'}), []],
	['covers what an interpreter is to run', firing({mounts: over, command: 'java, -jar, /opt/firing/firing.jar'}), at('.mountPath')],
	['covers what a shell is to make itself', firing({mounts: over, command: 'sh, -c, "cp /x /opt/firing/y.sh && /opt/firing/y.sh"'}), []],
	[
		'covers what is found from the working directory',
		firing({mounts: over, command: './bin/firing', more: 'workingDir: /opt/firing, '}),
		at('.mountPath'),
	],
	['has covered it for days in pods that are ready', firing({mounts: over}, {}, '2026-11-20T09:00:00Z'), []],
	['is called nearly like the directory', firing({mounts: '{name: work, mountPath: /opt/fir}'}), []],
])('a volume that %s', (_, yaml, found) => {
	expect(faultLines(podFaults, yaml)).toEqual(found);
});

test('the volume is mounted where it was', () => {
	expect(surePatches(podFaults, firing({mounts: over}))).toEqual([
		'[{"op":"test","path":"/spec/template/spec/containers/0/volumeMounts/0/mountPath","value":"/opt/firing"},{"op":"replace","path":"/spec/template/spec/containers/0/volumeMounts/0/mountPath","value":"/opt/firing/work"}]',
	]);
});
