import {listAt, numberAt, textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {lastApplied} from '../../../diagnosis/last-applied.ts';
import {changeEvidence} from '../../../diagnosis/last-write.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import type {Survey} from '../../survey.ts';

/** A rule whose backends weigh nothing hands on nothing: whoever asks is told that there is an error. */
function weightless(route: KubeObject): readonly Cause[] {
	return listAt(route, 'spec', 'rules').flatMap((rule, index): readonly Cause[] => {
		const backends = listAt(rule, 'backendRefs');
		if (backends.length === 0 || backends.some(each => (numberAt(each, 'weight') ?? 1) > 0)) return [];
		const former = listAt(listAt(lastApplied(route), 'spec', 'rules')[index], 'backendRefs');
		const weights = backends.map((each, at) =>
			textAt(former[at], 'name') === textAt(each, 'name') ? (numberAt(former[at], 'weight') ?? 1) : 0,
		);
		const isKnown = weights.some(each => each > 0);
		// Of several nobody knows which one was to be asked.
		const to = isKnown ? weights : backends.map((_, at) => (at === 0 ? 1 : 0));
		const name = refText(refOf(route));
		return [
			{
				id: 'route-sends-to-nobody',
				resource: refOf(route),
				path: `spec.rules[${index}].backendRefs`,
				cause: {
					en: `Every backend of rule ${index} of ${name} has the weight 0: nobody is asked, and each request fails`,
					ko: `${name}의 규칙 ${index}에서 모든 백엔드의 가중치가 0이라 요청이 모두 실패합니다`,
				},
				evidence: [{source: name, detail: backends.map(each => `${textAt(each, 'name')} weight 0`).join(', ')}, ...changeEvidence(route)],
				remedies: [
					exchange(
						route,
						backends.flatMap((_, at) =>
							to[at] === 0 ? [] : [{path: ['spec', 'rules', index, 'backendRefs', at, 'weight'], from: 0, to: to[at]}],
						),
						{
							side: 'ingress',
							sure: isKnown,
							text: {
								en: `Let ${name} send to ${backends.flatMap((each, at) => (to[at] === 0 ? [] : [textAt(each, 'name')])).join(', ')}`,
								ko: `${name}가 ${backends.flatMap((each, at) => (to[at] === 0 ? [] : [textAt(each, 'name')])).join(', ')}(으)로 보내게 합니다`,
							},
						},
					),
				],
			},
		];
	});
}

/** Routes whose rules send to nobody. */
export const weightlessRoutes = (survey: Survey): readonly Cause[] =>
	survey.namespaces.flatMap(namespace => ['HTTPRoute', 'GRPCRoute'].flatMap(kind => survey.all(kind, namespace))).flatMap(weightless);
