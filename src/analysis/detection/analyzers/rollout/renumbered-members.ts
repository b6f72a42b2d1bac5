import {wantedReplicas} from '../../../../core/consequences/rollout.ts';
import {listAt, numberAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {someOf} from '../../../../core/text/count.ts';
import {caseOf} from '../../../diagnosis/case.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {templateBefore} from '../../../diagnosis/earlier-revision.ts';
import {changeEvidence, isChangedLater, isChangedSinceMade} from '../../../diagnosis/last-write.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {exchangeMention} from '../../mentions/exchange-mention.ts';
import {type Mention, mentionsIn} from '../../mentions/mentions.ts';
import type {Survey} from '../../survey.ts';

/** That somebody is told of a member of a StatefulSet by its number. */
type Naming = {readonly mention: Mention; readonly number: number};

const startOf = (set: KubeObject) => numberAt(set, 'spec', 'ordinals', 'start') ?? 0;

/** `abacus-0.abacus` names member 0 of StatefulSet abacus. */
const namingsOf = (set: KubeObject, survey: Survey): readonly Naming[] =>
	mentionsIn(survey).flatMap(mention => {
		const {pod, namespace} = mention;
		const [, name, number] = /^(.+)-(\d+)$/.exec(pod ?? '') ?? [];
		return namespace === set.metadata.namespace && name === set.metadata.name ? [{mention, number: Number(number)}] : [];
	});

/** The first number under which all members are there that somebody is told of; undefined where there is none. */
function meantStart(set: KubeObject, namings: readonly Naming[]): number | undefined {
	const numbers = namings.map(({number}) => number);
	const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
	return most < least + wantedReplicas(set) ? least : undefined;
}

function countFrom(set: KubeObject, to: number): Remedy {
	const name = refText(refOf(set));
	return exchange(set, [{path: ['spec', 'ordinals', 'start'], from: startOf(set), to}], {
		side: 'workload',
		// Members with claims have written into those of their new numbers meanwhile: that would stay behind.
		sure: listAt(set, 'spec', 'volumeClaimTemplates').length === 0,
		text: {en: `Let ${name} count its members from ${to} again`, ko: `${name}의 번호를 다시 ${to}부터 매깁니다`},
	});
}

/** Who was told of a member before its numbers moved: by when it was written, or by the revision before. */
function wasToldBefore({holder, workload, host}: Mention, set: KubeObject, survey: Survey): boolean {
	if (!isChangedLater(holder, set, {other: ['spec', 'ordinals']})) return true;
	const before = templateBefore(caseOf(workload, survey.scene(workload.metadata.namespace ?? '')));
	return holder === workload && before !== undefined && JSON.stringify(before).includes(host);
}

/** A member of a number that no member has any longer: the first is another one since `ordinals.start` moved. */
export function renumberedMembers(survey: Survey): readonly Cause[] {
	return survey.all('StatefulSet').flatMap((set): readonly Cause[] => {
		const start = startOf(set);
		if (start === 0 || set.metadata.deletionTimestamp !== undefined || wantedReplicas(set) === 0) return [];
		const namings = namingsOf(set, survey);
		const lost = namings.filter(({number}) => number < start);
		const [first] = lost;
		if (first === undefined) return [];
		const {mention} = first;
		const to = meantStart(set, namings);
		// Who was told of a wrong number after the numbers were settled is wrong.
		const isMoved = to !== undefined && isChangedSinceMade(set) && lost.some(each => wasToldBefore(each.mention, set, survey));
		const [name, who] = [refText(refOf(set)), someOf([...new Set(lost.map(each => refText(refOf(each.mention.workload))))])];
		const member = `${set.metadata.name}-${first.number}`;
		return [
			{
				id: 'members-numbered-anew',
				resource: refOf(isMoved ? set : mention.holder),
				path: isMoved ? 'spec.ordinals.start' : mention.path,
				hurts: [...new Set(lost.map(each => each.mention.workload))].map(refOf),
				cause: {
					en: `${who} is told of ${member}, and ${name} counts its members from ${start}: there is no such pod`,
					ko: `${who}가 ${member}을(를) 부르는데 ${name}의 번호는 ${start}부터라 그런 파드가 없습니다`,
				},
				evidence: [
					{source: name, detail: `spec.ordinals.start ${start}, ${wantedReplicas(set)} replicas`},
					...changeEvidence(set, ['spec', 'ordinals']),
					...lost.slice(0, 4).map(each => ({
						source: refText(refOf(each.mention.holder)),
						detail: `${each.mention.path} names ${each.mention.host}`,
					})),
				],
				remedies: isMoved
					? [countFrom(set, to)]
					: [
							exchangeMention(
								mention,
								{host: mention.host.replace(member, `${set.metadata.name}-${first.number + start - (to ?? first.number)}`)},
								false,
							),
						],
			},
		];
	});
}
