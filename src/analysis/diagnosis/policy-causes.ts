import {isJsonObject, type Json} from '../../core/json.ts';
import {listAt, objectAt, valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {templatePath} from '../../core/kube/pod-spec.ts';
import {fitsSelector} from '../../core/kube/selector.ts';
import {speakingOf} from '../coherence/policy-rules.ts';
import {declaredPorts} from '../coherence/workload-set.ts';
import {ruleMatch} from '../network/policy-match.ts';
import {type Case, ofKind} from './case.ts';
import type {Cause, Remedy} from './cause.ts';
import {labelText} from './label-text.ts';
import {merge} from './patch-remedy.ts';

/** Who asks: the pods of a workload, by their labels and those of their namespace. */
export type Client = {readonly workload: KubeObject; readonly labels: Json; readonly namespaceLabels: Json};

const selecting = ({scene, labels}: Case) =>
	speakingOf(
		ofKind(scene, 'NetworkPolicy').filter(each => fitsSelector(valueAt(each, 'spec', 'podSelector'), labels)),
		'ingress',
	);

const isLetIn = (policy: KubeObject, {workload, labels, namespaceLabels}: Client, {podSpec, scene}: Case) =>
	listAt(policy, 'spec', 'ingress').some(rule => {
		const side = {namespace: workload.metadata.namespace ?? '', namespaceLabels, labels};
		const {peer, port} = ruleMatch(rule, 'ingress', side, declaredPorts(podSpec), scene.namespace);
		return peer && port;
	});

/** Labels that a policy of the server's namespace wants of pods of that namespace. */
const wantedLabels = (policies: readonly KubeObject[]) =>
	policies.flatMap(policy =>
		listAt(policy, 'spec', 'ingress').flatMap(rule =>
			listAt(rule, 'from').flatMap(peer => {
				const labels = objectAt(peer, 'podSelector', 'matchLabels');
				return valueAt(peer, 'namespaceSelector') === undefined && Object.keys(labels).length > 0 ? [{policy, labels}] : [];
			}),
		),
	);

function labelRemedies(client: Client, wanted: ReturnType<typeof wantedLabels>): readonly Remedy[] {
	const name = refText(refOf(client.workload));
	const path = [...(templatePath(client.workload) ?? []), 'metadata', 'labels'];
	return wanted.map(({labels}) => {
		const patch = path.toReversed().reduce<Json>((inner, step) => ({[step]: inner}), labels);
		return merge(client.workload, isJsonObject(patch) ? patch : {}, {
			side: 'workload',
			sure: wanted.length === 1,
			text: {en: `Give the pods of ${name} the label ${labelText(labels)}`, ko: `${name}의 파드에 ${labelText(labels)} 라벨을 붙입니다`},
		});
	});
}

/** Why the pods of one workload do not reach those of another: policies select these, and none lets the first ones in. */
export function policyCauses(given: Case, client: Client | undefined): readonly Cause[] {
	const policies = selecting(given);
	const {workload} = given;
	if (workload === undefined || policies.length === 0 || client === undefined) return [];
	if (policies.some(policy => isLetIn(policy, client, given))) return [];
	const isNeighbour = client.workload.metadata.namespace === given.scene.namespace;
	const wanted = isNeighbour ? wantedLabels(policies) : [];
	const [who, to] = [refText(refOf(client.workload)), refText(refOf(workload))];
	const names = policies.map(policy => refText(refOf(policy)));
	return [
		{
			id: 'policy-keeps-out',
			resource: refOf(policies[0] ?? workload),
			path: 'spec.ingress',
			cause: {
				en: `${names.join(', ')} limits who reaches ${to}, and lets no pod of ${who} in${wanted.length === 0 ? '' : `: it wants the label ${wanted.map(({labels}) => labelText(labels)).join(' or ')}`}`,
				ko: `${names.join(', ')}가 ${to}에 들어올 수 있는 파드를 제한하는데 ${who}의 파드는 허용되지 않습니다${wanted.length === 0 ? '' : `: ${wanted.map(({labels}) => labelText(labels)).join(' 또는 ')} 라벨이 있어야 합니다`}`,
			},
			evidence: [
				...wanted.map(({policy, labels}) => ({source: refText(refOf(policy)), detail: `from podSelector ${labelText(labels)}`})),
				{source: who, detail: `pod labels ${labelText(client.labels)}`},
			],
			remedies: labelRemedies(client, wanted),
		},
	];
}
