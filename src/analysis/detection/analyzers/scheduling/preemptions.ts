import {textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {oneLine} from '../../../../core/text/one-line.ts';
import {shortLine} from '../../../../core/text/short-line.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {podSpecPlace} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {backRemedy, changeEvidence, changesAt} from '../../../diagnosis/template-change.ts';
import type {Survey} from '../../survey.ts';
import {type Subject, subjectsOf} from '../subject.ts';

const recentMs = 60 * 60_000;

const timeOf = (event: KubeObject) =>
	Date.parse(textAt(event, 'lastTimestamp') ?? textAt(event, 'eventTime') ?? event.metadata.creationTimestamp ?? '') || 0;

/** Whose pod it was: the pod itself is gone, its name tells its ReplicaSet or StatefulSet. */
function ownerOf(survey: Survey, namespace: string, pod: string): KubeObject | undefined {
	const above = pod.replace(/-[^-]+$/, '');
	const found = ['ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job']
		.map(kind => survey.find(kind, namespace, above))
		.find(each => each !== undefined);
	return found === undefined ? undefined : survey.topOf(found);
}

/** Pods that had to make room for pods of a higher class within the last hour, and have found no other place. */
export function preemptions(survey: Survey): readonly Cause[] {
	const told = survey.all('Event').filter(event => textAt(event, 'reason') === 'Preempted' && survey.nowMs - timeOf(event) < recentMs);
	if (told.length === 0) return [];
	const subjects = subjectsOf(survey);
	const byUid = new Map(survey.all('Pod').map(pod => [pod.metadata.uid ?? '', pod]));
	return told.flatMap((event): readonly Cause[] => {
		const namespace = textAt(event, 'involvedObject', 'namespace') ?? '';
		const owner = ownerOf(survey, namespace, textAt(event, 'involvedObject', 'name') ?? '');
		const victim = subjects.find(({workload}) => workload === owner);
		if (victim === undefined || victim.isWell) return [];
		const message = oneLine(textAt(event, 'message') ?? '');
		const winner = byUid.get(/by (?:a )?pod (\S+)/i.exec(message)?.[1] ?? '');
		const above = winner === undefined ? undefined : subjects.find(({workload}) => workload === survey.topOf(winner));
		return [causeOf(victim, above, message)];
	});
}

const placing = ['priorityClassName', 'nodeSelector', 'affinity', 'tolerations', 'topologySpreadConstraints', 'schedulerName'];

/** What of its last change says where its pods run, and before whom. */
const placementOf = ({change, workload, containers}: Subject) =>
	[
		...placing.map(field => [...podSpecPlace(workload), field]),
		...containers.map(({place}) => [...place, 'resources', 'requests']),
	].flatMap(place => changesAt(change(), place));

function causeOf(victim: Subject, winner: Subject | undefined, message: string): Cause {
	const place = [...podSpecPlace(victim.workload), 'priorityClassName'];
	const raised = winner === undefined ? [] : changesAt(winner.change(), [...podSpecPlace(winner.workload), 'priorityClassName']);
	const lowered = changesAt(victim.change(), place);
	const guilty = lowered.length === 0 && raised.length > 0 && winner !== undefined ? winner : victim;
	const changed = guilty === victim ? lowered : raised;
	const name = refText(refOf(victim.workload));
	const by = winner === undefined ? 'pods of a higher priority class' : refText(refOf(winner.workload));
	return {
		id: 'pods-preempted',
		resource: refOf(guilty.workload),
		path: fieldPath(guilty.workload, [...podSpecPlace(guilty.workload), 'priorityClassName']),
		hurts: [refOf(victim.workload)],
		severity: victim.gravity('medium'),
		cause: {
			en: `Pods of ${name} had to make room for ${by} (priority class ${textAt(winner?.podSpec, 'priorityClassName') ?? 'unknown'} over ${textAt(victim.podSpec, 'priorityClassName') ?? 'none'}), and find no other place`,
			ko: `${name}의 파드가 우선순위가 더 높은 ${winner === undefined ? '파드' : by}에 밀려났고 다른 자리가 없습니다`,
		},
		evidence: [{source: 'Event Preempted', detail: shortLine(message, 240)}, ...changeEvidence(guilty.given(), guilty.change(), changed)],
		// With the class of before alone its pods would wait themselves, where it was also sent to other nodes.
		remedies: changed.length === 0 ? [] : backRemedy(guilty.given(), guilty.change(), placementOf(guilty)),
	};
}
