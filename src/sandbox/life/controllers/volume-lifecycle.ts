import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {type Controller, itself, type Key, type Tools} from '../controller.ts';
import {isFinished} from '../pod-state.ts';
import {putStatus} from '../put-status.ts';
import {isKind} from '../world.ts';

const claimFinalizer = 'kubernetes.io/pvc-protection';
const volumeFinalizer = 'kubernetes.io/pv-protection';
const manager = 'kube-controller-manager';

/** A new claim may not go while a pod uses it, nor a new volume while a claim is bound to it. */
export function protectedStorage(object: KubeObject): KubeObject {
	const finalizer = object.kind === 'PersistentVolumeClaim' ? claimFinalizer : object.kind === 'PersistentVolume' ? volumeFinalizer : '';
	if (finalizer === '' || object.metadata.finalizers?.includes(finalizer)) return object;
	return {...object, metadata: {...object.metadata, finalizers: [...(object.metadata.finalizers ?? []), finalizer]}};
}

/** Lets go of a deleted claim when no pod uses it any more, and of its volume as the reclaim policy says. */
export function volumeLifecycle({world, machine}: Tools): Controller {
	const claimsOf = (object: KubeObject): readonly Key[] =>
		isKind(object, 'Pod')
			? (object.spec.volumes ?? []).flatMap(({persistentVolumeClaim}) =>
					persistentVolumeClaim === undefined ? [] : [{namespace: object.metadata.namespace, name: persistentVolumeClaim.claimName}],
				)
			: [];
	return {
		name: 'pvc-protection-controller',
		concerns: {
			PersistentVolumeClaim: itself,
			PersistentVolume: ({object}) => (isLeaving(object) ? [{namespace: undefined, name: object.metadata.name}] : []),
			Pod: ({type, object}) => (type === 'DELETED' || (isKind(object, 'Pod') && isFinished(object)) ? claimsOf(object) : []),
		},
		sync({namespace, name}) {
			if (namespace === undefined) {
				const volume = machine.get('PersistentVolume', undefined, name);
				if (volume !== undefined && isLeaving(volume)) machine.update(without(volume, volumeFinalizer), manager);
				return undefined;
			}
			const claim = world.get('PersistentVolumeClaim', namespace, name);
			if (claim === undefined) {
				for (const volume of machine.list('PersistentVolume')) if (isFor(volume, namespace, name)) release(machine, volume);
				return undefined;
			}
			const held = claim.metadata.finalizers?.includes(claimFinalizer) === true;
			if (claim.metadata.deletionTimestamp === undefined || !held) return undefined;
			const used = world.list('Pod', namespace).some(pod => !isFinished(pod) && claimsOf(pod).some(key => key.name === name));
			if (!used) machine.update(without(claim, claimFinalizer), manager);
			return undefined;
		},
	};
}

/** Deleted, held by nothing but the finalizer, and no claim's any more. */
const isLeaving = ({metadata, status}: KubeObject) =>
	metadata.deletionTimestamp !== undefined &&
	metadata.finalizers?.includes(volumeFinalizer) === true &&
	Reflect.get(Object(status), 'phase') !== 'Bound';

const without = (object: KubeObject, finalizer: string): KubeObject => ({
	...object,
	metadata: {...object.metadata, finalizers: (object.metadata.finalizers ?? []).filter(one => one !== finalizer)},
});

function isFor({spec}: KubeObject, namespace: string | undefined, name: string): boolean {
	const claim: unknown = Reflect.get(Object(spec), 'claimRef');
	return Reflect.get(Object(claim), 'namespace') === namespace && Reflect.get(Object(claim), 'name') === name;
}

/** With the policy Delete the volume goes; with Retain it stays, released and with its data. */
function release(machine: Tools['machine'], volume: KubeObject) {
	if (Reflect.get(Object(volume.spec), 'persistentVolumeReclaimPolicy') !== 'Delete')
		return void putStatus(machine, volume, {phase: 'Released'});
	machine.remove('PersistentVolume', undefined, volume.metadata.name);
	const marked = machine.get('PersistentVolume', undefined, volume.metadata.name);
	if (marked !== undefined) machine.update(without(marked, volumeFinalizer), manager);
}
