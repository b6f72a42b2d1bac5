import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Tools} from '../controller.ts';
import {putStatus} from '../put-status.ts';
import {quantity} from '../quantity.ts';
import type {Claim, Volume} from '../shapes.ts';

const manager = 'kube-controller-manager';

/** The smallest free volume that somebody made which does for the claim; one that was made for it comes first. */
export function volumeFor({world}: Tools, claim: Claim): Volume | undefined {
	const free = world.list('PersistentVolume').filter(volume => volume.status?.phase !== 'Bound' && does(volume, claim));
	const size = ({spec}: Volume) => quantity(spec.capacity?.storage);
	return free.toSorted((a, b) => Number(isFor(b, claim)) - Number(isFor(a, claim)) || size(a) - size(b))[0];
}

const isFor = ({spec: {claimRef}}: Volume, {metadata}: KubeObject) =>
	claimRef?.namespace === metadata.namespace && claimRef?.name === metadata.name;

function does(volume: Volume, claim: Claim): boolean {
	const {spec, status} = volume;
	if (status?.phase === 'Released' || (spec.claimRef !== undefined && !isFor(volume, claim))) return false;
	if (claim.spec.volumeName !== undefined && claim.spec.volumeName !== volume.metadata.name) return false;
	const modes = claim.spec.accessModes ?? [];
	return (
		(spec.storageClassName ?? '') === (claim.spec.storageClassName ?? '') &&
		modes.every(mode => spec.accessModes?.includes(mode)) &&
		quantity(spec.capacity?.storage) >= quantity(claim.spec.resources?.requests?.storage)
	);
}

/** Marks the two as each other's. */
export function marry({machine}: Tools, claim: Claim, volume: Volume): void {
	const {namespace, name, uid, resourceVersion} = claim.metadata;
	const claimRef = {apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name, uid, resourceVersion};
	const taken = machine.update({...volume, spec: {...volume.spec, claimRef}}, manager);
	putStatus(machine, taken, {phase: 'Bound'});
	const annotations = {
		...claim.metadata.annotations,
		'pv.kubernetes.io/bind-completed': 'yes',
		'pv.kubernetes.io/bound-by-controller': 'yes',
	};
	const bound = machine.update(
		{...claim, metadata: {...claim.metadata, annotations}, spec: {...claim.spec, volumeName: volume.metadata.name}},
		manager,
	);
	const {capacity, accessModes} = volume.spec;
	putStatus(machine, bound, {
		phase: 'Bound',
		...(accessModes === undefined ? {} : {accessModes}),
		...(capacity === undefined ? {} : {capacity}),
	});
}
