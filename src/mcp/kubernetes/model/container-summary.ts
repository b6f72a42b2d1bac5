import {isJsonObject, type Json, type JsonObject} from '../../../core/json.ts';
import {numberAt, valueAt} from '../../../core/kube/json-at.ts';
import {objectsAt, wordAt} from './fields.ts';

/** One container of a pod in words. */
export type ContainerSummary = {
	readonly name: string;
	readonly kind: 'init' | 'sidecar' | 'app' | 'ephemeral';
	readonly image: string;
	readonly state: 'running' | 'waiting' | 'terminated' | 'unknown';
	/** The kubelet's word, such as `CrashLoopBackOff`; `''` while it runs. */
	readonly reason: string;
	/** What the reason means; `''` when there is nothing to say. */
	readonly explanation: string;
	/** The kubelet's own message, as it wrote it; `''` where it wrote none. */
	readonly message: string;
	readonly ready: boolean;
	readonly restarts: number;
	/** How its previous run ended, such as `OOMKilled (exit code 137)`. */
	readonly lastEnd: string;
};

/** What the kubelet's words mean for people. Kubernetes 1.36, pkg/kubelet/container and pkg/kubelet/images. */
const meanings: {readonly [reason: string]: string} = {
	CrashLoopBackOff: 'it keeps ending, and the kubelet waits longer before each new start',
	ImagePullBackOff: 'its image cannot be pulled, and the kubelet waits before it tries again',
	ErrImagePull: 'its image cannot be pulled',
	ErrImageNeverPull: 'its image is not on the node, and imagePullPolicy is Never',
	InvalidImageName: 'its image name is not valid',
	CreateContainerConfigError: 'a ConfigMap, Secret or key that it needs does not exist',
	CreateContainerError: 'the runtime could not create it',
	RunContainerError: 'the runtime could not start it',
	ContainerCreating: 'it is being created: volumes are mounted and the image is pulled',
	PodInitializing: 'it waits for the init containers',
	OOMKilled: 'it used more memory than its limit',
	Error: 'its program ended with an error',
	Completed: 'its program ended',
	ContainerCannotRun: 'the runtime could not run its command',
	DeadlineExceeded: 'it ran longer than its deadline',
	Evicted: 'the node ran short of something and put the pod out',
};

/** What a reason of the kubelet means; `''` for words that nobody explained. */
const meaningOf = (reason: string) => meanings[reason] ?? '';

function endText(terminated: Json | undefined): string {
	if (!isJsonObject(terminated)) return '';
	const code = numberAt(terminated, 'exitCode');
	const signal = numberAt(terminated, 'signal');
	const reason = wordAt(terminated, 'reason') || 'Ended';
	if (signal !== undefined && signal > 0) return `${reason} (signal ${signal})`;
	return code === undefined ? reason : `${reason} (exit code ${code})`;
}

const stateNames = ['running', 'waiting', 'terminated'] as const;

function summaryOf(container: JsonObject, status: JsonObject | undefined, kind: ContainerSummary['kind']): ContainerSummary {
	const state = stateNames.find(name => valueAt(status, 'state', name) !== undefined) ?? 'unknown';
	const reason = wordAt(status, 'state', state, 'reason');
	return {
		name: wordAt(container, 'name'),
		kind,
		image: wordAt(container, 'image'),
		state,
		reason,
		explanation: meaningOf(reason),
		message: wordAt(status, 'state', state, 'message'),
		ready: valueAt(status, 'ready') === true,
		restarts: numberAt(status, 'restartCount') ?? 0,
		lastEnd: endText(valueAt(status, 'lastState', 'terminated')),
	};
}

/** Every container of a pod: init containers first, as they run; sidecars are init containers that restart always. */
export function containersOf(pod: JsonObject): readonly ContainerSummary[] {
	const read = (specs: string, statuses: string, kindOf: (container: JsonObject) => ContainerSummary['kind']) =>
		objectsAt(pod, 'spec', specs).map(container =>
			summaryOf(
				container,
				objectsAt(pod, 'status', statuses).find(status => status.name === container.name),
				kindOf(container),
			),
		);
	return [
		...read('initContainers', 'initContainerStatuses', ({restartPolicy}) => (restartPolicy === 'Always' ? 'sidecar' : 'init')),
		...read('containers', 'containerStatuses', () => 'app'),
		...read('ephemeralContainers', 'ephemeralContainerStatuses', () => 'ephemeral'),
	];
}

/** `web=nginx:1.27`, one for each app container of a pod or of a workload's pod template. */
export function imagesOf(object: JsonObject): readonly string[] {
	const template = valueAt(object, 'spec', 'jobTemplate', 'spec', 'template') ?? valueAt(object, 'spec', 'template') ?? object;
	return objectsAt(template, 'spec', 'containers').map(container => `${wordAt(container, 'name')}=${wordAt(container, 'image')}`);
}
