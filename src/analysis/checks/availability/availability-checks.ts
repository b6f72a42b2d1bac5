import {isJsonObject, type Json} from '../../../core/json.ts';
import {listAt, numberAt, objectAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import {refOf} from '../../../core/kube/kube-object.ts';
import {fitsMap, fitsSelector} from '../../../core/kube/selector.ts';
import {type AnyCheck, check, type Fault} from '../check.ts';
import {asked, isTask, namespaceOf, onContainers, onWorkloads, setTo, toldOf, workloadKinds} from '../workload/on-containers.ts';
import type {Workload, WorkloadContainer} from '../world.ts';

const serves = (workload: Workload) => !isTask(workload);
const isReplicated = ({object}: Workload) =>
	['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController', 'Rollout'].includes(object.kind);

/** Whether a service stays there through a bad day. */
export const availabilityChecks: readonly AnyCheck[] = [
	probe('livenessProbe', 'liveness-probe-unset', 'Without a liveness probe a program that hangs is never started again.'),
	probe(
		'readinessProbe',
		'readiness-probe-unset',
		'Without a readiness probe requests reach a pod that cannot answer yet, in each rollout.',
	),
	check({
		id: 'same-probes',
		family: 'availability',
		title: 'Liveness and readiness are asked differently',
		why: 'With one probe for both, a slow dependency gets all pods killed where it should only take them out of the Service.',
		severity: 'low',
		...onContainers(
			({container, path, name}) => {
				const [liveness, readiness] = [objectAt(container, 'livenessProbe'), objectAt(container, 'readinessProbe')];
				if (Object.keys(liveness).length === 0 || JSON.stringify(liveness) !== JSON.stringify(readiness)) return undefined;
				return asked(
					`${path}.livenessProbe`,
					'probe that fails only where a restart helps',
					`container ${name} has one probe for liveness and readiness`,
				);
			},
			{roles: ['init', 'main'], to: serves},
		),
	}),
	check({
		id: 'probe-port',
		family: 'availability',
		title: 'Probes ask a port that the container has',
		why: 'A probe of a wrong port fails for ever: the container is killed again and again, or never gets a request.',
		severity: 'low',
		...onContainers(
			({container, path, name}) => {
				const ports = listAt(container, 'ports');
				if (ports.length === 0) return undefined;
				const known = new Set(ports.flatMap(port => [valueAt(port, 'containerPort'), valueAt(port, 'name')]));
				return ['livenessProbe', 'readinessProbe', 'startupProbe'].flatMap(kind =>
					['httpGet', 'tcpSocket', 'grpc'].flatMap((how): readonly Fault[] => {
						const port = valueAt(container, kind, how, 'port');
						// A number may be open without being listed; a name has to be.
						if (typeof port !== 'string' || known.has(port)) return [];
						return [
							asked(
								`${path}.${kind}.${how}.port`,
								'port of the container',
								`the ${kind} of container ${name} asks for the port ${port}, which it does not have`,
							),
						];
					}),
				);
			},
			{roles: ['init', 'main']},
		),
	}),
	check({
		id: 'single-replica',
		family: 'availability',
		title: 'Services run in more than one pod',
		why: 'With one pod each drain of a node, and each crash, is an outage.',
		severity: 'low',
		...onWorkloads(
			({object}, {least, unsetToo}, world) => {
				const replicas = numberAt(object.spec, 'replicas');
				const isScaled = world
					.within('autoscaling/HorizontalPodAutoscaler', object.metadata.namespace ?? 'default')
					.some(
						({spec}) =>
							textAt(spec, 'scaleTargetRef', 'name') === object.metadata.name && textAt(spec, 'scaleTargetRef', 'kind') === object.kind,
					);
				if (replicas === 0 || (replicas ?? 1) >= least || (isScaled && !unsetToo)) return [];
				return [
					asked(
						'spec.replicas',
						`${least} or more`,
						`it runs in ${replicas ?? 1} pod${replicas === undefined ? ', as nothing is said' : ''}`,
					),
				];
			},
			{
				to: ({object}) => object.kind === 'Deployment' || object.kind === 'Rollout',
				reads: ['autoscaling/HorizontalPodAutoscaler'],
				settings: {least: 2, unsetToo: false},
			},
		),
	}),
	check({
		id: 'disruption-budget-missing',
		family: 'availability',
		title: 'Services of several pods have a disruption budget',
		why: 'Without a budget the drain of two nodes may end all pods at once.',
		severity: 'low',
		...onWorkloads(
			(workload, _settings, world) => {
				const budgets = world.within('policy/PodDisruptionBudget', namespaceOf(workload));
				if (budgets.some(({spec}) => fitsSelector(valueAt(spec, 'selector'), workload.labels))) return [];
				return [{paths: [], mends: [], evidence: 'no disruption budget holds some of its pods'}];
			},
			{
				to: workload => isReplicated(workload) && (numberAt(workload.object.spec, 'replicas') ?? 1) > 1,
				reads: ['policy/PodDisruptionBudget'],
			},
		),
	}),
	check({
		id: 'replicas-together',
		family: 'availability',
		title: 'Pods of a service are spread over nodes',
		why: 'With all pods on one node its end is the end of the service.',
		severity: 'low',
		...onWorkloads(
			({podSpec, specPath, labels}) => {
				if (listAt(podSpec, 'topologySpreadConstraints').length > 0 || avoidsItself(podSpec, labels)) return [];
				return [
					asked(`${specPath}.topologySpreadConstraints`, 'spread over kubernetes.io/hostname', 'nothing keeps its pods on several nodes'),
				];
			},
			{to: workload => isReplicated(workload) && (numberAt(workload.object.spec, 'replicas') ?? 1) > 1},
		),
	}),
	check({
		id: 'recreate-strategy',
		family: 'availability',
		title: 'Rollouts keep pods in service',
		why: 'With Recreate all old pods end before the first new one is there.',
		severity: 'low',
		...onWorkloads(
			({object}) => {
				const type = textAt(object.spec, 'strategy', 'type');
				return type === 'Recreate' && (numberAt(object.spec, 'replicas') ?? 1) > 1
					? [setTo('spec.strategy.type', 'RollingUpdate', 'each rollout ends all its pods first')]
					: [];
			},
			{to: ({object}) => object.kind === 'Deployment'},
		),
	}),
	check({
		id: 'rolling-update-all-at-once',
		family: 'availability',
		title: 'Rollouts do not end all pods at once',
		why: 'maxUnavailable: 100% is an outage with each rollout.',
		severity: 'low',
		...onWorkloads(({object}) => {
			const [field, value] = [
				['strategy', 'updateStrategy'].find(each => valueAt(object.spec, each, 'rollingUpdate', 'maxUnavailable') !== undefined),
				'100%',
			];
			if (field === undefined || valueAt(object.spec, field, 'rollingUpdate', 'maxUnavailable') !== value) return [];
			return [setTo(`spec.${field}.rollingUpdate.maxUnavailable`, '25%', 'each rollout may end all its pods at once')];
		}),
	}),
	check({
		id: 'priority-class-unset',
		family: 'availability',
		title: 'Pods say how important they are',
		why: 'On a full cluster, pods without a priority are as good as any other to push off a node.',
		severity: 'low',
		...onWorkloads(({podSpec, specPath}) =>
			(textAt(podSpec, 'priorityClassName') ?? '') === ''
				? [asked(`${specPath}.priorityClassName`, 'priority class', 'it has no priority class')]
				: [],
		),
	}),
	check({
		id: 'no-grace',
		family: 'availability',
		title: 'Pods get time to end',
		why: 'With terminationGracePeriodSeconds: 0 each pod is killed in the middle of what it does.',
		severity: 'low',
		...onWorkloads(({podSpec, specPath}) =>
			valueAt(podSpec, 'terminationGracePeriodSeconds') === 0
				? [setTo(`${specPath}.terminationGracePeriodSeconds`, 30, 'it is killed without notice')]
				: [],
		),
	}),
	check({
		id: 'cron-job-overlaps',
		family: 'availability',
		title: 'Jobs that run by the clock do not run beside themselves',
		why: 'With concurrencyPolicy Allow, slow runs pile up until the cluster is full.',
		severity: 'low',
		...onWorkloads(
			({object}) => {
				const policy = textAt(object.spec, 'concurrencyPolicy') ?? 'Allow';
				return policy === 'Allow' ? [setTo('spec.concurrencyPolicy', 'Forbid', 'runs of it may go on beside each other')] : [];
			},
			{to: ({object}) => object.kind === 'CronJob'},
		),
	}),
	check({
		id: 'cron-job-deadline',
		family: 'availability',
		title: 'Jobs that run by the clock say how late they may start',
		why: 'Without a deadline a CronJob that missed a hundred starts never starts again.',
		severity: 'low',
		...onWorkloads(
			({object}) =>
				numberAt(object.spec, 'startingDeadlineSeconds') === undefined
					? [asked('spec.startingDeadlineSeconds', 'seconds that it may be late', 'it has no deadline to start')]
					: [],
			{to: ({object}) => object.kind === 'CronJob'},
		),
	}),
	check({
		id: 'job-without-end',
		family: 'availability',
		title: 'Jobs have a time after which they are given up',
		why: 'A Job that hangs holds its room for ever.',
		severity: 'low',
		...onWorkloads(
			({object}) => {
				const path = object.kind === 'CronJob' ? ['jobTemplate', 'spec'] : [];
				if (numberAt(object.spec, ...path, 'activeDeadlineSeconds') !== undefined) return [];
				return [asked(['spec', ...path, 'activeDeadlineSeconds'].join('.'), 'seconds that it may take', 'nothing ends it where it hangs')];
			},
			{to: ({object}) => object.kind === 'Job' || object.kind === 'CronJob'},
		),
	}),
	check({
		id: 'job-kept-for-ever',
		family: 'availability',
		title: 'Jobs that are done are cleared away',
		why: 'Jobs that are done stay with their pods until somebody clears them: thousands slow the API server down.',
		severity: 'low',
		...onWorkloads(
			({object}) =>
				numberAt(object.spec, 'ttlSecondsAfterFinished') === undefined
					? [setTo('spec.ttlSecondsAfterFinished', 86_400, 'it is kept after it is done')]
					: [],
			{to: ({object}) => object.kind === 'Job' && (object.metadata.ownerReferences ?? []).length === 0},
		),
	}),
	check({
		id: 'service-without-pods',
		family: 'availability',
		title: 'Services lead to some workload',
		why: 'A Service without pods refuses all who call it; and whoever may make pods there later gets their requests.',
		severity: 'low',
		reads: ['Service', ...workloadKinds],
		settings: {},
		look: world => {
			const byNamespace = Map.groupBy(world.workloads, namespaceOf);
			return world
				.ofKind('Service')
				.filter(
					({spec}) =>
						valueAt(spec, 'type') !== 'ExternalName' &&
						isJsonObject(valueAt(spec, 'selector')) &&
						Object.keys(objectAt(spec, 'selector')).length > 0,
				)
				.map(object => {
					const near = byNamespace.get(object.metadata.namespace ?? 'default') ?? [];
					const isFound = near.some(({labels}) => fitsMap(valueAt(object.spec, 'selector'), labels));
					return {
						resource: refOf(object),
						faults: isFound ? [] : [toldOf(['spec.selector'], 'no workload of its namespace has these labels')],
					};
				});
		},
	}),
];

function probe(field: 'livenessProbe' | 'readinessProbe', id: string, why: string): AnyCheck {
	const word = field === 'livenessProbe' ? 'liveness' : 'readiness';
	return check({
		id,
		family: 'availability',
		title: `Containers that serve have a ${word} probe`,
		why,
		severity: 'low',
		...onContainers(
			({container, path, name}: WorkloadContainer) =>
				Object.keys(objectAt(container, field)).length > 0
					? undefined
					: asked(`${path}.${field}`, `${word} probe`, `container ${name} has no ${word} probe`),
			{roles: ['main'], to: serves},
		),
	});
}

/** Whether pods keep away from pods like them, at least where that is possible. */
function avoidsItself(podSpec: Workload['podSpec'], labels: Json): boolean {
	const terms = [
		...listAt(podSpec, 'affinity', 'podAntiAffinity', 'requiredDuringSchedulingIgnoredDuringExecution'),
		...listAt(podSpec, 'affinity', 'podAntiAffinity', 'preferredDuringSchedulingIgnoredDuringExecution').map(each =>
			objectAt(each, 'podAffinityTerm'),
		),
	];
	return terms.some(term => fitsSelector(valueAt(term, 'labelSelector'), labels));
}
