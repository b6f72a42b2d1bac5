import {objectAt} from '../../../../core/kube/json-at.ts';
import {refOf, refText} from '../../../../core/kube/kube-object.ts';
import {type PodNeed, podNeeds} from '../../../../core/kube/pod-needs.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {podSpecPlace} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {keysOf} from '../../../diagnosis/renamed-key.ts';
import {changeEvidence, changesAt} from '../../../diagnosis/template-change.ts';
import type {Survey} from '../../survey.ts';
import {type Subject, subjectsOf} from '../subject.ts';

const isThere = ({kind, name, key}: Pick<PodNeed, 'kind' | 'name' | 'key'>, {survey, workload}: Subject) => {
	const holder = survey.find(kind, workload.metadata.namespace, name);
	return holder !== undefined && (key === undefined || keysOf(holder).includes(key));
};

const isSame = (one: PodNeed, other: PodNeed) => one.kind === other.kind && one.name === other.name && one.key === other.key;

const standsAt = ({nameAt, keyAt = []}: PodNeed) => [...nameAt, '', ...keyAt].join('/');

/** What the revision before named at the same place, is still there, and is named nowhere else by now. What it named as well was as optional then. */
function formerOf(need: PodNeed, subject: Subject): PodNeed | undefined {
	const earlier = podNeeds(objectAt(subject.change()?.earlier.template, 'spec'));
	const former = earlier.find(each => each.kind === need.kind && each.how === need.how && standsAt(each) === standsAt(need));
	if (former === undefined || earlier.some(each => isSame(each, need))) return undefined;
	const isStillTaken = podNeeds(subject.podSpec).some(each => isSame(each, former));
	const isOneOther = (former.name === need.name) !== (former.key === need.key);
	return isOneOther && !isStillTaken && isThere(former, subject) ? former : undefined;
}

const placeIn = ({workload}: Subject, need: PodNeed, isKey: boolean) => [
	...podSpecPlace(workload),
	...(isKey ? (need.keyAt ?? need.nameAt) : need.nameAt),
];

function lostCause(need: PodNeed, former: PodNeed, subject: Subject): Cause {
	const {workload, change, given} = subject;
	const isKey = former.name === need.name;
	const [from = '', to = ''] = isKey ? [need.key, former.key] : [need.name, former.name];
	const at = placeIn(subject, need, isKey);
	const who = refText(refOf(workload));
	const what = `${need.kind} ${need.name}${need.key === undefined ? '' : `, key ${need.key}`}`;
	return {
		id: 'optional-reference-lost',
		resource: refOf(workload),
		path: fieldPath(workload, at),
		cause: {
			en: `${who} takes ${what} (${need.how}) since its last change, which is not there; as it is optional, its pods start without it`,
			ko: `${who}가 지난 변경부터 받는 ${what}(${need.how})이(가) 없습니다. 선택 사항이라 파드는 그것 없이 시작합니다`,
		},
		evidence: [
			{source: who, detail: `${fieldPath(workload, at)} ${from}, and was ${to}`},
			...changeEvidence(given(), change(), changesAt(change(), at)),
		],
		remedies: [
			exchange(workload, [{path: at, from, to}], {
				side: 'workload',
				sure: true,
				text: {en: `Let ${who} take ${to} again`, ko: `${who}가 다시 ${to}을(를) 받게 합니다`},
			}),
		],
	};
}

/** Optional objects and keys that a release names otherwise than the one before, and that are not there: nothing fails, and the settings are gone. */
export const optionalReferences = (survey: Survey): readonly Cause[] =>
	subjectsOf(survey).flatMap(subject =>
		podNeeds(subject.podSpec)
			.filter(need => need.optional && survey.isRead(need.kind, subject.workload.metadata.namespace) && !isThere(need, subject))
			.flatMap(need => {
				const former = formerOf(need, subject);
				const isFresh = former !== undefined && subject.fresh(placeIn(subject, need, former.name === need.name)).length > 0;
				return isFresh ? [lostCause(need, former, subject)] : [];
			}),
	);
