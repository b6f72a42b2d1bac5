import {wantedReplicas} from '../../../core/consequences/rollout.ts';
import {listAt, numberAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {fitsMap} from '../../../core/kube/selector.ts';
import {isReady} from '../../diagnosis/case.ts';
import type {Survey} from '../survey.ts';

/** Whether somebody answers behind a Service at this moment; undefined where nobody can tell: it has no selector, or pods were not read. */
export function isServed(service: KubeObject, survey: Survey): boolean | undefined {
	const {namespace = ''} = service.metadata;
	const selector = valueAt(service, 'spec', 'selector');
	if (textAt(service, 'spec', 'type') === 'ExternalName') return undefined;
	const slices = survey
		.all('EndpointSlice', namespace)
		.filter(({metadata}) => metadata.labels?.['kubernetes.io/service-name'] === service.metadata.name);
	if (slices.some(slice => listAt(slice, 'endpoints').some(each => valueAt(each, 'conditions', 'ready') !== false))) return true;
	if (selector === undefined) return slices.length > 0 && survey.isRead('EndpointSlice', namespace) ? false : undefined;
	if (!survey.isRead('Pod', namespace)) return undefined;
	return survey.all('Pod', namespace).some(pod => fitsMap(selector, pod.metadata.labels) && isReady(pod));
}

/** The workload behind a Service that somebody scaled to nothing. */
export const stoppedBehind = (service: KubeObject, survey: Survey): KubeObject | undefined =>
	['Deployment', 'StatefulSet']
		.flatMap(kind => survey.all(kind, service.metadata.namespace))
		.find(
			each =>
				wantedReplicas(each) === 0 &&
				fitsMap(valueAt(service, 'spec', 'selector'), valueAt(each, 'spec', 'template', 'metadata', 'labels')),
		);

/** Whether a Service has a port of a number. */
export const hasPort = (service: KubeObject, port: number) =>
	listAt(service, 'spec', 'ports').some(each => numberAt(each, 'port') === port);
