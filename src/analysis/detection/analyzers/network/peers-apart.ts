import type {Json, JsonObject} from '../../../../core/json.ts';
import {listAt, objectAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {fitsSelector} from '../../../../core/kube/selector.ts';
import {shortLine} from '../../../../core/text/short-line.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {labelText} from '../../../diagnosis/label-text.ts';
import {changeEvidence, isChangedSinceMade} from '../../../diagnosis/last-write.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {peersField} from '../../../network/policy-match.ts';
import {templateLabels} from '../../routing.ts';
import type {Survey} from '../../survey.ts';

const isSome = (selector: Json | undefined) => Object.keys(objectAt({selector}, 'selector')).length > 0;

/** A whole namespace. */
const isSpace = (peer: Json) => isSome(valueAt(peer, 'namespaceSelector')) && valueAt(peer, 'podSelector') === undefined;

/** Pods of the own namespace. */
const isPods = (peer: Json) => isSome(valueAt(peer, 'podSelector')) && valueAt(peer, 'namespaceSelector') === undefined;

/** Whether pods with such labels run in one of these namespaces. */
const runIn = (namespaces: readonly string[], pods: Json | undefined, survey: Survey) =>
	namespaces.some(
		name =>
			survey.workloads(name).some(workload => fitsSelector(pods, templateLabels(workload) ?? {})) ||
			survey.all('Pod', name).some(({metadata}) => fitsSelector(pods, metadata.labels)),
	);

/** A dash too many makes two peers of one: all of a namespace, or else pods of the own one, where there are none such. They run in that namespace. */
export function peersApart(policy: KubeObject, survey: Survey): readonly Cause[] {
	const own = policy.metadata.namespace ?? '';
	return (['ingress', 'egress'] as const).flatMap(direction =>
		listAt(policy, 'spec', direction).flatMap((rule, index): readonly Cause[] => {
			const field = peersField(direction);
			const peers = listAt(rule, field);
			const [space, ...otherSpaces] = peers.filter(isSpace);
			const [pods, ...otherPods] = peers.filter(isPods);
			if (space === undefined || pods === undefined || otherSpaces.length + otherPods.length > 0) return [];
			const [spaces, selector] = [valueAt(space, 'namespaceSelector'), valueAt(pods, 'podSelector')];
			const meant = survey
				.all('Namespace')
				.filter(({metadata}) => fitsSelector(spaces, {'kubernetes.io/metadata.name': metadata.name, ...metadata.labels}))
				.map(({metadata}) => metadata.name);
			if (meant.includes(own) || runIn([own], selector, survey) || !runIn(meant, selector, survey)) return [];
			const name = refText(refOf(policy));
			const [where, who] = [labelText(objectAt(spaces, 'matchLabels')), labelText(objectAt(selector, 'matchLabels'))];
			const joined: JsonObject = {...objectAt(space), ...objectAt(pods)};
			return [
				{
					id: 'policy-peers-apart',
					resource: refOf(policy),
					path: `spec.${direction}[${index}].${field}`,
					cause: {
						en: `${name} lets all of ${where} pass, or else pods with ${who} of ${own}, where there are none: those pods run in ${meant.join(', ')}`,
						ko: `${name}가 ${where} 네임스페이스 전체를 허용합니다: ${who} 파드는 ${own}가 아니라 ${meant.join(', ')}에서 실행됩니다`,
					},
					evidence: [
						{source: name, detail: `spec.${direction}[${index}].${field} ${shortLine(JSON.stringify(peers), 200)}`},
						...changeEvidence(policy),
					],
					remedies: [
						exchange(
							policy,
							[
								{
									path: ['spec', direction, index, field],
									from: peers,
									to: peers.flatMap(each => (each === space ? [joined] : each === pods ? [] : [each])),
								},
							],
							{
								side: 'policy',
								sure: isChangedSinceMade(policy),
								text: {
									en: `Make ${name} let pods with ${who} of ${where} pass, and nobody else there`,
									ko: `${name}가 ${where}의 ${who} 파드만 허용하게 합니다`,
								},
							},
						),
					],
				},
			];
		}),
	);
}
