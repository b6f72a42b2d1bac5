import type {Json} from '../../../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {restartWrite} from '../../../../core/restart-write.ts';
import {someOf} from '../../../../core/text/count.ts';
import {shortLine} from '../../../../core/text/short-line.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {changeEvidence, writtenMs} from '../../../diagnosis/last-write.ts';
import {inOrder, writeOf} from '../../../diagnosis/writes-remedy.ts';
import type {Analyzer} from '../../analyzer.ts';
import type {Survey} from '../../survey.ts';
import {startingWorkloads} from '../standing.ts';
import {type Difference, differencesOf} from './pod-differences.ts';
import {isAskedForPods, isAskedIn} from './webhook-faults.ts';

/** Whoever may have changed pods of a namespace as they were made. */
type Suspect = {
	readonly object: KubeObject;
	readonly path: string;
	readonly leaveOut: (workloads: readonly KubeObject[]) => Remedy;
	readonly said: string;
};

const excluded = (namespace: string) => ({key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: [namespace]});

/**
 * The namespace is left out, and the pods of all whom it hit are made anew as their templates say.
 * @param path of the part of the object that may hold a namespaceSelector
 */
const leftOut =
	(object: KubeObject, path: readonly (string | number)[], matched: Json | undefined, namespace: string) =>
	(workloads: readonly KubeObject[]): Remedy => {
		const selector = valueAt(matched, 'namespaceSelector');
		const to = {...objectAt(selector), matchExpressions: [...listAt(selector, 'matchExpressions'), excluded(namespace)]};
		const [name, who] = [refText(refOf(object)), someOf(workloads.map(each => refText(refOf(each))))];
		const within = matched === undefined ? {path, to: {namespaceSelector: to}} : {path: [...path, 'namespaceSelector'], from: selector, to};
		return inOrder([writeOf(object, [within]), ...workloads.map(each => restartWrite(refOf(each), each))], {
			side: 'policy',
			sure: false,
			text: {
				en: `Leave namespace ${namespace} out of ${name}, and restart ${who}`,
				ko: `${name}에서 네임스페이스 ${namespace}을(를) 빼고 ${who}를 다시 시작합니다`,
			},
		});
	};

function webhookSuspects(namespace: KubeObject | undefined, survey: Survey): readonly Suspect[] {
	return survey.all('MutatingWebhookConfiguration').flatMap(object =>
		listAt(object, 'webhooks').flatMap((webhook, index): readonly Suspect[] => {
			if (!isAskedForPods(webhook) || !isAskedIn(webhook, namespace)) return [];
			return [
				{
					object,
					path: `webhooks[${textAt(webhook, 'name')}]`,
					leaveOut: leftOut(object, ['webhooks', index], webhook, namespace?.metadata.name ?? ''),
					said: `webhook ${textAt(webhook, 'name')} is asked for every pod of the namespace`,
				},
			];
		}),
	);
}

function policySuspects(namespace: KubeObject | undefined, survey: Survey): readonly Suspect[] {
	return survey.all('MutatingAdmissionPolicy').flatMap((policy): readonly Suspect[] => {
		const constraints = valueAt(policy, 'spec', 'matchConstraints');
		const isForPods = isAskedForPods({rules: listAt(constraints, 'resourceRules')}) && isAskedIn(constraints ?? {}, namespace);
		const bindings = survey
			.all('MutatingAdmissionPolicyBinding')
			.filter(
				binding =>
					textAt(binding, 'spec', 'policyName') === policy.metadata.name &&
					isAskedIn(valueAt(binding, 'spec', 'matchResources') ?? {}, namespace),
			);
		const [binding] = bindings;
		if (!isForPods || binding === undefined) return [];
		const matched = valueAt(binding, 'spec', 'matchResources');
		const texts = listAt(policy, 'spec', 'mutations').map(
			each => textAt(each, 'applyConfiguration', 'expression') ?? textAt(each, 'jsonPatch', 'expression') ?? '',
		);
		return [
			{
				object: policy,
				path: 'spec.mutations',
				leaveOut: leftOut(binding, ['spec', 'matchResources'], matched, namespace?.metadata.name ?? ''),
				said: `mutations: ${shortLine(texts.join('; '), 200)}`,
			},
		];
	});
}

const shown = (value: Json | undefined) =>
	value === undefined ? 'nothing' : shortLine(typeof value === 'string' ? value : JSON.stringify(value), 100);

/** Pods of the present template: those of an earlier one say what that one said. */
function currentPod(workload: KubeObject, survey: Survey): KubeObject | undefined {
	const made = writtenMs(workload, ['spec', 'template']);
	const sets = survey.ownedBy(workload).filter(({kind}) => kind === 'ReplicaSet');
	const revision = ({metadata}: KubeObject) => Number(metadata.annotations?.['deployment.kubernetes.io/revision'] ?? 0);
	const newest = sets.toSorted((a, b) => revision(b) - revision(a))[0];
	const pods = newest === undefined ? survey.podsOf(workload) : survey.ownedBy(newest);
	return pods
		.filter(
			({metadata}) =>
				metadata.deletionTimestamp === undefined && (newest !== undefined || (Date.parse(metadata.creationTimestamp ?? '') || 0) >= made),
		)
		.toSorted((a, b) => (b.metadata.creationTimestamp ?? '').localeCompare(a.metadata.creationTimestamp ?? '', 'en'))[0];
}

/** Pods that came out otherwise than the template of their workload says, and who is most likely to have changed them. */
type Changed = {
	readonly workload: KubeObject;
	readonly pod: KubeObject;
	readonly differences: readonly Difference[];
	readonly suspect: Suspect;
	readonly others: readonly Suspect[];
};

function changedOf(workload: KubeObject, survey: Survey): readonly Changed[] {
	const pod = currentPod(workload, survey);
	if (pod === undefined || pod.metadata.annotations?.vpaUpdates !== undefined) return [];
	const differences = differencesOf(pod, workload);
	if (differences.length === 0) return [];
	const namespace = survey.find('Namespace', undefined, workload.metadata.namespace ?? '');
	const suspects = [...policySuspects(namespace, survey), ...webhookSuspects(namespace, survey)];
	const named = suspects.find(({said}) => differences.some(({after}) => typeof after === 'string' && after !== '' && said.includes(after)));
	const suspect = named ?? suspects.toSorted((a, b) => writtenMs(b.object) - writtenMs(a.object))[0];
	// Without anybody who changes pods somebody changed this one by hand.
	return suspect === undefined ? [] : [{workload, pod, differences, suspect, others: suspects.filter(each => each !== suspect)}];
}

function causeOf({workload, pod, differences, suspect, others}: Changed, remedies: readonly Remedy[]): readonly Cause[] {
	const [first] = differences;
	if (first === undefined) return [];
	const [who, what] = [refText(refOf(workload)), refText(refOf(suspect.object))];
	return [
		{
			id: 'pods-changed-on-the-way',
			resource: refOf(suspect.object),
			path: suspect.path,
			hurts: [refOf(workload)],
			cause: {
				en: `The pods of ${who} are not what its template says: ${first.field} is ${shown(first.after)} instead of ${shown(first.before)}, and ${what} changes pods of that namespace as they are made`,
				ko: `${who}의 파드가 템플릿과 다릅니다: ${first.field}이(가) ${shown(first.before)} 대신 ${shown(first.after)}입니다. ${what}이(가) 이 네임스페이스의 파드를 만들 때 바꿉니다`,
			},
			evidence: [
				...differences.slice(0, 6).map(({field, before, after}) => ({
					source: refText(refOf(pod)),
					detail: `${field}: ${shown(after)}, and the template says ${shown(before)}`,
				})),
				{source: what, detail: suspect.said},
				...changeEvidence(suspect.object),
				...others.map(({object, said}) => ({source: refText(refOf(object)), detail: `${said} too`})),
			],
			remedies,
		},
	];
}

/** Pods that came out otherwise than their template says, with who may have changed them. */
export const mutationFaults: Analyzer = survey => {
	const all = startingWorkloads(survey)
		.filter(({kind}) => ['Deployment', 'StatefulSet', 'DaemonSet'].includes(kind))
		.flatMap(workload => changedOf(workload, survey));
	return [...Map.groupBy(all, suspicion).values()].flatMap(hit => {
		const remedy = hit[0]?.suspect.leaveOut(hit.map(({workload}) => workload));
		return hit.flatMap(each => causeOf(each, remedy === undefined ? [] : [remedy]));
	});
};

/** Whom one suspect hit in one namespace is mended in one go. */
const suspicion = ({workload, suspect: {object, path}}: Changed) => `${refText(refOf(object))} ${path} ${workload.metadata.namespace}`;
