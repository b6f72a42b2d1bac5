import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {podNeeds} from '../../../../core/kube/pod-needs.ts';
import {podSpecOf} from '../../../../core/kube/pod-spec.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {podSpecPlace} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {changeEvidence, writtenMs} from '../../../diagnosis/last-write.ts';
import type {Analyzer} from '../../analyzer.ts';
import type {Survey} from '../../survey.ts';
import {startingWorkloads} from '../standing.ts';

/** ConfigMaps that pods read once, when they start: variables, and single files that are mounted. */
const readOnce = (workload: KubeObject): readonly string[] => [
	...new Set(
		podNeeds(podSpecOf(workload))
			.filter(({kind, how}) => kind === 'ConfigMap' && !how.startsWith('volume '))
			.map(({name}) => name),
	),
];

/** Where a workload names it first. */
const firstNamed = (workload: KubeObject, holder: KubeObject) =>
	podNeeds(podSpecOf(workload)).find(({kind, name}) => kind === 'ConfigMap' && name === holder.metadata.name);

function staleCause(workload: KubeObject, holder: KubeObject, survey: Survey): readonly Cause[] {
	const pods = survey.podsOf(workload);
	const changed = writtenMs(holder, ['data']);
	const older = pods.filter(({metadata}) => (Date.parse(metadata.creationTimestamp ?? '') || Number.POSITIVE_INFINITY) < changed);
	if (older.length === 0) return [];
	const use = firstNamed(workload, holder);
	const [who, what] = [refText(refOf(workload)), refText(refOf(holder))];
	return [
		{
			id: 'settings-not-taken-up',
			resource: refOf(workload),
			path: fieldPath(workload, [...podSpecPlace(workload), ...(use?.nameAt ?? [])]),
			// What keeps others from starting is no news that they should take up.
			hurts: [refOf(holder)],
			cause: {
				en: `${older.length} of ${pods.length} pods of ${who} started before ${what} was changed, and read it only when they start`,
				ko: `${who}의 파드 ${pods.length}개 중 ${older.length}개가 ${what} 변경 전에 시작했고, 시작할 때만 그것을 읽습니다`,
			},
			evidence: changeEvidence(holder, ['data']),
			remedies: [
				{
					tool: 'workload_restart',
					input: {
						workload: `${workload.kind.toLowerCase()}/${workload.metadata.name}`,
						namespace: workload.metadata.namespace ?? 'default',
					},
					side: 'workload',
					sure: false,
					text: {en: `Restart ${who}`, ko: `${who}를 다시 시작합니다`},
				},
			],
		},
	];
}

/** Pods that run with settings from before the last change. */
export const restartFaults: Analyzer = survey =>
	startingWorkloads(survey)
		.filter(({kind}) => ['Deployment', 'StatefulSet', 'DaemonSet'].includes(kind))
		.flatMap(workload =>
			readOnce(workload).flatMap(name => {
				const holder = survey.find('ConfigMap', workload.metadata.namespace, name);
				return holder === undefined ? [] : staleCause(workload, holder, survey);
			}),
		);
