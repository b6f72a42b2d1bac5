import {canonicalJson} from '../../../../core/json.ts';
import {listAt, numberAt, objectAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {templatePath} from '../../../../core/kube/pod-spec.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {lastWrite} from '../../../diagnosis/last-write.ts';
import type {Analyzer} from '../../analyzer.ts';
import type {Survey} from '../../survey.ts';
import {subjectsOf} from '../subject.ts';
import {daemonFaults} from './daemon-faults.ts';
import {fellBack} from './fell-back.ts';
import {heldUpdates} from './held-updates.ts';
import {patienceFaults} from './patience-faults.ts';
import {renumberedMembers} from './renumbered-members.ts';
import {scaledAway} from './scaled-away.ts';
import {strategyFaults} from './strategy-faults.ts';

const rolled = ['Deployment', 'StatefulSet', 'DaemonSet'] as const;

/** A controller answers within seconds; one that does not for so long is down. */
const answerMs = 5 * 60_000;

/** Changes that no controller has taken up. */
function unanswered(survey: Survey): readonly Cause[] {
	return rolled
		.flatMap(kind => survey.all(kind))
		.flatMap((object): readonly Cause[] => {
			const [generation, observed] = [object.metadata.generation, numberAt(object, 'status', 'observedGeneration')];
			// It has looked, and may not make what it wants.
			const isHindered = listAt(object, 'status', 'conditions').some(each => textAt(each, 'reason') === 'ReplicaSetCreateError');
			if (
				isHindered ||
				generation === undefined ||
				observed === undefined ||
				observed >= generation ||
				survey.nowMs - lastWrite(object).atMs < answerMs
			)
				return [];
			const name = refText(refOf(object));
			return [
				{
					id: 'controller-behind',
					resource: refOf(object),
					path: 'status.observedGeneration',
					cause: {
						en: `${name} was changed more than 5 minutes ago, and its controller has not looked at it since: kube-controller-manager does not do its work`,
						ko: `${name}가 바뀐 지 5분이 넘었는데 컨트롤러가 반영하지 않았습니다: kube-controller-manager가 동작하지 않습니다`,
					},
					evidence: [{source: name, detail: `generation ${generation}, observedGeneration ${observed}`}],
					remedies: [],
				},
			];
		});
}

/** Workloads of a namespace with one selector: each counts, scales and guards the pods of the other as well. */
function sharedSelectors(survey: Survey): readonly Cause[] {
	const workloads = rolled
		.flatMap(kind => survey.all(kind))
		.filter(each => numberAt(each, 'spec', 'replicas') !== 0 && each.metadata.deletionTimestamp === undefined);
	const groups = Map.groupBy(workloads, each => `${each.metadata.namespace} ${canonicalJson(valueAt(each, 'spec', 'selector'))}`);
	return [...groups.values()].flatMap((group): readonly Cause[] => {
		const [first, ...others] = group.toSorted((a, b) =>
			(a.metadata.creationTimestamp ?? '').localeCompare(b.metadata.creationTimestamp ?? ''),
		);
		const newest = others.at(-1);
		if (first === undefined || newest === undefined || Object.keys(objectAt(newest, 'spec', 'selector', 'matchLabels')).length === 0)
			return [];
		const names = [first, newest].map(each => refText(refOf(each)));
		return [
			{
				id: 'selectors-overlap',
				resource: refOf(newest),
				path: 'spec.selector',
				// Two tracks of one application are told apart by a label of their pods.
				severity: canonicalJson(labelsOf(first)) === canonicalJson(labelsOf(newest)) ? 'medium' : 'low',
				cause: {
					en: `${names.join(' and ')} select the same pods: what counts, scales or guards by that selector takes the pods of both`,
					ko: `${names.join('와 ')}의 셀렉터가 같아 서로의 파드까지 함께 셉니다`,
				},
				evidence: names.map(source => ({source, detail: `selector ${JSON.stringify(valueAt(newest, 'spec', 'selector'))}`})),
				remedies: [],
			},
		];
	});
}

const labelsOf = (workload: KubeObject) => objectAt(workload, ...(templatePath(workload) ?? []), 'metadata', 'labels');

/** What keeps changes of workloads from reaching their pods, and pods from being there at all. */
export const rolloutFaults: Analyzer = survey => [
	...subjectsOf(survey).flatMap(subject => [
		...strategyFaults(subject),
		...patienceFaults(subject),
		...heldUpdates(subject),
		...daemonFaults(subject),
	]),
	...scaledAway(survey),
	...fellBack(survey),
	...renumberedMembers(survey),
	...sharedSelectors(survey),
	...unanswered(survey),
];
