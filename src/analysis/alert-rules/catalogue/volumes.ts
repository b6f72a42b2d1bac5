import type {AreaOf, CatalogueAlert} from './area.ts';
import {series, writing} from './series.ts';

/** Volumes that fill up, by bytes and by inodes. */
export const volumes: AreaOf = settings => {
	const {ksm, on} = writing(settings);
	const {kubelet, claimsLeftOut} = settings.selectors;
	const claim = on('namespace', 'persistentvolumeclaim');
	// The metrics of claims come from kube-state-metrics under whatever job name, as clusters that keep them apart do.
	const leftOut = `unless ${claim} ${series('kube_persistentvolumeclaim_access_mode', 'access_mode="ReadOnlyMany"')} == 1 unless ${claim} ${series('kube_persistentvolumeclaim_labels', claimsLeftOut)} == 1`;
	const filling = (name: string, what: string, [free, all, used]: readonly [string, string, string]): readonly CatalogueAlert[] => {
		const stat = (field: string) => series(`kubelet_volume_stats_${field}`, kubelet);
		// Block volumes say that nothing of them is used.
		const below = (part: number) => `${stat(free)} / (${stat(all)} > 0) < ${part} and ${stat(used)} > 0`;
		return [
			{
				name,
				severity: 'critical',
				for: '1m',
				threshold: 0.03,
				expr: threshold => `${below(threshold)} ${leftOut}`,
				summary: `A volume has hardly any free ${what}`,
				description: `The volume of claim {{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} has {{ $value | humanizePercentage }} of its ${what} free.`,
				look: 'What grew; then expand the claim where its StorageClass allows it.',
			},
			{
				name,
				severity: 'warning',
				for: '1h',
				threshold: 0.15,
				expr: threshold => `${below(threshold)} and predict_linear(${stat(free)}[6h], 4 * 24 * 3600) < 0 ${leftOut}`,
				summary: `A volume will run out of ${what} within four days`,
				description: `At the pace of the last six hours the volume of claim {{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} runs out of ${what} within four days; {{ $value | humanizePercentage }} are free.`,
				look: 'What grows, and whether it is cleaned up by itself.',
			},
		];
	};
	return {
		name: 'kubernetes-volumes',
		alerts: [
			...filling('KubePersistentVolumeFillingUp', 'space', ['available_bytes', 'capacity_bytes', 'used_bytes']),
			...filling('KubePersistentVolumeInodesFillingUp', 'inodes', ['inodes_free', 'inodes', 'inodes_used']),
			{
				name: 'KubePersistentVolumeErrors',
				severity: 'critical',
				for: '5m',
				expr: () => `${ksm('kube_persistentvolume_status_phase', 'phase=~"Failed|Pending"')} > 0`,
				summary: 'A volume is not usable',
				description: 'PersistentVolume {{ $labels.persistentvolume }} has been {{ $labels.phase }} for 5 minutes.',
				look: 'The events of the volume and the pods of its provisioner.',
			},
		],
	};
};
