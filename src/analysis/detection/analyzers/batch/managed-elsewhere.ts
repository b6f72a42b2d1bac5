import {textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {age} from '../../../../core/text/age.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {writeText} from '../../../diagnosis/last-write.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {hasApiOf} from '../../served-apis.ts';
import type {Survey} from '../../survey.ts';

/** The controller that every cluster has: what it is named by is what a Job without the field gets. */
const ownController = 'kubernetes.io/job-controller';

/** So long a controller that is there may take. */
const patienceMs = 2 * 60_000;

/** `kueue.x-k8s.io` of `kueue.x-k8s.io/multikueue`. */
const domainOf = (controller: string) => controller.split('/')[0] ?? controller;

/** Whether nothing has ever looked at a Job: the first that its controller does is to write when it began, or why not. */
const isUntouched = (job: KubeObject) =>
	['startTime', 'conditions', 'active', 'succeeded', 'failed', 'ready'].every(field => valueAt(job, 'status', field) === undefined);

/**
 * A Job that says who runs it, and they are not here: the Job controller leaves it alone.
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/#delegation-of-managing-a-job-object-to-external-controller
 */
export function managedElsewhere(object: KubeObject, survey: Survey): readonly Cause[] {
	const place = object.kind === 'CronJob' ? ['spec', 'jobTemplate', 'spec', 'managedBy'] : ['spec', 'managedBy'];
	const controller = textAt(object, ...place);
	if (controller === undefined || controller === ownController) return [];
	const all = object.kind === 'CronJob' ? survey.ownedBy(object).filter(({kind}) => kind === 'Job') : [object];
	// A queue suspends what waits in it, for hours.
	const runs = all.filter(run => valueAt(run, 'spec', 'suspend') !== true);
	const canLook = survey.isRead('CustomResourceDefinition') && survey.isRead('APIService');
	const isHere = !canLook || hasApiOf(survey, [domainOf(controller)]);
	const waiting = runs.filter(isUntouched);
	const madeMs = (job: KubeObject) => Date.parse(job.metadata.creationTimestamp ?? '') || survey.nowMs;
	const isLate = waiting.some(job => survey.nowMs - madeMs(job) >= patienceMs);
	// Runs that something began show that it is there.
	if (runs.length < all.length || waiting.length < runs.length || (isHere && !isLate)) return [];
	const name = refText(refOf(object));
	return [
		{
			id: 'run-managed-elsewhere',
			resource: refOf(object),
			path: place.join('.'),
			isLasting: true,
			hurts: runs.filter(run => run !== object).map(refOf),
			cause: {
				en: `${name} is left to the controller ${controller} (managedBy), which has not begun it${isHere ? '' : ' and has no API in this cluster'}: the Job controller does not touch it`,
				ko: `${name}을(를) 컨트롤러 ${controller}(managedBy)에 맡겼는데 시작되지 않았습니다: Job 컨트롤러는 건드리지 않습니다`,
			},
			evidence: [
				{source: name, detail: `${place.join('.')} ${controller}, ${writeText(object)}`},
				...waiting.slice(0, 3).map(job => ({
					source: refText(refOf(job)),
					detail: `has no status ${age(survey.nowMs - madeMs(job))} after it was made`,
				})),
				...(isHere ? [] : [{source: 'CustomResourceDefinition', detail: `none of ${domainOf(controller)}`}]),
			],
			remedies: [
				exchange(object, [{path: place, from: controller, to: undefined}], {
					side: 'workload',
					// One that is only slow, or looks from elsewhere, would run it a second time.
					sure: false,
					text: {en: `Leave ${name} to the Job controller`, ko: `${name}을(를) Job 컨트롤러에 맡깁니다`},
				}),
			],
		},
	];
}
