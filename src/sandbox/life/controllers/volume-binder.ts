import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {type Controller, itself, keyOf, type Tools} from '../controller.ts';
import {putStatus} from '../put-status.ts';
import type {Claim} from '../shapes.ts';
import {marry, volumeFor} from './volume-match.ts';

const component = 'persistentvolume-controller';
const manager = 'kube-controller-manager';
const selectedNode = 'volume.kubernetes.io/selected-node';

/** Binds each claim to a volume that does for it; where its class exists, one is made at once or when the first pod has a node. */
export function volumeBinder(tools: Tools): Controller {
	const {world, machine, record} = tools;
	const pending = () =>
		world
			.list('PersistentVolumeClaim')
			.filter(({status}) => status?.phase !== 'Bound')
			.map(keyOf);
	return {
		name: component,
		concerns: {PersistentVolumeClaim: itself, StorageClass: pending, PersistentVolume: event => [...itself(event), ...pending()]},
		sync({namespace, name}) {
			if (namespace === undefined) return void offer(tools, name);
			const claim = world.get('PersistentVolumeClaim', namespace, name);
			if (claim === undefined || claim.status?.phase === 'Bound' || claim.metadata.deletionTimestamp !== undefined) return undefined;
			const made = volumeFor(tools, claim);
			if (made !== undefined) return void marry(tools, claim, made);
			const storage = classOf(tools, claim);
			if (storage === undefined) return void noteMissing(tools, claim);
			if (storage.volumeBindingMode === 'WaitForFirstConsumer' && claim.metadata.annotations?.[selectedNode] === undefined) {
				record(claim, {reason: 'WaitForFirstConsumer', message: 'waiting for first consumer to be created before binding', component});
				return undefined;
			}
			bind(machine, claim, storage);
			record(claim, {
				reason: 'ProvisioningSucceeded',
				message: `Successfully provisioned volume pvc-${claim.metadata.uid}`,
				component: String(storage.provisioner),
			});
			return undefined;
		},
	};
}

/** Nobody makes a volume for it; a claim without a class waits for one that a person makes. */
function noteMissing({record}: Tools, claim: Claim) {
	const name = claim.spec.storageClassName ?? '';
	const message =
		name === ''
			? 'no persistent volumes available for this claim and no storage class is set'
			: `storageclass.storage.k8s.io "${name}" not found`;
	record(claim, {...(name === '' ? {reason: 'FailedBinding'} : {type: 'Warning', reason: 'ProvisioningFailed'}), message, component});
}

/** A volume without a claim waits for one. */
function offer({world, machine}: Tools, name: string) {
	const volume = world.get('PersistentVolume', undefined, name);
	const isNew = volume?.status?.phase === undefined || volume.status.phase === 'Pending';
	if (volume !== undefined && isNew && volume.metadata.deletionTimestamp === undefined) putStatus(machine, volume, {phase: 'Available'});
}

function classOf({machine}: Tools, {spec}: Claim): KubeObject | undefined {
	return spec.storageClassName === undefined ? undefined : machine.get('StorageClass', undefined, spec.storageClassName);
}

function bind(machine: Tools['machine'], claim: Claim, storage: KubeObject) {
	const {namespace, name, uid} = claim.metadata;
	const volume = `pvc-${uid}`;
	const capacity = {storage: claim.spec.resources?.requests?.storage ?? '1Gi'};
	const {accessModes = ['ReadWriteOnce']} = claim.spec;
	const made = machine.create(
		{
			apiVersion: 'v1',
			kind: 'PersistentVolume',
			metadata: {
				name: volume,
				annotations: {'pv.kubernetes.io/provisioned-by': String(storage.provisioner)},
				finalizers: ['kubernetes.io/pv-protection'],
			},
			spec: {
				accessModes,
				capacity,
				claimRef: {apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name, uid},
				hostPath: {path: `/var/lib/embedded/${volume}`, type: ''},
				persistentVolumeReclaimPolicy: storage.reclaimPolicy ?? 'Delete',
				storageClassName: storage.metadata.name,
				volumeMode: 'Filesystem',
			},
		},
		manager,
	);
	machine.update({...made, status: {phase: 'Bound'}}, manager, 'status');
	const annotations = {
		...claim.metadata.annotations,
		'pv.kubernetes.io/bind-completed': 'yes',
		'volume.kubernetes.io/storage-provisioner': String(storage.provisioner),
	};
	const bound = machine.update(
		{
			...claim,
			metadata: {...claim.metadata, annotations},
			spec: {...claim.spec, storageClassName: storage.metadata.name, volumeName: volume},
		},
		manager,
	);
	machine.update({...bound, status: {phase: 'Bound', accessModes, capacity}}, manager, 'status');
}
