import type {Json} from '../../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Column} from './column.ts';
import {ageColumn, countColumn, createdColumn, nameColumn, none, textColumn} from './common-columns.ts';

function nodeStatus(node: KubeObject): string {
	const ready = listAt(node, 'status', 'conditions').find(condition => textAt(condition, 'type') === 'Ready');
	const state = ready === undefined ? 'Unknown' : textAt(ready, 'status') === 'True' ? 'Ready' : 'NotReady';
	return valueAt(node, 'spec', 'unschedulable') === true ? `${state},SchedulingDisabled` : state;
}

function nodeRoles({metadata}: KubeObject): string {
	const roles = Object.entries(metadata.labels ?? {}).flatMap(([key, value]) => {
		if (key.startsWith('node-role.kubernetes.io/')) return [key.slice('node-role.kubernetes.io/'.length)];
		return key === 'kubernetes.io/role' && value !== '' ? [value] : [];
	});
	return roles.length === 0 ? none : roles.sort().join(',');
}

const nodeAddress = (type: string) => (node: KubeObject) =>
	textAt(
		listAt(node, 'status', 'addresses').find(address => textAt(address, 'type') === type),
		'address',
	) ?? none;

const info = (name: string, field: string): Column => ({...textColumn(name, ['status', 'nodeInfo', field], '<unknown>'), wide: true});

/** With the architecture behind it. */
function kernel(node: KubeObject): string {
	const version = textAt(node, 'status', 'nodeInfo', 'kernelVersion') || '<unknown>';
	const architecture = textAt(node, 'status', 'nodeInfo', 'architecture') ?? '';
	return architecture === '' ? version : `${version} (${architecture})`;
}

const shortModes: {readonly [mode: string]: string} = {
	ReadWriteOnce: 'RWO',
	ReadOnlyMany: 'ROX',
	ReadWriteMany: 'RWX',
	ReadWriteOncePod: 'RWOP',
};
const accessModes = (modes: readonly Json[]) => modes.map(mode => shortModes[String(mode)] ?? String(mode)).join(',');
const capacity = (value: Json | undefined) => (value === undefined ? '' : String(value));
const attributesClass: Column = textColumn('VolumeAttributesClass', ['spec', 'volumeAttributesClassName'], '<unset>');
const volumeMode: Column = {...textColumn('VolumeMode', ['spec', 'volumeMode'], '<unset>'), wide: true};

const phase = (object: KubeObject) =>
	object.metadata.deletionTimestamp === undefined ? (textAt(object, 'status', 'phase') ?? '') : 'Terminating';

/** `cpu: 1/2, pods: 3/10`, requests and everything else, or limits. */
const quotaUse = (wanted: 'limit' | 'request') => (quota: KubeObject) =>
	Object.entries(objectAt(quota, 'status', 'hard'))
		.filter(([name]) => name.startsWith('limits.') === (wanted === 'limit'))
		.sort()
		.map(([name, hard]) => `${name}: ${String(valueAt(quota, 'status', 'used', name) ?? 0)}/${String(hard)}`)
		.join(', ');

const subjectNames = (kind: string) => (binding: KubeObject) =>
	listAt(binding, 'subjects')
		.filter(subject => textAt(subject, 'kind') === kind)
		.map(subject =>
			kind === 'ServiceAccount' ? `${textAt(subject, 'namespace')}/${textAt(subject, 'name')}` : (textAt(subject, 'name') ?? ''),
		)
		.join(', ');

const bindingColumns: readonly Column[] = [
	nameColumn,
	{name: 'Role', cell: object => `${textAt(object, 'roleRef', 'kind')}/${textAt(object, 'roleRef', 'name')}`},
	ageColumn,
	{name: 'Users', wide: true, cell: subjectNames('User')},
	{name: 'Groups', wide: true, cell: subjectNames('Group')},
	{name: 'ServiceAccounts', wide: true, cell: subjectNames('ServiceAccount')},
];

/** Columns of nodes, namespaces, storage, rights and configuration. */
export const clusterColumns: {readonly [kind: string]: readonly Column[]} = {
	ServiceAccount: [nameColumn, ageColumn],
	Secret: [
		nameColumn,
		textColumn('Type', ['type'], ''),
		{name: 'Data', cell: object => Object.keys(objectAt(object, 'data')).length},
		ageColumn,
	],
	ConfigMap: [
		nameColumn,
		{name: 'Data', cell: object => Object.keys(objectAt(object, 'data')).length + Object.keys(objectAt(object, 'binaryData')).length},
		ageColumn,
	],
	Namespace: [nameColumn, {name: 'Status', cell: object => textAt(object, 'status', 'phase') ?? ''}, ageColumn],
	Node: [
		nameColumn,
		{name: 'Status', cell: nodeStatus},
		{name: 'Roles', cell: nodeRoles},
		ageColumn,
		textColumn('Version', ['status', 'nodeInfo', 'kubeletVersion'], ''),
		{name: 'Internal-IP', wide: true, cell: nodeAddress('InternalIP')},
		{name: 'External-IP', wide: true, cell: nodeAddress('ExternalIP')},
		info('OS-Image', 'osImage'),
		{name: 'Kernel-Version', wide: true, cell: kernel},
		info('Container-Runtime', 'containerRuntimeVersion'),
	],
	PersistentVolumeClaim: [
		nameColumn,
		{name: 'Status', cell: phase},
		textColumn('Volume', ['spec', 'volumeName'], ''),
		{
			name: 'Capacity',
			cell: object => (textAt(object, 'spec', 'volumeName') ? capacity(valueAt(object, 'status', 'capacity', 'storage')) : ''),
		},
		{
			name: 'Access Modes',
			cell: object => (textAt(object, 'spec', 'volumeName') ? accessModes(listAt(object, 'status', 'accessModes')) : ''),
		},
		textColumn('StorageClass', ['spec', 'storageClassName'], ''),
		attributesClass,
		ageColumn,
		volumeMode,
	],
	PersistentVolume: [
		nameColumn,
		{name: 'Capacity', cell: object => capacity(valueAt(object, 'spec', 'capacity', 'storage'))},
		{name: 'Access Modes', cell: object => accessModes(listAt(object, 'spec', 'accessModes'))},
		textColumn('Reclaim Policy', ['spec', 'persistentVolumeReclaimPolicy'], ''),
		{name: 'Status', cell: phase},
		{
			name: 'Claim',
			cell: object => {
				const claim = objectAt(object, 'spec', 'claimRef');
				return claim.name === undefined ? '' : `${textAt(claim, 'namespace')}/${textAt(claim, 'name')}`;
			},
		},
		textColumn('StorageClass', ['spec', 'storageClassName'], ''),
		attributesClass,
		textColumn('Reason', ['status', 'reason'], ''),
		ageColumn,
		volumeMode,
	],
	StorageClass: [
		nameColumn,
		textColumn('Provisioner', ['provisioner']),
		textColumn('ReclaimPolicy', ['reclaimPolicy']),
		textColumn('VolumeBindingMode', ['volumeBindingMode']),
		{name: 'AllowVolumeExpansion', cell: object => valueAt(object, 'allowVolumeExpansion') ?? false},
		ageColumn,
	],
	ResourceQuota: [nameColumn, {name: 'Request', cell: quotaUse('request')}, {name: 'Limit', cell: quotaUse('limit')}, ageColumn],
	LimitRange: [nameColumn, createdColumn],
	Role: [nameColumn, createdColumn],
	ClusterRole: [nameColumn, createdColumn],
	RoleBinding: bindingColumns,
	ClusterRoleBinding: bindingColumns,
	PriorityClass: [
		nameColumn,
		countColumn('Value', 'value'),
		{name: 'Global-Default', type: 'boolean', cell: object => valueAt(object, 'globalDefault') ?? false},
		ageColumn,
		textColumn('PreemptionPolicy', ['preemptionPolicy']),
	],
	Lease: [nameColumn, textColumn('Holder', ['spec', 'holderIdentity'], ''), ageColumn],
	CustomResourceDefinition: [nameColumn, createdColumn],
};
