import {listAt, numberAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {type Around, failed, notApplicable, notChecked, passed, type SetFinding} from './set-finding.ts';
import {ofKind, type SetWorkload} from './workload-set.ts';

/** Resources of which an autoscaler counts a share of the requests. */
export function sharesOf(scaler: SetWorkload['scaler']): readonly {readonly resource: string; readonly container: string | undefined}[] {
	if (scaler === undefined) return [];
	if (numberAt(scaler, 'spec', 'targetCPUUtilizationPercentage') !== undefined) return [{resource: 'cpu', container: undefined}];
	return listAt(scaler, 'spec', 'metrics').flatMap(metric => {
		const kind = textAt(metric, 'type') === 'ContainerResource' ? 'containerResource' : 'resource';
		const isShare = textAt(metric, kind, 'target', 'type') === 'Utilization';
		const resource = textAt(metric, kind, 'name');
		return isShare && resource !== undefined ? [{resource, container: textAt(metric, kind, 'container')}] : [];
	});
}

/** A share of the requests cannot be told while one container has none: then the autoscaler does nothing (`FailedGetResourceMetric`). */
function requestsCheck({ref, podSpec, scaler}: SetWorkload): SetFinding {
	const on = {id: 'autoscaler-has-requests', resource: ref, severity: 'high'} as const;
	const shares = sharesOf(scaler);
	if (shares.length === 0) return notApplicable(on, 'no autoscaler counts a share of its requests');
	const missing = shares.flatMap(({resource, container}) =>
		listAt(podSpec, 'containers')
			.filter(each => container === undefined || textAt(each, 'name') === container)
			.filter(each => valueAt(each, 'resources', 'requests', resource) === undefined)
			.filter(each => valueAt(each, 'resources', 'limits', resource) === undefined)
			.map(each => `container ${textAt(each, 'name')} has no ${resource} request`),
	);
	const name = scaler === undefined ? '' : refText(refOf(scaler));
	if (missing.length === 0) return passed(on, `${name} finds the requests of which it counts a share`);
	return failed(on, {cause: `${name} counts a share of requests, and ${missing.join(', ')}`, fix: 'Give every container such a request'});
}

/** Two owners of one number take turns: each apply sets the replicas back. */
function ownerCheck({object, ref, scaler}: SetWorkload): SetFinding {
	const on = {id: 'autoscaler-owns-replicas', resource: ref, severity: 'medium'} as const;
	if (scaler === undefined) return notApplicable(on, 'no autoscaler sets its number of pods');
	const [least, most] = [numberAt(scaler, 'spec', 'minReplicas') ?? 1, numberAt(scaler, 'spec', 'maxReplicas') ?? 0];
	const name = refText(refOf(scaler));
	if (least > most)
		return failed(on, {cause: `${name} has minReplicas ${least} above maxReplicas ${most}`, fix: `Raise maxReplicas to ${least}`});
	if (valueAt(object, 'spec', 'replicas') === undefined) return passed(on, `${name} alone sets its number of pods, ${least} to ${most}`);
	return failed(on, {
		cause: `spec.replicas and ${name} both set its number of pods: each apply puts it back`,
		fix: 'Leave spec.replicas out',
	});
}

export const autoscalerCheck = (workload: SetWorkload): readonly SetFinding[] => [requestsCheck(workload), ownerCheck(workload)];

const plurals: {readonly [kind: string]: string} = {Deployment: 'deployments', StatefulSet: 'statefulsets'};

/** An autoscaler of something that is not there does nothing (`FailedGetScale`). Of other kinds than these nobody has looked. */
export function targetCheck(scaler: KubeObject, set: readonly KubeObject[], around: Around): readonly SetFinding[] {
	const on = {id: 'autoscaler-finds-target', resource: refOf(scaler), severity: 'high'} as const;
	const [kind, name] = ['kind', 'name'].map(field => textAt(scaler, 'spec', 'scaleTargetRef', field) ?? '');
	const plural = plurals[kind ?? ''];
	if (kind === undefined || plural === undefined) return [notChecked(on, `it scales ${kind ?? 'something'}, which was not looked at`)];
	if (ofKind(kind, set, around).some(({metadata}) => metadata.name === name)) return [passed(on, `It scales ${kind} ${name}`)];
	const why = around.unread.get(plural);
	if (why !== undefined) return [notChecked(on, why)];
	return [failed(on, {cause: `It scales ${kind} ${name}, which is not there`, fix: 'Name a workload that there is in scaleTargetRef'})];
}
