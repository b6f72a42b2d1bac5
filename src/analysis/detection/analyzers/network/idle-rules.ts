import type {Json} from '../../../../core/json.ts';
import {listAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {lastApplied} from '../../../diagnosis/last-applied.ts';
import {changeEvidence} from '../../../diagnosis/last-write.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';

const directions = [
	{type: 'Ingress', field: 'ingress', en: 'who comes in', ko: '들어오는'},
	{type: 'Egress', field: 'egress', en: 'what is reached', ko: '나가는'},
] as const;

/** A rule for everybody at every port limits nothing with the type either: charts write it as a matter of course. */
const isForAll = (rule: Json) => ['from', 'to', 'ports'].every(field => listAt(rule, field).length === 0);

/**
 * Rules of a direction that the types of their policy leave out: nothing is limited by them.
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource
 */
export function idleRules(policy: KubeObject): readonly Cause[] {
	const types = listAt(policy, 'spec', 'policyTypes').map(String);
	return directions.flatMap(({type, field, en, ko}): readonly Cause[] => {
		const rules = listAt(policy, 'spec', field);
		if (types.length === 0 || types.includes(type) || rules.length === 0 || rules.some(isForAll)) return [];
		const name = refText(refOf(policy));
		const isLost = listAt(lastApplied(policy), 'spec', 'policyTypes').includes(type);
		return [
			{
				id: 'policy-rules-idle',
				resource: refOf(policy),
				path: 'spec.policyTypes',
				cause: {
					en: `${name} has ${rules.length} rules for ${field} and is of the type ${types.join(', ')} alone: it does not limit ${en}`,
					ko: `${name}에 ${field} 규칙이 ${rules.length}개 있지만 policyTypes가 ${types.join(', ')}뿐이라 ${ko} 연결을 제한하지 않습니다`,
				},
				evidence: [
					{source: name, detail: `spec.policyTypes ${types.join(', ')}; spec.${field} ${rules.length} rules`},
					...changeEvidence(policy),
				],
				remedies: [
					exchange(policy, [{path: ['spec', 'policyTypes'], from: types, to: [...types, type]}], {
						side: 'policy',
						// What the rules forget is kept in or out from then on.
						sure: isLost,
						text: {en: `Make ${name} of the type ${type} too`, ko: `${name}의 policyTypes에 ${type}를 더합니다`},
					}),
				],
			},
		];
	});
}
