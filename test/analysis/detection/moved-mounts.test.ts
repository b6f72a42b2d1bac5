import {expect, test} from 'vitest';
import {movedMounts} from '../../../src/analysis/detection/analyzers/storage/moved-mounts.ts';
import {surveyIn} from './cluster-in-yaml.ts';
import {faultLines} from './faults-in.ts';

type Shape = {mounts?: string; volumes?: string; image?: string; env?: string};
const claimed = '{name: data, persistentVolumeClaim: {claimName: ledger}}';
const kept = '{name: data, mountPath: /var/lib/ledger}';

const template = ({mounts = kept, volumes = claimed, image = '1.4.0', env = ''}: Shape) =>
	`{metadata: {labels: {app: ledger}}, spec: {containers: [{name: ledger, image: 'r.example/ledger:${image}', env: [${env}], volumeMounts: [${mounts}]}], volumes: [${volumes}]}}`;
const owner = (kind: string, name: string) =>
	`ownerReferences: [{apiVersion: apps/v1, kind: ${kind}, name: ${name}, uid: u, controller: true}]`;
const set = (revision: number, shape: Shape) => `
kind: ReplicaSet
apiVersion: apps/v1
metadata: {name: ledger-${revision}, annotations: {deployment.kubernetes.io/revision: '${revision}'}, ${owner('Deployment', 'ledger')}}
spec: {replicas: 1, template: ${template(shape)}}
---`;
const claim = `
kind: PersistentVolumeClaim
apiVersion: v1
metadata: {name: ledger}
spec: {accessModes: [ReadWriteOnce]}
status: {phase: Bound}
---`;
const ledger = (now: Shape, before: Shape = {}, podAge = '2026-11-27T09:58:00Z') => `
kind: Deployment
apiVersion: apps/v1
metadata: {name: ledger}
spec: {replicas: 1, selector: {matchLabels: {app: ledger}}, template: ${template(now)}}
---${set(1, before)}${set(2, now)}
kind: Pod
apiVersion: v1
metadata: {name: ledger-2-x, creationTimestamp: ${podAge}, labels: {app: ledger}, ${owner('ReplicaSet', 'ledger-2')}}
spec: {containers: []}
status: {phase: Running, conditions: [{type: Ready, status: 'True'}]}
---`;

const elsewhere = '{name: data, mountPath: /srv/ledger}';
const told = '{name: DATA_DIR, value: /var/lib/ledger/books}';
const at = (field: string) => [`medium data-off-its-claim Deployment/ledger spec.template.spec.${field} remedy`];

test.each([
	['are mounted as before', ledger({image: '1.5.0'}), []],
	['are mounted at another place', ledger({mounts: elsewhere, image: '1.5.0'}), at('containers[ledger].volumeMounts[data].mountPath')],
	[
		'are mounted at another place while their pod is made anew',
		ledger({mounts: elsewhere, image: '1.5.0'}).replace(/kind: Pod.*/s, ''),
		at('containers[ledger].volumeMounts[data].mountPath'),
	],
	[
		'are mounted elsewhere while the program is told of the old place',
		ledger({mounts: elsewhere, image: '2.0.0', env: told}, {env: told}),
		at('containers[ledger].volumeMounts[data].mountPath'),
	],
	[
		'are mounted elsewhere, where the program is told to look',
		ledger({mounts: elsewhere, image: '1.5.0', env: '{name: DATA_DIR, value: /srv/ledger}'}, {env: told}),
		[],
	],
	['are mounted elsewhere by the next major version', ledger({mounts: elsewhere, image: '2.0.0'}), []],
	['are mounted elsewhere for another program', ledger({mounts: elsewhere, image: '1.5.0'}).replaceAll(':1.5.0', '-ng:1.5.0'), []],
	['were mounted elsewhere for days', ledger({mounts: elsewhere}, {}, '2026-11-20T09:00:00Z'), []],
	[
		'are mounted around the place',
		ledger({mounts: '{name: data, mountPath: /var/lib, subPath: x}'}),
		at('containers[ledger].volumeMounts[data].mountPath'),
	],
	[
		'are another directory of the volume',
		ledger({mounts: `{name: data, mountPath: /var/lib/ledger, subPath: new}`}),
		at('containers[ledger].volumeMounts[data].subPath'),
	],
	['are mounted no more', ledger({mounts: ''}), at('containers[ledger].volumeMounts')],
	['are named no more', ledger({mounts: '', volumes: ''}), at('containers[ledger].volumeMounts')],
	[
		'are hidden by an empty directory',
		ledger({mounts: '{name: fresh, mountPath: /var/lib/ledger}', volumes: '{name: fresh, emptyDir: {}}'}),
		at('containers[ledger].volumeMounts[fresh].name'),
	],
	[
		'are on another claim now',
		ledger({mounts: '{name: next, mountPath: /var/lib/ledger}', volumes: '{name: next, persistentVolumeClaim: {claimName: ledger-2}}'}),
		[],
	],
	['were only read', ledger({mounts: elsewhere}, {mounts: '{name: data, mountPath: /var/lib/ledger, readOnly: true}'}), []],
	['are a cache', ledger({mounts: '{name: data, mountPath: /var/cache/b}'}, {mounts: '{name: data, mountPath: /var/cache/a}'}), []],
])('data that %s', (_, yaml, found) => {
	expect(faultLines(movedMounts, yaml + claim)).toEqual(found);
});

test('data whose claim is not bound', () => {
	expect(faultLines(movedMounts, ledger({mounts: elsewhere}) + claim.replace('Bound', 'Pending'))).toEqual([]);
});

test('data that pods of a StatefulSet have of their own', () => {
	const templates = 'serviceName: s, volumeClaimTemplates: [{metadata: {name: data}}]';
	const own = (now: Shape) =>
		ledger({...now, volumes: ''}, {volumes: ''})
			.replaceAll('kind: Deployment', 'kind: StatefulSet')
			.replace('spec: {replicas: 1, selector', `spec: {replicas: 1, ${templates}, selector`) +
		claim.replace('name: ledger', 'name: data-ledger-0');
	expect(faultLines(movedMounts, own({}))).toEqual([]);
	expect(faultLines(movedMounts, own({mounts: elsewhere}))).toEqual([
		'medium data-off-its-claim StatefulSet/ledger spec.template.spec.containers[ledger].volumeMounts[data].mountPath remedy',
	]);
});

test('are offered their place again, which a person has to say yes to', () => {
	const patches = (now: Shape) =>
		movedMounts(surveyIn(ledger(now) + claim)).flatMap(({remedies}) =>
			remedies.map(({sure, input}) => [
				sure,
				...JSON.parse(String(input.patch)).flatMap((each: {op: string; path: string}) =>
					each.op === 'test' ? [] : [`${each.op} ${each.path}`],
				),
			]),
		);
	const container = '/spec/template/spec/containers/0';
	expect(patches({mounts: elsewhere, image: '1.5.0'})).toEqual([[false, `replace ${container}/volumeMounts/0/mountPath`]]);
	expect(patches({mounts: '', volumes: '', image: '1.5.0'})).toEqual([
		[false, `replace ${container}/volumeMounts`, 'replace /spec/template/spec/volumes'],
	]);
});
