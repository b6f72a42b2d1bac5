import {expect, test} from 'vitest';
import type {Analyzer} from '../../../src/analysis/detection/analyzer.ts';
import {storageFaults} from '../../../src/analysis/detection/analyzers/storage/storage-faults.ts';
import {unwellIn} from '../../../src/analysis/detection/sick/unwell.ts';
import {atOnce} from '../../../src/analysis/detection/turns.ts';
import {remedies, told} from './told-in.ts';

/** What claims that wait are told by, and the family itself. */
const find: Analyzer = survey => [
	...atOnce(unwellIn(survey)).causes.map(cause => ({...cause, severity: undefined})),
	...storageFaults(survey),
];

const claim = (spec: string, status = '{phase: Pending}', more = '', name = 'data') => `
apiVersion: v1
kind: PersistentVolumeClaim
${more}
metadata: {name: ${name}, annotations: {volume.kubernetes.io/selected-node: n1}}
spec: ${spec}
status: ${status}
---`;
const volume = (spec: string, status = '{phase: Available}', more = '', labels = '{}') => `
apiVersion: v1
kind: PersistentVolume
${more}
metadata: {name: pv-0, labels: ${labels}}
spec: ${spec}
status: ${status}
---`;
const storageClass = (name: string, provisioner = 'kubernetes.io/no-provisioner', metadata = '') => `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: ${name}${metadata}}
provisioner: ${provisioner}
---`;
const web = (spec = 'replicas: 1', pod = '', strategy = '') => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec: {${spec}${strategy}, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {volumes: [{name: d, persistentVolumeClaim: {claimName: data}}], containers: [{name: web}]${pod}}}}
status: {readyReplicas: 1, replicas: 1, updatedReplicas: 1, availableReplicas: 1, conditions: [{type: Available, status: "True"}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web-x, labels: {app: web}, ownerReferences: [{kind: Deployment, name: web, controller: true}]}
status: {phase: Running, conditions: [{type: Ready, status: "True"}]}
---`;
const node = (name: string, zone = 'a') =>
	`\napiVersion: v1\nkind: Node\nmetadata: {name: ${name}, labels: {zone: ${zone}}}\nstatus: {conditions: [{type: Ready, status: "True"}]}\n---`;
const asks = (more = '', size = '10Gi') =>
	`{storageClassName: manual, accessModes: [ReadWriteOnce], resources: {requests: {storage: ${size}}}${more}}`;
const has = (more = '', size = '10Gi') => `{storageClassName: manual, accessModes: [ReadWriteOnce], capacity: {storage: ${size}}${more}}`;
const bound = (modes: string) =>
	`{storageClassName: manual, volumeName: pv-0, accessModes: [${modes}], resources: {requests: {storage: 10Gi}}}`;
const ok = '{phase: Bound, capacity: {storage: 10Gi}}';
const manual = storageClass('manual');
const held = volume(has(', claimRef: {namespace: shop, name: data}'), '{phase: Bound}');
const inZone = volume(
	has(
		', claimRef: {namespace: shop, name: data}, nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: zone, operator: In, values: [a]}]}]}}',
	),
	'{phase: Bound}',
);

/** The container takes the claim in some way, and no pod is there yet. */
const taking = (way: string) =>
	web()
		.replace('{name: web}]', `{name: web, ${way}}]`)
		.replace(/---[^-]*kind: Pod.*/s, '---');

/** The revision before mounted another claim, whose volume every node reaches. */
const before = `${claim(bound('ReadWriteOnce').replace('pv-0', 'pv-1'), ok, '', 'data-2026')}${volume(has(', claimRef: {namespace: shop, name: data-2026}'), '{phase: Bound}').replace('name: pv-0', 'name: pv-1')}
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: web-1, annotations: {deployment.kubernetes.io/revision: "1"}, ownerReferences: [{kind: Deployment, name: web, controller: true}]}
spec: {template: {metadata: {labels: {app: web}}, spec: {volumes: [{name: d, persistentVolumeClaim: {claimName: data-2026}}], containers: [{name: web}]}}}
---`;

const rows: readonly (readonly [string, string, readonly string[]])[] = [
	[
		'a class that is not there',
		claim(asks().replace('manual', 'premium')) + storageClass('standard'),
		['storage-class-not-there PersistentVolumeClaim/data spec.storageClassName'],
	],
	[
		'a claim that waits for its first pod',
		claim(asks()) + manual.replace('provisioner', 'volumeBindingMode: WaitForFirstConsumer\nprovisioner'),
		[],
	],
	['a volume that fits and is not bound yet', claim(asks()) + manual + volume(has()), ['claim-pending PersistentVolumeClaim/data']],
	[
		'a volume that is too small',
		claim(asks('', '20Gi')) + manual + volume(has()),
		['volume-too-small PersistentVolumeClaim/data spec.resources.requests.storage'],
	],
	[
		'another access mode',
		claim(asks().replace('Once', 'Many')) + manual + volume(has()),
		['access-mode-not-offered PersistentVolumeClaim/data spec.accessModes'],
	],
	[
		'a volume that came to offer another mode',
		claim(asks()) + manual + volume(has().replace('Once', 'OncePod'), undefined, 'changed: "09:30"'),
		['access-mode-not-offered PersistentVolume/pv-0 spec.accessModes'],
	],
	[
		'many nodes of a disk',
		claim(asks().replace('Once', 'Many')) + storageClass('manual', 'ebs.csi.aws.com'),
		['access-mode-not-offered PersistentVolumeClaim/data spec.accessModes'],
	],
	[
		'a block volume',
		claim(asks(', volumeMode: Block')) + manual + volume(has()),
		['volume-mode-differs PersistentVolumeClaim/data spec.volumeMode'],
	],
	[
		'labels that no volume has',
		claim(asks(', selector: {matchLabels: {tier: a}}')) + manual + volume(has(), undefined, '', '{tier: b}'),
		['claim-selector-fits-no-volume PersistentVolumeClaim/data spec.selector'],
	],
	[
		'labels that an expression names and no volume has',
		claim(asks(', selector: {matchExpressions: [{key: medium, operator: In, values: [glass]}]}')) +
			manual +
			volume(has(), undefined, '', '{media: glass}'),
		['claim-selector-fits-no-volume PersistentVolumeClaim/data spec.selector'],
	],
	[
		'a block volume that is mounted',
		claim(bound('ReadWriteOnce').replace(/}$/, ', volumeMode: Block}'), ok) +
			manual +
			held +
			taking('volumeMounts: [{name: d, mountPath: /d}]'),
		['volume-mode-not-mounted Deployment/web spec.template.spec.containers[web].volumeMounts[d] (critical)'],
	],
	[
		'a volume with files that is taken for a device',
		claim(bound('ReadWriteOnce'), ok) + manual + held + taking('volumeDevices: [{name: d, devicePath: /dev/d}]'),
		['volume-mode-not-mounted Deployment/web spec.template.spec.containers[web].volumeDevices[d] (critical)'],
	],
	['a volume that is mounted', claim(bound('ReadWriteOnce'), ok) + manual + held + taking('volumeMounts: [{name: d, mountPath: /d}]'), []],
	[
		'a volume where no node is since a release, and the claim before is where one is',
		claim(bound('ReadWriteOnce'), ok) + manual + inZone + before + web() + node('n2', 'b'),
		['volume-on-other-nodes Deployment/web spec.template.spec.volumes[d].persistentVolumeClaim.claimName (medium)'],
	],
	[
		'a volume kept for a name that is spelled otherwise',
		claim(asks(', volumeName: pv-0')) + manual + volume(has(', claimRef: {namespace: shop, name: dta}')),
		['volume-held PersistentVolume/pv-0 spec.claimRef'],
	],
	['no volume at all', claim(asks()) + manual, ['no-volume-fits PersistentVolumeClaim/data spec.storageClassName']],
	[
		'a volume that is gone',
		claim(bound('ReadWriteOnce'), '{phase: Bound, capacity: {storage: 10Gi}}') + manual,
		['claim-lost PersistentVolumeClaim/data spec.volumeName'],
	],
	[
		'a claim that is not as large as it asks for',
		claim(bound('ReadWriteOnce'), '{phase: Bound, capacity: {storage: 5Gi}}') + manual + held,
		['claim-not-resized PersistentVolumeClaim/data spec.resources.requests.storage (medium)'],
	],
	[
		'one replica, and the old pod goes first',
		claim(bound('ReadWriteOnce'), ok) + manual + held + web('replicas: 1', '', ', strategy: {type: Recreate}'),
		[],
	],
	[
		'two replicas on a volume of one node',
		claim(bound('ReadWriteOnce'), ok) + manual + held + web('replicas: 2'),
		['volume-of-one-node Deployment/web spec.replicas'],
	],
	[
		'two replicas on a volume of one pod',
		claim(bound('ReadWriteOncePod'), ok) + manual + held + web('replicas: 2'),
		['volume-of-one-node Deployment/web spec.replicas'],
	],
	['two replicas on a volume of many nodes', claim(bound('ReadWriteMany'), ok) + manual + held + web('replicas: 2'), []],
	['a rollout on one node', claim(bound('ReadWriteOnce'), ok) + manual + held + web() + node('n1'), []],
	['a rollout on two nodes', claim(bound('ReadWriteOnce'), ok) + manual + held + web() + node('n1') + node('n2'), []],
	[
		'a volume where the pods run',
		claim(bound('ReadWriteMany'), ok) + manual + inZone + web('replicas: 1', ', nodeSelector: {zone: a}') + node('n1') + node('n2', 'b'),
		[],
	],
	[
		'a volume in another zone than the pods',
		claim(bound('ReadWriteMany'), ok) + manual + inZone + web('replicas: 1', ', nodeSelector: {zone: b}') + node('n1') + node('n2', 'b'),
		['volume-on-other-nodes Deployment/web spec.template.spec.nodeSelector (medium)'],
	],
	[
		'a volume where no node is',
		claim(bound('ReadWriteMany'), ok) + manual + inZone + web() + node('n2', 'b'),
		['volume-on-other-nodes PersistentVolume/pv-0 spec.nodeAffinity (medium)'],
	],
];

test.each(rows)('%s', (_, text, expected) => {
	// The pods here say too little of themselves to be well.
	expect(told(find, text).filter(line => !line.startsWith('cause-not-found'))).toEqual(expected);
});

test('an empty claim is made anew with the class that was meant, without the notes of controllers', () => {
	const [first] = remedies(find, claim(asks().replace('manual', 'premium')) + storageClass('standard'));
	expect(first).toMatch(/^sure delete PersistentVolumeClaim\/data; create PersistentVolumeClaim\/data .*"storageClassName":"standard"/);
	expect(first).not.toContain('selected-node');
});

test('a claim without a class takes one as it is', () => {
	const text = claim('{accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}') + storageClass('standard', 'x.io/disk');
	expect(remedies(find, text)[0]).toBe('sure {"spec":{"storageClassName":"standard"}}');
});

test('a number of pods goes back to the one that a volume lets in, where it was raised later', () => {
	const sole = claim(bound('ReadWriteOncePod'), ok) + manual + held;
	const back = '[{"op":"test","path":"/spec/replicas","value":2},{"op":"replace","path":"/spec/replicas","value":1}]';
	expect(remedies(storageFaults, sole + web('replicas: 2').replace('metadata', 'changed: "09:50"\nmetadata'))).toEqual([`sure ${back}`]);
	expect(remedies(storageFaults, sole + web('replicas: 2'))).toEqual([`choice ${back}`]);
});

test('a claim that holds something is never made anew', () => {
	const text = claim(asks('', '20Gi'), '{phase: Bound, capacity: {storage: 5Gi}}') + manual + held;
	expect(remedies(find, text).filter(line => line.includes('delete'))).toEqual([]);
});

test.each([
	['{key: medium, operator: In, values: [glass]}', '{media: glass}', ['sure {"metadata":{"labels":{"medium":"glass"}}}']],
	['{key: medium, operator: In, values: [film, glass]}', '{media: glass}', ['sure {"metadata":{"labels":{"medium":"glass"}}}']],
	['{key: medium, operator: In, values: [film, glass]}', '{}', []],
	['{key: medium, operator: Exists}', '{media: glass}', ['sure {"metadata":{"labels":{"medium":"glass"}}}']],
	['{key: broken, operator: DoesNotExist}', '{broken: yes-it-is}', ['sure {"metadata":{"labels":{"broken":null}}}']],
	['{key: medium, operator: NotIn, values: [film]}', '{medium: film}', []],
])('a volume with labels %s of %s', (expression, labels, expected) => {
	const text = claim(asks(`, selector: {matchExpressions: [${expression}]}`)) + manual + volume(has(), undefined, '', labels);
	expect(remedies(find, text).filter(each => each.includes('"labels"'))).toEqual(expected);
});

test('the claim of the release before is mounted again where its volume can be reached', () => {
	const text = claim(bound('ReadWriteOnce'), ok) + manual + inZone + before + web() + node('n2', 'b');
	expect(remedies(find, text)).toEqual([
		'sure [{"op":"test","path":"/spec/template/spec/volumes/0/persistentVolumeClaim/claimName","value":"data"},{"op":"replace","path":"/spec/template/spec/volumes/0/persistentVolumeClaim/claimName","value":"data-2026"}]',
	]);
});
