import type {Json} from '../../../../core/json.ts';
import {listAt, numberAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import type {PlacedContainer} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {changeEvidence, changesAt} from '../../../diagnosis/template-change.ts';
import type {Subject} from '../subject.ts';

/** Where the container ran beside the others in the revision before: as one of them, or as a sidecar. */
function formerly({change}: Subject, name: string): 'beside' | 'sidecar' | undefined {
	const spec = change()?.earlier.template;
	const isIn = (list: string, isAlways: boolean) =>
		listAt(spec, 'spec', list).some(each => textAt(each, 'name') === name && (!isAlways || textAt(each, 'restartPolicy') === 'Always'));
	if (isIn('initContainers', true)) return 'sidecar';
	return isIn('containers', false) ? 'beside' : undefined;
}

/** How a container of this name stands in the pods that have it as an init container. */
const statesOf = ({pods}: Subject, name: string): readonly Json[] =>
	pods.flatMap(pod =>
		listAt(pod, 'status', 'initContainerStatuses').flatMap(each => (textAt(each, 'name') === name ? (valueAt(each, 'state') ?? []) : [])),
	);

/** An init container is waited for: one that used to run as long as the pod does never lets the others begin. */
function endless(subject: Subject, {name, place}: PlacedContainer): readonly Cause[] {
	const {workload, given, change, gravity} = subject;
	const before = formerly(subject, name);
	const states = statesOf(subject, name);
	// What ends well is no sidecar: a migration that a release runs before the program, or a step of a run.
	const ends = states.some(each => numberAt(each, 'terminated', 'exitCode') === 0);
	if (before === undefined || ends || (before === 'beside' && ['Job', 'CronJob'].includes(workload.kind))) return [];
	const path = [...place, 'restartPolicy'];
	const who = refText(refOf(workload));
	return [
		{
			id: 'sidecar-is-waited-for',
			resource: refOf(workload),
			path: fieldPath(workload, path),
			severity: gravity('high'),
			cause: {
				en: `Init container ${name} of ${who} ran beside the others before, and is waited for now (restartPolicy Always is not there): as long as it runs no other container is started`,
				ko: `${who}의 초기화 컨테이너 ${name}는 전에 다른 컨테이너와 함께 돌았는데 restartPolicy: Always가 없어 끝날 때까지 다른 컨테이너가 시작되지 않습니다`,
			},
			evidence: [
				{source: who, detail: `initContainers[${name}].restartPolicy is not set`},
				{
					source: who,
					detail: before === 'sidecar' ? 'it was Always in the revision before' : 'it was one of the containers in the revision before',
				},
				...changeEvidence(given(), change(), changesAt(change(), path)),
			],
			remedies: [
				exchange(workload, [{path, to: 'Always'}], {
					side: 'workload',
					// What ran beside the others may be a migration now, which still runs.
					sure: before === 'sidecar',
					text: {
						en: `Let init container ${name} of ${who} run beside the others (restartPolicy Always)`,
						ko: `${who}의 ${name}가 다른 컨테이너와 함께 돌게 합니다(restartPolicy: Always)`,
					},
				}),
			],
		},
	];
}

/** Sidecars that a release made init containers which the others wait for. */
export const sidecarFaults = (subject: Subject): readonly Cause[] =>
	subject.containers.filter(({isInit}) => isInit).flatMap(placed => endless(subject, placed));
