import {valueAt} from '../../core/kube/json-at.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import {labelIndex} from '../../core/kube/label-index.ts';
import {templatePath} from '../../core/kube/pod-spec.ts';
import {oncePerSurvey} from './once-per-survey.ts';
import {perNamespace} from './per-namespace.ts';
import type {Survey} from './survey.ts';

/** Labels that the pods of a workload get. */
export const templateLabels = (workload: KubeObject) => valueAt(workload, ...(templatePath(workload) ?? []), 'metadata', 'labels');

/** Which pods Services lead to, told by the templates of the workloads, so that one scaled to nothing counts. */
type Routing = {
	readonly behind: (service: KubeObject) => readonly KubeObject[];
	readonly podsBehind: (service: KubeObject) => readonly KubeObject[];
	readonly servicesOf: (workload: KubeObject) => readonly KubeObject[];
};

const selectorOf = (service: KubeObject) => valueAt(service, 'spec', 'selector');

/** Runs end: what serves requests are the others. */
const serves = ({kind}: KubeObject) => kind !== 'Job' && kind !== 'CronJob';

/** Who stands behind each Service, worked out once. */
export const routingOf = oncePerSurvey((survey: Survey): Routing => {
	const workloads = perNamespace(namespace => labelIndex(survey.workloads(namespace).filter(serves), templateLabels));
	const pods = perNamespace(namespace => labelIndex(survey.all('Pod', namespace), ({metadata}) => metadata.labels));
	const found = new Map<KubeObject, readonly KubeObject[]>();
	const behind: Routing['behind'] = service => {
		const chosen = found.get(service) ?? workloads(service.metadata.namespace)(selectorOf(service));
		found.set(service, chosen);
		return chosen;
	};
	const services = new Map<KubeObject, KubeObject[]>();
	for (const service of survey.all('Service'))
		for (const workload of behind(service)) services.set(workload, [...(services.get(workload) ?? []), service]);
	return {
		behind,
		podsBehind: service =>
			pods(service.metadata.namespace)(selectorOf(service)).filter(({metadata}) => metadata.deletionTimestamp === undefined),
		servicesOf: workload => services.get(workload) ?? [],
	};
});
