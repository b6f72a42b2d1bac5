import {expect, test} from 'vitest';
import {made} from './made.ts';

const rbac = 'rbac.authorization.k8s.io';
const account = {kind: 'ServiceAccount', namespace: 'oven', name: 'baker'};
const rule = (groups: string, resources: string, verbs: string, names?: string) => ({
	apiGroups: [groups],
	resources: resources.split(' '),
	verbs: verbs.split(' '),
	...(names === undefined ? {} : {resourceNames: names.split(' ')}),
});
const role = (name: string, ...rules: object[]) => ({kind: 'Role', metadata: {name, namespace: 'shop'}, rules});
const bound = (name: string, to: string, ...subjects: object[]) => ({
	kind: 'RoleBinding',
	metadata: {name, namespace: 'shop'},
	roleRef: {apiGroup: rbac, kind: 'Role', name: to},
	subjects,
});

const rows: readonly (readonly [request: string, objects: readonly object[]])[] = [
	[
		'baker, the service account of oven, gets to see persistent volumes for the whole cluster: name cluster role and binding pv-look',
		[
			{kind: 'ClusterRole', metadata: {name: 'pv-look'}, rules: [rule('', 'persistentvolumes', 'get list watch')]},
			{kind: 'ClusterRoleBinding', metadata: {name: 'pv-look'}, subjects: [account]},
		],
	],
	[
		'oven의 서비스어카운트 baker에게 shop 네임스페이스에서 클러스터롤 view를 묶어줘. 롤바인딩 이름은 baker-view',
		[
			{
				kind: 'RoleBinding',
				metadata: {name: 'baker-view', namespace: 'shop'},
				roleRef: {kind: 'ClusterRole', name: 'view'},
				subjects: [account],
			},
		],
	],
	[
		'Role peeler in shop: get on pods, create on pods/attach and patch on statefulsets/scale',
		[role('peeler', rule('', 'pods', 'get'), rule('', 'pods/attach', 'create'), rule('apps', 'statefulsets/scale', 'patch'))],
	],
	[
		'shop에 롤 mixer 만들어줘: 컨피그맵은 모든 동작, 시크릿은 list만',
		[role('mixer', rule('', 'configmaps', '*'), rule('', 'secrets', 'list'))],
	],
	['Role icer in shop that may get and update the configmap recipes only', [role('icer', rule('', 'configmaps', 'get update', 'recipes'))]],
	[
		'Role taster in shop, all verbs on loaves and crumbs of flour.example.com',
		[role('taster', rule('flour.example.com', 'loaves crumbs', '*'))],
	],
	[
		'shop에서 qa, ops 그룹이 워크로드를 조회할 수 있게 롤 looker와 바인딩 looker-all 만들어줘',
		[
			role('looker', rule('apps', 'deployments statefulsets daemonsets', 'get list watch')),
			bound('looker-all', 'looker', {apiGroup: rbac, kind: 'Group', name: 'qa'}, {apiGroup: rbac, kind: 'Group', name: 'ops'}),
		],
	],
	[
		'baker, the account in oven, should create jobs in shop: role starter, binding starter-baker',
		[role('starter', rule('batch', 'jobs', 'create')), bound('starter-baker', 'starter', account)],
	],
	['Role taster in shop: get and list on configmaps, explicitly without secrets', [role('taster', rule('', 'configmaps', 'get list'))]],
	['Create role taster in shop with get on pods and pods/log, no exec', [role('taster', rule('', 'pods pods/log', 'get'))]],
	['Role taster in shop with get on pods; it may not delete pods', [role('taster', rule('', 'pods', 'get'))]],
	['shop에 롤 taster 만들어줘. 시크릿 말고 컨피그맵만 get, list', [role('taster', rule('', 'configmaps', 'get list'))]],
	[
		'Role sweeper in shop (delete pods), bound to oven/baker as sweeper-baker',
		[role('sweeper', rule('', 'pods', 'delete')), bound('sweeper-baker', 'sweeper', account)],
	],
	[
		'Cluster role node-looker: get and list nodes',
		[{kind: 'ClusterRole', metadata: {name: 'node-looker'}, rules: [rule('', 'nodes', 'get list')]}],
	],
	[
		'Service account glazer in shop without a mounted token, pull secret pull',
		[{kind: 'ServiceAccount', automountServiceAccountToken: false, imagePullSecrets: [{name: 'pull'}]}],
	],
];

test.each(rows)('%s', async (request, objects) => {
	expect(await made(request)).toMatchObject(objects);
});

test('rights in two namespaces are a role in each', async () => {
	const objects = await made('In shop and oven the group ops may list events: role lister, binding lister');
	expect(objects.map(({kind, metadata}) => [kind, metadata])).toEqual([
		['Role', {name: 'lister', namespace: 'shop'}],
		['RoleBinding', {name: 'lister', namespace: 'shop'}],
		['Role', {name: 'lister', namespace: 'oven'}],
		['RoleBinding', {name: 'lister', namespace: 'oven'}],
	]);
});

const claims: readonly (readonly [request: string, spec: object])[] = [
	[
		'PVC proof in shop, 3Gi of fast, raw block, many nodes may read and write it',
		{storageClassName: 'fast', volumeMode: 'Block', accessModes: ['ReadWriteMany']},
	],
	[
		'shop에 pvc rest 4Gi, 스냅샷 monday에서 복원',
		{dataSource: {apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'monday'}},
	],
	[
		'Claim shelf in shop for the volume pv-shelf-1, 9Gi, read-only by many nodes',
		{volumeName: 'pv-shelf-1', accessModes: ['ReadOnlyMany']},
	],
	[
		'Claim tin in shop, 1Gi, without a storage class, selector size=small',
		{storageClassName: '', selector: {matchLabels: {size: 'small'}}},
	],
];

test.each(claims)('%s', async (request, spec) => {
	expect(await made(request)).toEqual([expect.objectContaining({kind: 'PersistentVolumeClaim', spec: expect.objectContaining(spec)})]);
});
