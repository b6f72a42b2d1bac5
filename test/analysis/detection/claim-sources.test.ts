import {expect, test} from 'vitest';
import type {Analyzer} from '../../../src/analysis/detection/analyzer.ts';
import {detect} from '../../../src/analysis/detection/detect.ts';
import {remedies, told} from './told-in.ts';

const find: Analyzer = survey => detect(survey).incidents.map(({cause}) => cause);

const claim = (name: string, spec: string, phase = 'Pending') => `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: ${name}}
spec: {storageClassName: disk, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}, ${spec}}
status: {phase: ${phase}}
---`;
const disk = (more = '') => `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: disk}
provisioner: csi.example.com
${more}
---`;
const node = (name: string, labels: string) => `
apiVersion: v1
kind: Node
metadata: {name: ${name}, labels: {${labels}}}
status: {conditions: [{type: Ready, status: "True"}]}
---`;
const volumeOf = (name: string) => `
apiVersion: v1
kind: PersistentVolume
metadata: {name: pv-${name}}
spec: {storageClassName: disk, accessModes: [ReadWriteOnce], capacity: {storage: 1Gi}, claimRef: {namespace: shop, name: ${name}}}
status: {phase: Bound}
---`;
const bound = (name: string) => claim(name, `volumeName: pv-${name}`, 'Bound') + volumeOf(name);
const from = (name: string, kind = 'PersistentVolumeClaim', group = '') =>
	['dataSource', 'dataSourceRef'].map(field => `${field}: {${group}kind: ${kind}, name: ${name}}`).join(', ');
const snapshot = from('nightly', 'VolumeSnapshot', 'apiGroup: snapshot.storage.k8s.io, ');
const event = (message: string, about = 'copy') => `
apiVersion: v1
kind: Event
metadata: {name: ${about}.1}
type: Warning
reason: ProvisioningFailed
message: '${message}'
involvedObject: {kind: PersistentVolumeClaim, name: ${about}, namespace: shop}
lastTimestamp: '2026-11-27T09:59:00Z'
---`;
const gone = 'failed to provision volume: error getting snapshot nightly from api server: volumesnapshots "nightly" not found';
const fault = (field: string) => [`claim-source-not-there PersistentVolumeClaim/copy spec.${field}.name (medium)`];

test.each([
	['another claim that is gone', claim('copy', from('data-old')) + bound('other'), fault('dataSourceRef')],
	['another claim by the older field', claim('copy', 'dataSource: {kind: PersistentVolumeClaim, name: data-old}'), fault('dataSource')],
	['a claim that is there', claim('copy', from('data')) + bound('data'), []],
	['a claim of another namespace', claim('copy', 'dataSourceRef: {kind: PersistentVolumeClaim, name: data, namespace: bank}'), []],
	['a snapshot that the provisioner does not find', claim('copy', snapshot) + event(gone), fault('dataSourceRef')],
	['a snapshot of which nobody says anything', claim('copy', snapshot), []],
	['a snapshot that is not ready yet', claim('copy', snapshot) + event('snapshot nightly is not ready'), []],
	[
		'a snapshot that was deleted after the claim was filled',
		claim('copy', `${snapshot}, volumeName: pv-copy`, 'Bound') + volumeOf('copy'),
		[],
	],
])('a claim that is filled from %s', (_, text, expected) => {
	expect(told(find, text + disk()).filter(line => !line.startsWith('claim-pending'))).toEqual(expected);
});

test('an empty claim is made anew from the claim of a near name, and from nothing else', () => {
	const [first] = remedies(find, claim('copy', from('dta')) + bound('data') + disk());
	expect(first).toMatch(/^sure delete PersistentVolumeClaim\/copy; create PersistentVolumeClaim\/copy /);
	expect(first).toMatch(/"dataSource":\{"kind":"PersistentVolumeClaim","name":"data"\}.*"dataSourceRef":\{.*"name":"data"\}/);
	expect(remedies(find, claim('copy', from('backup-4')) + bound('backup-3') + disk())[0]).toMatch(/^choice delete /);
	expect(remedies(find, claim('copy', from('ledger')) + bound('data') + disk())).toEqual([]);
});

const zone = 'topology.kubernetes.io/zone';
const only = (key: string, values: string) => `allowedTopologies: [{matchLabelExpressions: [{key: ${key}, values: [${values}]}]}]`;
const [a, b] = [node('n1', `${zone}: a`), node('n2', `${zone}: b`)];
const topology = ['storage-class-of-no-node StorageClass/disk allowedTopologies[0].matchLabelExpressions[0]'];
const late = 'volumeBindingMode: WaitForFirstConsumer';
const karpenter = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: nodepools.karpenter.sh}
spec: {group: karpenter.sh}
---`;

test.each([
	['that no node is in', claim('new', '') + disk(only(zone, 'c')) + a + b, topology],
	['under a label that no node has', claim('new', '') + disk(only('failure-domain.beta.kubernetes.io/zone', 'a')) + a + b, topology],
	['that one node is in', claim('new', '') + disk(only(zone, 'b, c')) + a + b, []],
	['that no node is in, and nobody waits', claim('new', 'volumeName: pv-new', 'Bound') + volumeOf('new') + disk(only(zone, 'c')) + a, []],
	['that no node is in, before a pod wants the volume', claim('new', '') + disk(`${only(zone, 'c')}\n${late}`) + a, []],
	['where nodes come when they are wanted', claim('new', '') + disk(only(zone, 'c')) + a + karpenter, []],
	['left open', claim('new', '') + disk() + a, []],
])('volumes of a zone %s', (_, text, expected) => {
	expect(told(find, text).flatMap(line => (line.startsWith('claim-pending') ? [] : [line.replace(/ \(.*/, '')]))).toEqual(expected);
});

test('a class goes to where the nodes are, unasked where there is only one such place', () => {
	const place = '/allowedTopologies/0/matchLabelExpressions/0';
	const patch = (way: string, field: string, before: unknown, value: unknown) => [
		`${way} ${JSON.stringify([
			{op: 'test', path: `${place}/${field}`, value: before},
			{op: 'replace', path: `${place}/${field}`, value},
		])}`,
	];
	const way = (key: string, values: string, nodes: string) => remedies(find, claim('new', '') + disk(only(key, values)) + nodes);
	expect(way(zone, 'c', a)).toEqual(patch('sure', 'values', ['c'], ['a']));
	expect(way(zone, 'c', a + b)).toEqual(patch('choice', 'values', ['c'], ['a', 'b']));
	const old = 'failure-domain.beta.kubernetes.io/zone';
	expect(way(old, 'a', a + b)).toEqual(patch('sure', 'key', old, zone));
	expect(way('rack', 'r7', a + b)).toEqual([]);
});
