import {listAt, objectAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {type Around, failed, notApplicable, notChecked, passed, type SetFinding} from './set-finding.ts';
import {ofKind, type SetWorkload} from './workload-set.ts';

const claimNames = ({podSpec}: SetWorkload) =>
	listAt(podSpec, 'volumes').flatMap(volume => textAt(volume, 'persistentVolumeClaim', 'claimName') ?? []);

const isOfOneNode = (claim: KubeObject) => {
	const modes = listAt(claim, 'spec', 'accessModes');
	return modes.length > 0 && modes.every(mode => mode === 'ReadWriteOnce' || mode === 'ReadWriteOncePod');
};

/**
 * A volume of one node and a rolling update that starts the new pod first: the new pod waits for the volume, the old one for the new pod.
 * Several pods on such a volume start only where they happen to meet on one node.
 */
function deadlockCheck(workload: SetWorkload, set: readonly KubeObject[], around: Around): SetFinding {
	const {object, ref, mostPods, surge} = workload;
	const on = {id: 'volume-lets-rollout-end', resource: ref, severity: 'critical'} as const;
	const names = claimNames(workload);
	if (names.length === 0 || object.kind !== 'Deployment') return notApplicable(on, 'it has no claim that its pods share');
	const claims = ofKind('PersistentVolumeClaim', set, around).filter(({metadata}) => names.includes(metadata.name));
	const single = claims.filter(isOfOneNode).map(claim => refText(refOf(claim)));
	const unknown = names.filter(name => !claims.some(({metadata}) => metadata.name === name));
	if (single.length === 0 && unknown.length > 0)
		return notChecked(on, around.unread.get('persistentvolumeclaims') ?? `PersistentVolumeClaim ${unknown.join(', ')} is not there`);
	if (single.length === 0) return passed(on, 'Its volumes can be used on several nodes at once');
	if ((mostPods ?? 1) > 1)
		return failed(on, {
			cause: `${single.join(', ')} can be used on one node at a time, and there are up to ${mostPods} pods`,
			fix: 'Use a StatefulSet with volumeClaimTemplates, or ReadWriteMany',
		});
	if (surge === 0 && textAt(object, 'spec', 'strategy', 'type') === 'Recreate')
		return passed(on, 'The old pod leaves the volume before the new one starts');
	return failed(on, {
		cause: `${single.join(', ')} can be used on one node at a time, and RollingUpdate starts the new pod while the old one holds it`,
		fix: 'Set strategy.type: Recreate',
	});
}

const isDefault = ({metadata}: KubeObject) => metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true';

/** A claim of the set whose class is not there waits for ever, and so do its pods. */
export function claimCheck(claim: KubeObject, around: Around): readonly SetFinding[] {
	const on = {id: 'storage-class-exists', resource: refOf(claim), severity: 'high'} as const;
	const why = around.unread.get('storageclasses');
	if (why !== undefined) return [notChecked(on, why)];
	const classes = around.objects.filter(({kind}) => kind === 'StorageClass');
	const asked = textAt(claim, 'spec', 'storageClassName');
	if (asked === '') return [notApplicable(on, 'it asks for a volume that somebody made')];
	const found = classes.find(each => (asked === undefined ? isDefault(each) : each.metadata.name === asked));
	if (found !== undefined) return [passed(on, `StorageClass ${found.metadata.name} makes its volume`)];
	const have = classes.map(({metadata}) => metadata.name).join(', ') || 'none';
	return [
		failed(on, {
			cause:
				asked === undefined ? 'The cluster has no default StorageClass, so nobody makes its volume' : `There is no StorageClass ${asked}`,
			fix: `Name one that there is (${have})`,
		}),
	];
}

/** Init and other containers that write where nothing is mounted cannot, once the root file system is read-only. */
const writesNowhere = (container: ReturnType<typeof objectAt>) =>
	valueAt(container, 'securityContext', 'readOnlyRootFilesystem') === true && listAt(container, 'volumeMounts').length === 0;

function scratchCheck({ref, podSpec}: SetWorkload): SetFinding {
	const on = {id: 'scratch-space', resource: ref, severity: 'low'} as const;
	const bare = listAt(podSpec, 'containers').filter(container => writesNowhere(objectAt(container)));
	if (bare.length === 0) return passed(on, 'Its containers have a place to write to');
	return failed(on, {
		cause: `Container ${bare.map(container => textAt(container, 'name')).join(', ')} can write nowhere, and most programs want /tmp`,
		fix: 'Mount an emptyDir at /tmp',
	});
}

/** Whether its volumes let a rollout end, and leave it a place to write to. */
export const volumeCheck = (workload: SetWorkload, set: readonly KubeObject[], around: Around): readonly SetFinding[] => [
	deadlockCheck(workload, set, around),
	scratchCheck(workload),
];
