import {listAt, objectAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, refOf} from '../../../core/kube/kube-object.ts';
import {type AnyCheck, check} from '../check.ts';
import {onObjects} from '../on-objects.ts';

const family = 'storage';
const classKind = 'storage.k8s.io/StorageClass';

/** Parameters by which drivers are told to encrypt: the switch of AWS, and the keys that a class names. */
const keyNames = /kms.?key|disk-?encryption|encryptionset/i;
const keyPaths = /\/(?:cryptoKeys|diskEncryptionSets)\/|^arn:[\w-]+:kms:/i;

/** Whether a class says that its volumes are encrypted. */
function encrypts(storageClass: KubeObject): boolean {
	const parameters = Object.entries(objectAt(storageClass, 'parameters'));
	return parameters.some(
		([name, value]) =>
			(name === 'encrypted' && String(value) === 'true') || keyPaths.test(String(value)) || (keyNames.test(name) && String(value) !== ''),
	);
}

/** Volumes and the classes that they are made from. */
export const storageChecks: readonly AnyCheck[] = [
	check({
		...{id: 'volume-without-encryption', family, title: 'Volumes are of a class that encrypts them', severity: 'medium'},
		why: 'A disk that is not encrypted is read wherever it ends up: in a snapshot, in a backup, at the next tenant.',
		...{reads: ['PersistentVolume', classKind], settings: {}},
		look: world => {
			const classes = new Map(world.ofKind(classKind).map(each => [each.metadata.name, each]));
			return world.ofKind('PersistentVolume').map(volume => {
				const resource = refOf(volume);
				const name = textAt(volume, 'spec', 'storageClassName') ?? '';
				const storageClass = classes.get(name);
				if (storageClass === undefined)
					return {resource, why: name === '' ? 'it is of no class that could say' : `StorageClass ${name} is not there to say`};
				if (encrypts(storageClass)) return {resource, faults: []};
				const path = 'spec.storageClassName';
				const evidence = `StorageClass ${name} states no encryption`;
				return {resource, faults: [{paths: [path], mends: [{path, ask: 'a class that encrypts'}], evidence}]};
			});
		},
	}),
	check({
		...{id: 'storage-class-without-encryption', family, title: 'Storage classes encrypt the volumes that they make', severity: 'low'},
		why: 'Every volume that is claimed from the class is in the clear unless the cloud encrypts all of them.',
		...onObjects([classKind], {}, storageClass => {
			if (encrypts(storageClass)) return [];
			const isOfAws = /(?:^|\/)(?:aws-ebs|ebs\.csi\.aws\.com|ebs\.csi\.eks\.amazonaws\.com)$/.test(
				textAt(storageClass, 'provisioner') ?? '',
			);
			const path = isOfAws ? 'parameters.encrypted' : 'parameters';
			const mend = isOfAws ? {path, value: 'true'} : {path, ask: 'the key to encrypt with'};
			return [{paths: [path], mends: [mend], evidence: 'its parameters name no encryption'}];
		}),
	}),
	check({
		...{id: 'volume-on-host-path', family, title: 'No volume is a folder of a node', severity: 'medium'},
		why: 'Whoever claims such a volume has a folder of the node, past the Pod Security Standards that forbid it in a pod.',
		...onObjects(['PersistentVolume'], {}, volume => {
			const path = textAt(volume, 'spec', 'hostPath', 'path');
			return path === undefined ? [] : [{paths: ['spec.hostPath'], mends: [], evidence: `it is the folder ${path} of a node`}];
		}),
	}),
	check({
		...{id: 'volume-over-open-network', family, title: 'Volumes over the network ask who mounts them', severity: 'low'},
		why: 'An NFS export takes whoever reaches it by the number of a user that he states himself, and sends files in the clear.',
		...onObjects(['PersistentVolume'], {}, volume => {
			const options = listAt(volume, 'spec', 'mountOptions').map(String);
			if (valueAt(volume, 'spec', 'nfs') === undefined || options.some(option => /^sec=krb5/.test(option))) return [];
			const path = 'spec.mountOptions';
			return [
				{
					paths: [path],
					mends: [{path, ask: 'sec=krb5p, where the server can'}],
					evidence: `it mounts ${textAt(volume, 'spec', 'nfs', 'server')}`,
				},
			];
		}),
	}),
];
