import {wantedReplicas} from '../../../../core/consequences/rollout.ts';
import {listAt, numberAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {changeEvidence} from '../../../diagnosis/last-write.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import type {Survey} from '../../survey.ts';
import {type Subject, subjectsOf} from '../subject.ts';

const startPlace = ['spec', 'ordinals', 'start'];
const retentionPlace = ['spec', 'persistentVolumeClaimRetentionPolicy'];

/** Claims that were made for members of a StatefulSet, by the numbers of these. */
function claimsOf({workload, survey}: Subject): ReadonlyMap<number, KubeObject> {
	const {name, namespace} = workload.metadata;
	const prefixes = listAt(workload, 'spec', 'volumeClaimTemplates').map(each => `${textAt(each, 'metadata', 'name')}-${name}-`);
	return new Map(
		survey.all('PersistentVolumeClaim', namespace).flatMap(claim => {
			const prefix = prefixes.find(each => claim.metadata.name.startsWith(each) && /^\d+$/.test(claim.metadata.name.slice(each.length)));
			return prefix === undefined ? [] : [[Number(claim.metadata.name.slice(prefix.length)), claim] as const];
		}),
	);
}

/** Members that are numbered from elsewhere get claims of their own, and those of before keep the data. */
function renumbered(subject: Subject): readonly Cause[] {
	const {workload, gravity, isWrittenLately} = subject;
	const start = numberAt(workload, ...startPlace) ?? 0;
	const wanted = wantedReplicas(workload);
	if (!isWrittenLately(['spec', 'ordinals']) || wanted === 0) return [];
	const claims = claimsOf(subject);
	const isBound = (number: number) => textAt(claims.get(number), 'status', 'phase') === 'Bound';
	const left = [...claims.keys()].filter(each => isBound(each) && (each < start || each >= start + wanted)).toSorted((a, b) => a - b);
	const [first] = left;
	// What was scaled down leaves the claims above the members that are there, and not below them.
	if (first === undefined || first >= start || left.length < wanted) return [];
	const [name, who] = [
		refText(refOf(workload)),
		left
			.map(each => claims.get(each)?.metadata.name)
			.slice(0, 4)
			.join(', '),
	];
	return [
		{
			id: 'members-numbered-anew',
			resource: refOf(workload),
			path: startPlace.join('.'),
			severity: gravity('medium'),
			hurts: left.flatMap(each => {
				const claim = claims.get(each);
				return claim === undefined ? [] : [refOf(claim)];
			}),
			cause: {
				en: `The members of ${name} are numbered from ${start} since a short time ago, and have claims of their own: the data of before are in ${who}`,
				ko: `${name}의 멤버 번호가 ${start}부터 시작하게 되어 새 클레임을 씁니다: 전의 데이터는 ${who}에 있습니다`,
			},
			evidence: [
				{source: name, detail: `spec.ordinals.start ${start}, replicas ${wanted}`},
				{source: who, detail: 'Bound, of no member'},
				...changeEvidence(workload, startPlace),
			],
			remedies: [
				exchange(workload, [{path: startPlace, from: start, to: first}], {
					side: 'workload',
					// What the members of now have written meanwhile stays behind in turn.
					sure: false,
					text: {en: `Number the members of ${name} from ${first} again`, ko: `${name}의 멤버 번호를 다시 ${first}부터 매깁니다`},
				}),
			],
		},
	];
}

/** Claims that are deleted with their members: the next scale down takes the data along. */
function fleeting(subject: Subject): readonly Cause[] {
	const {workload, isWrittenLately} = subject;
	const fields = ['whenScaled', 'whenDeleted'].filter(each => textAt(workload, ...retentionPlace, each) === 'Delete');
	const bound = [...claimsOf(subject).values()].filter(claim => textAt(claim, 'status', 'phase') === 'Bound');
	if (fields.length === 0 || bound.length === 0 || !isWrittenLately(retentionPlace)) return [];
	const [name, field = ''] = [refText(refOf(workload)), fields[0]];
	return [
		{
			id: 'claims-go-with-members',
			resource: refOf(workload),
			path: [...retentionPlace, field].join('.'),
			hurts: bound.map(refOf),
			cause: {
				en: `The claims of ${name} are deleted with their members since a short time ago (${fields.join(', ')} Delete): whoever ${field === 'whenScaled' ? 'scales it down' : 'deletes it'} deletes its data`,
				ko: `${name}의 클레임이 멤버와 함께 삭제되도록 바뀌었습니다(${fields.join(', ')}: Delete): ${field === 'whenScaled' ? '축소하면' : '삭제하면'} 데이터도 사라집니다`,
			},
			evidence: [
				{source: name, detail: `${retentionPlace.join('.')} ${fields.map(each => `${each} Delete`).join(', ')}`},
				...changeEvidence(workload, retentionPlace),
			],
			remedies: [
				exchange(
					workload,
					fields.map(each => ({path: [...retentionPlace, each], from: valueAt(workload, ...retentionPlace, each), to: 'Retain'})),
					{
						side: 'workload',
						// Whether the data may go with their members somebody has to say.
						sure: false,
						text: {
							en: `Keep the claims of ${name} (${fields.join(', ')} Retain)`,
							ko: `${name}의 클레임을 남깁니다(${fields.join(', ')}: Retain)`,
						},
					},
				),
			],
		},
	];
}

/** Claims of StatefulSets that a change has parted from their members, or will. */
export const memberClaims = (survey: Survey): readonly Cause[] =>
	subjectsOf(survey)
		.filter(({workload}) => workload.kind === 'StatefulSet' && survey.isRead('PersistentVolumeClaim', workload.metadata.namespace))
		.flatMap(subject => [...renumbered(subject), ...fleeting(subject)]);
