import {listAt, numberAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {refOf, refText} from '../../core/kube/kube-object.ts';
import {failed, notApplicable, passed, type SetFinding} from './set-finding.ts';
import type {SetWorkload} from './workload-set.ts';

/** Resources of which an autoscaler counts a share of the requests. */
function sharesOf(scaler: SetWorkload['scaler']): readonly {readonly resource: string; readonly container: string | undefined}[] {
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
