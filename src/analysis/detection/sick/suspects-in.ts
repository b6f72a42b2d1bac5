import {isJsonObject} from '../../../core/json.ts';
import {listAt, numberAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {type LabelIndex, labelIndex} from '../../../core/kube/label-index.ts';
import {podSpecOf, templatePath} from '../../../core/kube/pod-spec.ts';
import {fitsSelector} from '../../../core/kube/selector.ts';
import {oncePerObject} from '../../../core/once-per-object.ts';
import {backendsOf, isUnread, ofKind, ownerOf, type Scene, selecting} from '../../diagnosis/case.ts';
import {mayKeepEnding} from '../../diagnosis/keep-ending.ts';
import {failedRun} from '../../diagnosis/run-causes.ts';
import {refusalOf} from '../../diagnosis/target-port-causes.ts';
import {healthOf} from '../../health/health-of.ts';

const templated = ['Deployment', 'StatefulSet', 'DaemonSet'];

/** Who is looked at by its own status. */
const byHealth = new Set([...templated, 'CronJob', 'Job', 'Pod', 'Node', 'PersistentVolumeClaim', 'HorizontalPodAutoscaler', 'Namespace']);

const controllerOf = ({metadata}: KubeObject) => (metadata.ownerReferences ?? []).find(({controller}) => controller === true);

/** What belongs to something above it is told there. */
const isTop = (object: KubeObject) => !['Pod', 'Job'].includes(object.kind) || controllerOf(object) === undefined;

/** A paused Deployment is in order until a change of its template waits for it. */
const isHeldBack = (object: KubeObject) =>
	object.kind === 'Deployment' &&
	valueAt(object, 'spec', 'paused') === true &&
	(numberAt(object, 'status', 'updatedReplicas') ?? 0) < (numberAt(object, 'spec', 'replicas') ?? 1);

const isUnwell = oncePerObject((object: KubeObject): boolean => {
	if (!byHealth.has(object.kind) || !isTop(object)) return false;
	const {status} = healthOf(object);
	return status === 'Degraded' || status === 'Missing' || status === 'Progressing' || (status === 'Suspended' && isHeldBack(object));
});

/** Runs that hang: their CronJob waits for them and says nothing. Failed pods of a run that went well in the end are none. */
function hanging(scene: Scene): ReadonlySet<string> {
	const stuck = ofKind(scene, 'Pod').filter(
		pod => controllerOf(pod)?.kind === 'Job' && textAt(pod, 'status', 'phase') !== 'Failed' && healthOf(pod).status === 'Degraded',
	);
	const jobs = new Set(stuck.flatMap(pod => controllerOf(pod)?.name ?? []));
	const owners = ofKind(scene, 'Job').filter(({metadata}) => jobs.has(metadata.name));
	return new Set(owners.flatMap(job => controllerOf(job)?.name ?? []));
}

/** Who keeps pods that end again and again, and may run at this moment. */
function keepingRestless(scene: Scene, nowMs: number): ReadonlySet<string> {
	const keepers = mayKeepEnding(ofKind(scene, 'Pod'), nowMs).map(({pod}) => {
		const top = ownerOf(pod, scene) ?? selecting(pod, scene) ?? pod;
		return `${top.kind} ${top.metadata.name}`;
	});
	return new Set(keepers);
}

/** Whether a Service selects nobody, or sends where nobody listens; one without a selector is its maker's business. */
function misses(service: KubeObject, workloadsOf: LabelIndex<KubeObject>, podsOf: () => LabelIndex<KubeObject>): boolean {
	const selector = valueAt(service, 'spec', 'selector');
	if (!isJsonObject(selector) || Object.keys(selector).length === 0) return false;
	const [behind] = workloadsOf(selector);
	// Pods of an older template may be all that is left: they go, and with them the last that is selected.
	if (behind === undefined) return podsOf()(selector).every(pod => controllerOf(pod) !== undefined);
	return listAt(service, 'spec', 'ports').some(port => refusalOf(port, podSpecOf(behind)) !== undefined);
}

/** Most Services have a workload behind them: then nobody asks for pods. */
const podsByLabel = oncePerObject((scene: Scene) => labelIndex(ofKind(scene, 'Pod'), ({metadata}) => metadata.labels));

const templateLabels = (workload: KubeObject) => valueAt(workload, ...(templatePath(workload) ?? []), 'metadata', 'labels');

/** A budget is told where more than one pod stands behind it: of one alone it is often meant that nobody takes it away. */
const guards = (budget: KubeObject, workloads: readonly KubeObject[]) =>
	workloads.some(
		each => (numberAt(each, 'spec', 'replicas') ?? 1) > 1 && fitsSelector(valueAt(budget, 'spec', 'selector'), templateLabels(each)),
	);

const leadsNowhere = (ingress: KubeObject, services: readonly KubeObject[]) =>
	backendsOf(ingress).some(({service, port}) => {
		const found = services.find(({metadata}) => metadata.name === service);
		const ports = listAt(found, 'spec', 'ports');
		const isOpen = port === undefined || ports.some(each => numberAt(each, 'port') === port || textAt(each, 'name') === port);
		return found === undefined || !isOpen;
	});

/**
 * What of a namespace, and which nodes, may not do what they are for: told from each object and what it names, and no further.
 * It runs over everything that is well, so it costs little; what is owned by another object is told with that one.
 */
export function suspectsIn(scene: Scene, nowMs: number): readonly KubeObject[] {
	const restless = keepingRestless(scene, nowMs);
	const workloads = scene.objects.filter(({kind}) => templated.includes(kind));
	const [services, runs] = [ofKind(scene, 'Service'), hanging(scene)];
	const workloadsOf = labelIndex(workloads, templateLabels);
	return scene.objects.filter(object => {
		switch (object.kind) {
			case 'Service':
				return !isUnread(scene, 'Pod') && misses(object, workloadsOf, () => podsByLabel(scene));
			case 'Ingress':
				return !isUnread(scene, 'Service') && leadsNowhere(object, services);
			case 'PodDisruptionBudget':
				return guards(object, workloads);
			case 'CronJob':
				return isUnwell(object) || runs.has(object.metadata.name) || failedRun(object, scene) !== undefined;
			default:
				return isUnwell(object) || restless.has(`${object.kind} ${object.metadata.name}`);
		}
	});
}
