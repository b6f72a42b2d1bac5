import {valueAt} from '../../../../core/kube/json-at.ts';
import {at, type Column, column, sizeAt, textOf} from './column.ts';

export const storageColumns: readonly Column[] = [
	column(
		['PersistentVolumeClaim'],
		'size|크기',
		'size large big small capacity storage 크기 용량 큰 작은 스토리지',
		at('spec', 'resources', 'requests', 'storage'),
		{
			size: {of: sizeAt('spec', 'resources', 'requests', 'storage'), unit: 'bytes'},
		},
	),
	column(
		['PersistentVolume'],
		'size|크기',
		'size large big small capacity storage 크기 용량 큰 작은 스토리지',
		at('spec', 'capacity', 'storage'),
		{
			size: {of: sizeAt('spec', 'capacity', 'storage'), unit: 'bytes'},
		},
	),
	column(
		['PersistentVolumeClaim', 'PersistentVolume'],
		'class|클래스',
		'class storage_class storageclass 클래스 스토리지클래스',
		at('spec', 'storageClassName'),
		{chooses: {}, refers: 'StorageClass'},
	),
	column(
		['PersistentVolumeClaim', 'PersistentVolume'],
		'access modes|접근 모드',
		'access mode access_mode rwo rwx 접근 모드',
		at('spec', 'accessModes'),
		{
			chooses: {
				ReadWriteOnce: 'rwo readwriteonce',
				ReadWriteMany: 'rwx readwritemany',
				ReadOnlyMany: 'rox readonlymany',
				ReadWriteOncePod: 'rwop',
			},
		},
	),
	column(['PersistentVolumeClaim'], 'volume|볼륨', 'volume pv persistentvolume 볼륨', at('spec', 'volumeName'), {
		refers: 'PersistentVolume',
	}),
	column(['PersistentVolumeClaim', 'PersistentVolume'], 'phase|상태', 'phase status state bound 상태', at('status', 'phase'), {
		chooses: {Released: 'released', Available: 'available 남는'},
	}),
	column(
		['PersistentVolume'],
		'reclaim policy|회수 정책',
		'reclaim reclaim_policy 회수 반환',
		at('spec', 'persistentVolumeReclaimPolicy'),
		{chooses: {Retain: 'retain', Delete: 'delete'}},
	),
	column(['PersistentVolume'], 'claim|클레임', 'claim bound pvc 클레임', at('spec', 'claimRef', 'name')),
	column(['StorageClass'], 'default|기본값', 'default 기본 디폴트', ({metadata}) => [
		`${metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true'}`,
	]),
	column(['StorageClass'], 'provisioner|프로비저너', 'provisioner 프로비저너', object => textOf(valueAt(object, 'provisioner'))),
	column(['StorageClass'], 'expansion|확장', 'expand expansion grow resize expandable allowvolumeexpansion 확장 늘릴', object => [
		`${valueAt(object, 'allowVolumeExpansion') === true}`,
	]),
	column(['StorageClass'], 'reclaim policy|회수 정책', 'reclaim 회수', object => textOf(valueAt(object, 'reclaimPolicy'))),
	column(['StorageClass'], 'binding mode|바인딩 모드', 'binding bind 바인딩', object => textOf(valueAt(object, 'volumeBindingMode'))),
];
