import type {Json} from '../../../../core/json.ts';
import {listAt, numberAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {type DeclaredPort, declaredPorts} from '../../../coherence/workload-set.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import type {PlacedContainer} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {changeEvidence, changesAt} from '../../../diagnosis/template-change.ts';
import {routingOf} from '../../routing.ts';
import type {Subject} from '../subject.ts';

type Before = 'beside' | 'sidecar';

/** Where the container ran beside the others in the revision before: as one of them, or as a sidecar. */
function formerly({change}: Subject, name: string): Before | undefined {
	const spec = change()?.earlier.template;
	const isIn = (list: string, isAlways: boolean) =>
		listAt(spec, 'spec', list).some(each => textAt(each, 'name') === name && (!isAlways || textAt(each, 'restartPolicy') === 'Always'));
	if (isIn('initContainers', true)) return 'sidecar';
	return isIn('containers', false) ? 'beside' : undefined;
}

const portsIn = (containers: readonly Json[]) => declaredPorts({containers: [...containers]});

/**
 * The Service that sends to a port which this init container alone has. Of init containers only sidecars are looked at for ports.
 * @see https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/api/v1/pod/util.go
 */
function servedBy({workload, survey, containers}: Subject, {container}: PlacedContainer): KubeObject | undefined {
	const own = portsIn([container]);
	const others = portsIn(containers.filter(({isInit}) => !isInit).map(each => each.container));
	const has = (ports: readonly DeclaredPort[], target: Json) => ports.some(({name, number}) => name === target || number === target);
	return routingOf(survey)
		.servicesOf(workload)
		.find(service =>
			listAt(service, 'spec', 'ports').some(port => {
				const target = valueAt(port, 'targetPort') ?? valueAt(port, 'port') ?? null;
				// A number leads to whoever listens there: where the others list no ports, nobody knows which of them do.
				return has(own, target) && !has(others, target) && (typeof target === 'string' || others.length > 0);
			}),
		);
}

/** How a container of this name stands in the pods that have it as an init container. */
const statesOf = ({pods}: Subject, name: string): readonly Json[] =>
	pods.flatMap(pod =>
		listAt(pod, 'status', 'initContainerStatuses').flatMap(each => (textAt(each, 'name') === name ? (valueAt(each, 'state') ?? []) : [])),
	);

const words = {
	sidecar: 'it was Always in the revision before',
	beside: 'it was one of the containers in the revision before',
};

/** An init container is waited for: one that is to run as long as the pod does never lets the others begin, or is gone while they run. */
function endless(subject: Subject, placed: PlacedContainer): readonly Cause[] {
	const {workload, given, change, gravity} = subject;
	const {name, place} = placed;
	const before = formerly(subject, name);
	const service = servedBy(subject, placed);
	// What ends well is no sidecar: a migration that a release runs before the program, or a step of a run.
	const ends = statesOf(subject, name).some(each => numberAt(each, 'terminated', 'exitCode') === 0);
	const isRun = before === 'beside' && ['Job', 'CronJob'].includes(workload.kind);
	if (service === undefined && (before === undefined || isRun || (ends && before === 'beside'))) return [];
	const path = [...place, 'restartPolicy'];
	const who = refText(refOf(workload));
	const since =
		before === undefined
			? {en: 'serves requests', ko: '요청을 받아야 하는데'}
			: {en: 'ran beside the others before', ko: '전에 다른 컨테이너와 함께 돌았는데'};
	const now = ends
		? {en: 'ends before the others start now', ko: '다른 컨테이너가 시작하기 전에 끝납니다'}
		: {en: 'is waited for now', ko: '끝날 때까지 다른 컨테이너가 시작되지 않습니다'};
	return [
		{
			id: 'sidecar-is-waited-for',
			resource: refOf(workload),
			path: fieldPath(workload, path),
			severity: gravity('high'),
			...(service === undefined ? {} : {hurts: [refOf(service)]}),
			cause: {
				en: `Init container ${name} of ${who} ${since.en}, and ${now.en} (restartPolicy Always is not there)${ends ? ': it does not run beside them' : ': as long as it runs no other container is started'}`,
				ko: `${who}의 초기화 컨테이너 ${name}는 ${since.ko} restartPolicy: Always가 없어 ${now.ko}`,
			},
			evidence: [
				{source: who, detail: `initContainers[${name}].restartPolicy is not set`},
				...(before === undefined ? [] : [{source: who, detail: words[before]}]),
				...(service === undefined
					? []
					: [
							{
								source: refText(refOf(service)),
								detail: `sends to a port that only init container ${name} has, and that counts of sidecars alone`,
							},
						]),
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

/** Sidecars that a release made init containers which the others wait for, or that never were any. */
export const sidecarFaults = (subject: Subject): readonly Cause[] =>
	subject.containers.filter(({isInit}) => isInit).flatMap(placed => endless(subject, placed));
