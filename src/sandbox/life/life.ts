import type {Clock} from '../../core/clock.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import type {HookAnswer, Machine, MachineEvent} from '../machine.ts';
import {agendaOn} from './agenda.ts';
import type {Controller, Tools} from './controller.ts';
import {cronJobController} from './controllers/cron-job.ts';
import {daemonSetController} from './controllers/daemon-set.ts';
import {withDefaultStorageClass} from './controllers/default-storage-class.ts';
import {deploymentController} from './controllers/deployment.ts';
import {disruptionController} from './controllers/disruption-budget.ts';
import {endpointSliceController} from './controllers/endpoint-slice.ts';
import {checkEviction} from './controllers/eviction.ts';
import {hpaController} from './controllers/hpa.ts';
import type {PodUsage} from './controllers/hpa-verdict.ts';
import {jobController} from './controllers/job.ts';
import {applyLimitRanges} from './controllers/limit-range.ts';
import {namespaceConditions} from './controllers/namespace-conditions.ts';
import {namespaceDefaults} from './controllers/namespace-defaults.ts';
import {nodeLifecycle} from './controllers/node-lifecycle.ts';
import {replicaSetController} from './controllers/replica-set.ts';
import {checkQuota, quotaController} from './controllers/resource-quota.ts';
import {withServiceAccountToken} from './controllers/service-account-token.ts';
import {statefulSetController} from './controllers/stateful-set.ts';
import {volumeBinder} from './controllers/volume-binder.ts';
import {protectedStorage, volumeLifecycle} from './controllers/volume-lifecycle.ts';
import {eventRecorder} from './event-recorder.ts';
import {startHeartbeats} from './kubelet/heartbeats.ts';
import {runningAnyImage} from './kubelet/image-rules.ts';
import {type Kubelets, kubelets} from './kubelet/kubelet.ts';
import {podExec} from './kubelet/pod-exec.ts';
import {followLogs, podLogs} from './kubelet/pod-logs.ts';
import {podIndex} from './pod-index.ts';
import type {Pod} from './pod-shapes.ts';
import {isReady} from './pod-state.ts';
import {scheduler} from './scheduler/scheduler.ts';
import {suffixes} from './seeded-random.ts';
import {workQueue} from './work-queue.ts';
import {isKind, worldOf} from './world.ts';

export type LifeOptions = {
	readonly machine: Machine;
	readonly clock: Clock;
	readonly seed: string;
	/** What autoscalers measure; without it no metrics API is served. */
	readonly usage?: PodUsage;
	/** Paths beside the API: service proxies and metrics. */
	readonly http?: (path: string, query: URLSearchParams, body: string) => HookAnswer | undefined;
	/** What becomes of images: the words of their tags tell, or every one runs. */
	readonly images?: 'by their tags' | 'all run';
	/** Pods on which somebody else reports than their kubelet. */
	readonly isReported?: (pod: KubeObject) => boolean;
	/** A bug of a controller, or an event that was refused; the cluster goes on. */
	readonly onError?: (error: unknown) => void;
};

export type Life = {
	/** Kubelets begin to renew the leases of their nodes. Not earlier: a past of days would be full of them. */
	readonly beat: () => void;
	readonly stop: () => void;
};

/** Brings a machine to life: controllers, scheduler and kubelets. Objects that are there already are looked at as if they had just come. */
export function startLife({machine, clock, seed, usage, http, images, isReported, onError = () => undefined}: LifeOptions): Life {
	const agenda = agendaOn(clock);
	const pods = podIndex();
	const world = worldOf(machine);
	const record = eventRecorder(machine, clock, onError);
	const tools: Tools = {machine, world, clock, pods, record, agenda, suffix: suffixes(seed)};
	const kubelet = kubelets(tools, isReported);
	const queue = workQueue([...controllersOf(tools, usage), kubelet.controller], machine, agenda, onError);
	const notice = (event: MachineEvent) => {
		pods.notice(event);
		queue.notice(event);
	};
	machine.extend({...hooksOf(tools, kubelet, images === 'all run' ? runningAnyImage : same), ...(http === undefined ? {} : {http})});
	for (const kind of kinds) for (const object of machine.list(kind)) pods.notice({type: 'ADDED', object});
	for (const kind of kinds) for (const object of machine.list(kind)) if (!isSettled(object)) queue.notice({type: 'ADDED', object});
	const unwatch = machine.watch(notice);
	return {
		beat: () => startHeartbeats(tools),
		stop() {
			unwatch();
			queue.stop();
			agenda.stop();
		},
	};
}

/** Pods that were put there running and ready need nobody until something happens to them; there may be thousands. */
const isSettled = (object: KubeObject) => isKind(object, 'Pod') && isReady(object);

/** Kinds that a controller may have to look at when it starts. */
const kinds = [
	...[
		'Namespace',
		'Node',
		'StorageClass',
		'PersistentVolumeClaim',
		'ResourceQuota',
		'Service',
		'CronJob',
		'Job',
		'DaemonSet',
		'StatefulSet',
	],
	...['Deployment', 'ReplicaSet', 'Pod', 'PodDisruptionBudget', 'HorizontalPodAutoscaler'],
];

const controllersOf = (tools: Tools, usage: PodUsage | undefined): readonly Controller[] => [
	namespaceDefaults(tools),
	namespaceConditions(tools),
	deploymentController(tools),
	replicaSetController(tools),
	statefulSetController(tools),
	daemonSetController(tools),
	cronJobController(tools),
	jobController(tools),
	volumeBinder(tools),
	volumeLifecycle(tools),
	scheduler(tools),
	endpointSliceController(tools),
	disruptionController(tools),
	quotaController(tools),
	hpaController(tools, usage),
	nodeLifecycle(tools),
];

/** What is done to an object when it is created. */
type Alter = (object: KubeObject) => KubeObject;

const same: Alter = object => object;

function hooksOf(tools: Tools, {recordOf}: Kubelets, alter: Alter): Parameters<Machine['extend']>[0] {
	const {world, clock} = tools;
	const current = (pod: KubeObject) => world.get('Pod', pod.metadata.namespace, pod.metadata.name);
	// The API server passes pods only.
	const asPod = (pod: KubeObject) => current(pod) ?? (pod as Pod);
	return {
		podLogs: (pod, options) => podLogs(asPod(pod), recordOf(asPod(pod)), options, clock.now()),
		podLogsFollow(pod, container, write, signal) {
			const read = () => {
				const now = current(pod);
				return now && {pod: now, record: recordOf(now)};
			};
			followLogs(read, container, write, signal, clock);
		},
		podExec: (pod, container, command) => podExec(asPod(pod), container, command),
		evict: (pod, dryRun) => checkEviction(tools, pod, dryRun),
		admit(operation, object, _before) {
			if (operation !== 'CREATE') return object;
			const claimed = protectedStorage(withDefaultStorageClass(tools.machine, alter(object)));
			const limited = applyLimitRanges(world, withServiceAccountToken(world, claimed));
			checkQuota(tools, limited);
			return limited;
		},
	};
}
