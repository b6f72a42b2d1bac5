import {listAt, textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, type Ref, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {shortLine} from '../../../../core/text/short-line.ts';
import {caseOf} from '../../../diagnosis/case.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {changeEvidence, isChangedLater} from '../../../diagnosis/last-write.ts';
import {refusals} from '../../../diagnosis/refusals.ts';
import {backRemedy, changeOf} from '../../../diagnosis/template-change.ts';
import type {Analyzer} from '../../analyzer.ts';
import type {Survey} from '../../survey.ts';
import {startingWorkloads} from '../standing.ts';
import {parameterCause} from './policy-parameter.ts';
import {webhookKinds} from './webhook-faults.ts';

/** Who said no: the policy itself, and where in it. */
type Refuser = {readonly ref: Ref; readonly object: KubeObject | undefined; readonly path: string};

const group = 'admissionregistration.k8s.io/v1';

function refuserIn(message: string, survey: Survey): Refuser | undefined {
	const policy = /ValidatingAdmissionPolicy '([^']+)' with binding '[^']+' denied/.exec(message)?.[1];
	if (policy !== undefined)
		return {
			ref: {apiVersion: group, kind: 'ValidatingAdmissionPolicy', name: policy},
			object: survey.find('ValidatingAdmissionPolicy', undefined, policy),
			path: 'spec.validations',
		};
	const webhook = /admission webhook "([^"]+)" denied the request/.exec(message)?.[1];
	if (webhook === undefined) return undefined;
	const object = webhookKinds
		.flatMap(kind => survey.all(kind))
		.find(each => listAt(each, 'webhooks').some(one => textAt(one, 'name') === webhook));
	const ref = object === undefined ? {apiVersion: group, kind: 'ValidatingWebhookConfiguration', name: webhook} : refOf(object);
	return {ref, object, path: `webhooks[${webhook}]`};
}

function causesOf(workload: KubeObject, survey: Survey): readonly Cause[] {
	const given = caseOf(workload, survey.scene(workload.metadata.namespace ?? ''));
	const [message] = refusals(given);
	const refuser = message === undefined ? undefined : refuserIn(message, survey);
	if (message === undefined || refuser === undefined) return [];
	const parameter = parameterCause(workload, message, survey);
	if (parameter !== undefined) return [parameter];
	const change = changeOf(given);
	const name = refText(refOf(workload));
	// A template that passed before brought what is refused now, unless the policy came after it.
	const isPolicy = refuser.object !== undefined && isChangedLater(refuser.object, workload);
	const back: readonly Remedy[] = change === undefined || isPolicy ? [] : backRemedy(given, change, change.exchanges);
	return [
		{
			id: 'policy-refuses',
			resource: isPolicy ? refuser.ref : refOf(workload),
			path: isPolicy ? refuser.path : 'spec.template.spec',
			hurts: [refOf(workload)],
			cause: {
				en: `${refText(refuser.ref)} refuses the pods of ${name}`,
				ko: `${refText(refuser.ref)}이(가) ${name}의 파드를 거절합니다`,
			},
			evidence: [
				{source: name, detail: shortLine(message, 300)},
				...(refuser.object === undefined ? [] : changeEvidence(refuser.object)),
				...changeEvidence(workload, ['spec', 'template']),
			],
			remedies: back,
		},
	];
}

/** Policies that refuse the pods of a workload, by the server's own words. */
export const policyFaults: Analyzer = survey => {
	const telling = new Set(
		survey
			.all('Event')
			.filter(event => textAt(event, 'reason') === 'FailedCreate')
			.map(({metadata}) => metadata.namespace ?? ''),
	);
	return startingWorkloads(survey)
		.filter(
			({metadata, status}) =>
				telling.has(metadata.namespace ?? '') || listAt(status, 'conditions').some(each => textAt(each, 'type') === 'ReplicaFailure'),
		)
		.flatMap(workload => causesOf(workload, survey));
};
