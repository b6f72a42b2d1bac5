import {canonicalJson, type Json} from '../../../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {podSpecOf, templatePath} from '../../../../core/kube/pod-spec.ts';
import {oneLine} from '../../../../core/text/one-line.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {changeEvidence, writtenMs} from '../../../diagnosis/to-blame.ts';
import {inOrder, writeOf} from '../../../diagnosis/writes-remedy.ts';
import type {Analyzer} from '../../analyzer.ts';
import type {Survey} from '../../survey.ts';
import {startingWorkloads} from '../standing.ts';
import {isAskedForPods, isAskedIn} from './webhook-faults.ts';

/** One field of a pod that is not what its template says. */
type Difference = {readonly field: string; readonly before: Json | undefined; readonly after: Json | undefined};

const byName = (items: readonly Json[]) => new Map(items.map(item => [textAt(item, 'name') ?? '', item]));

const same = (one: Json | undefined, other: Json | undefined) => canonicalJson(one) === canonicalJson(other);

/** `registry/app:1` and `registry/app@sha256:…` are one image, and a mirror hands out the same under another host. */
function isSameImage(before: string, after: string): boolean {
	const parts = (image: string) => {
		const [name = '', digest] = image.split('@');
		const [, ...path] = name.split('/');
		return {path: path.length === 0 ? name : path.join('/'), digest};
	};
	const [one, two] = [parts(before), parts(after)];
	return one.path === two.path || two.path.endsWith(`/${one.path}`) || (two.digest !== undefined && one.path.startsWith(two.path));
}

/** What a mutation changes in a container that a person would miss: what is only added for all, such as a variable, is usual. */
function ofContainer(name: string, before: Json, after: Json): readonly Difference[] {
	const at = (field: string) => `containers[${name}].${field}`;
	const [image, now] = [textAt(before, 'image') ?? '', textAt(after, 'image') ?? ''];
	const variables = byName(listAt(after, 'env'));
	return [
		...(image === '' || isSameImage(image, now) ? [] : [{field: at('image'), before: image, after: now}]),
		...listAt(before, 'env').flatMap(variable => {
			const own = textAt(variable, 'name') ?? '';
			const other = variables.get(own);
			return same(valueAt(variable, 'value') ?? '', valueAt(other, 'value') ?? '') && other !== undefined
				? []
				: [{field: at(`env[${own}]`), before: valueAt(variable, 'value'), after: valueAt(other, 'value')}];
		}),
		...['command', 'args'].flatMap(field => {
			const [one, two] = [listAt(before, field), listAt(after, field)];
			return same(one, two) ? [] : [{field: at(field), before: one, after: two}];
		}),
		...['requests', 'limits'].flatMap(list =>
			Object.entries(objectAt(before, 'resources', list)).flatMap(([thing, value]) => {
				const other = objectAt(after, 'resources', list)[thing];
				return String(value) === String(other) ? [] : [{field: at(`resources.${list}.${thing}`), before: value, after: other}];
			}),
		),
	];
}

function differencesOf(pod: KubeObject, workload: KubeObject): readonly Difference[] {
	const template = podSpecOf(workload);
	const labels = objectAt(workload, ...(templatePath(workload) ?? []), 'metadata', 'labels');
	const containers = byName(listAt(pod, 'spec', 'containers'));
	return [
		...listAt(template, 'containers').flatMap(each => {
			const name = textAt(each, 'name') ?? '';
			const now = containers.get(name);
			return now === undefined ? [{field: `containers[${name}]`, before: name, after: undefined}] : ofContainer(name, each, now);
		}),
		...Object.entries(labels).flatMap(([key, value]) =>
			pod.metadata.labels?.[key] === value ? [] : [{field: `metadata.labels[${key}]`, before: value, after: pod.metadata.labels?.[key]}],
		),
		...['nodeSelector', 'serviceAccountName', 'priorityClassName', 'schedulerName'].flatMap(field => {
			const [one, two] = [template[field], valueAt(pod, 'spec', field)];
			return one === undefined || same(one, two) ? [] : [{field, before: one, after: two}];
		}),
	];
}

/** Whoever may have changed pods of a namespace as they were made. */
type Suspect = {readonly object: KubeObject; readonly path: string; readonly leaveOut: readonly Remedy[]; readonly said: string};

const excluded = (namespace: string) => ({key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: [namespace]});

/** The namespace is left out, and the pods are made anew as their template says. */
function leftOut(object: KubeObject, path: readonly (string | number)[], selector: Json | undefined, workload: KubeObject): Remedy {
	const {namespace = ''} = workload.metadata;
	const to = {...objectAt(selector), matchExpressions: [...listAt(selector, 'matchExpressions'), excluded(namespace)]};
	const [name, who] = [refText(refOf(object)), refText(refOf(workload))];
	const annotations = objectAt(workload, 'spec', 'template', 'metadata').annotations;
	const restarted = {'mkcoa.io/restarted-for': object.metadata.name};
	return inOrder(
		[
			writeOf(object, [{path, from: selector, to}]),
			writeOf(workload, [
				{
					path: ['spec', 'template', 'metadata', 'annotations'],
					from: annotations,
					to: {...objectAt(annotations), ...restarted},
				},
			]),
		],
		{
			side: 'policy',
			sure: false,
			text: {
				en: `Leave namespace ${namespace} out of ${name}, and restart ${who}`,
				ko: `${name}에서 네임스페이스 ${namespace}을(를) 빼고 ${who}를 다시 시작합니다`,
			},
		},
	);
}

function webhookSuspects(workload: KubeObject, namespace: KubeObject | undefined, survey: Survey): readonly Suspect[] {
	return survey.all('MutatingWebhookConfiguration').flatMap(object =>
		listAt(object, 'webhooks').flatMap((webhook, index): readonly Suspect[] => {
			if (!isAskedForPods(webhook) || !isAskedIn(webhook, namespace)) return [];
			const selector = valueAt(webhook, 'namespaceSelector');
			return [
				{
					object,
					path: `webhooks[${textAt(webhook, 'name')}]`,
					leaveOut: [leftOut(object, ['webhooks', index, 'namespaceSelector'], selector, workload)],
					said: `webhook ${textAt(webhook, 'name')} is asked for every pod of the namespace`,
				},
			];
		}),
	);
}

function policySuspects(workload: KubeObject, namespace: KubeObject | undefined, survey: Survey): readonly Suspect[] {
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
		const selector = valueAt(matched, 'namespaceSelector');
		const whole = {namespaceSelector: {matchExpressions: [excluded(workload.metadata.namespace ?? '')]}};
		const texts = listAt(policy, 'spec', 'mutations').map(
			each => textAt(each, 'applyConfiguration', 'expression') ?? textAt(each, 'jsonPatch', 'expression') ?? '',
		);
		return [
			{
				object: policy,
				path: 'spec.mutations',
				leaveOut: [
					matched === undefined
						? inOrder([{op: 'patch', ref: refOf(binding), type: 'merge', patch: {spec: {matchResources: whole}}}], {
								side: 'policy',
								sure: false,
								text: {
									en: `Leave the namespace out of ${refText(refOf(binding))}`,
									ko: `${refText(refOf(binding))}에서 이 네임스페이스를 뺍니다`,
								},
							})
						: leftOut(binding, ['spec', 'matchResources', 'namespaceSelector'], selector, workload),
				],
				said: `mutations: ${oneLine(texts.join('; ')).slice(0, 200)}`,
			},
		];
	});
}

const shown = (value: Json | undefined) =>
	value === undefined ? 'nothing' : oneLine(typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 100);

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

function causesOf(workload: KubeObject, survey: Survey): readonly Cause[] {
	const pod = currentPod(workload, survey);
	if (pod === undefined || pod.metadata.annotations?.vpaUpdates !== undefined) return [];
	const differences = differencesOf(pod, workload);
	const [first] = differences;
	if (first === undefined) return [];
	const namespace = survey.find('Namespace', undefined, workload.metadata.namespace ?? '');
	const suspects = [...policySuspects(workload, namespace, survey), ...webhookSuspects(workload, namespace, survey)];
	const named = suspects.find(({said}) => differences.some(({after}) => typeof after === 'string' && after !== '' && said.includes(after)));
	const suspect = named ?? suspects.toSorted((a, b) => writtenMs(b.object) - writtenMs(a.object))[0];
	// Without anybody who changes pods somebody changed this one by hand.
	if (suspect === undefined) return [];
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
				...suspects.filter(each => each !== suspect).map(({object, said}) => ({source: refText(refOf(object)), detail: `${said} too`})),
			],
			remedies: suspect.leaveOut,
		},
	];
}

/** Pods that came out otherwise than their template says, with who may have changed them. */
export const mutationFaults: Analyzer = survey =>
	startingWorkloads(survey)
		.filter(({kind}) => ['Deployment', 'StatefulSet', 'DaemonSet'].includes(kind))
		.flatMap(workload => causesOf(workload, survey));
