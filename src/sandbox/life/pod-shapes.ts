import type {JsonObject} from '../../core/json.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';

/** The fields that controllers read, kind by kind. The server validated an object before it stored it; all other fields pass through untouched. */
export type Labels = {readonly [key: string]: string};
export type LabelSelector = {readonly matchLabels?: Labels; readonly matchExpressions?: readonly SelectorTerm[]};
export type SelectorTerm = {readonly key: string; readonly operator: string; readonly values?: readonly string[]};

export type Condition = {
	readonly type: string;
	readonly status: string;
	readonly reason?: string;
	readonly message?: string;
	readonly lastTransitionTime?: string;
	readonly lastUpdateTime?: string;
	readonly lastProbeTime?: string | null;
	readonly observedGeneration?: number;
};

export type Probe = JsonObject & {
	readonly httpGet?: {readonly path?: string; readonly port: number | string};
	readonly tcpSocket?: {readonly port: number | string};
	readonly grpc?: {readonly port: number};
	readonly exec?: {readonly command?: readonly string[]};
	readonly initialDelaySeconds?: number;
	readonly periodSeconds?: number;
	readonly failureThreshold?: number;
};

type KeyRef = {readonly name?: string; readonly key: string; readonly optional?: boolean};
export type EnvVar = JsonObject & {
	readonly name: string;
	readonly value?: string;
	readonly valueFrom?: JsonObject & {readonly configMapKeyRef?: KeyRef; readonly secretKeyRef?: KeyRef};
};
type SourceRef = {readonly name?: string; readonly optional?: boolean};

export type Container = JsonObject & {
	readonly name: string;
	readonly image?: string;
	readonly command?: readonly string[];
	readonly args?: readonly string[];
	readonly ports?: readonly (JsonObject & {readonly name?: string; readonly containerPort: number})[];
	readonly env?: readonly EnvVar[];
	readonly envFrom?: readonly (JsonObject & {readonly configMapRef?: SourceRef; readonly secretRef?: SourceRef})[];
	readonly resources?: {readonly requests?: Labels; readonly limits?: Labels};
	readonly volumeMounts?: readonly (JsonObject & {readonly name: string; readonly mountPath: string})[];
	readonly readinessProbe?: Probe;
	readonly livenessProbe?: Probe;
	readonly startupProbe?: Probe;
	/** `Always` on an init container makes it a sidecar. */
	readonly restartPolicy?: string;
};

type Volume = JsonObject & {
	readonly name: string;
	readonly configMap?: JsonObject & SourceRef;
	readonly secret?: JsonObject & {readonly secretName?: string; readonly optional?: boolean};
	readonly persistentVolumeClaim?: {readonly claimName: string};
};

export type Toleration = {
	readonly key?: string;
	readonly operator?: string;
	readonly value?: string;
	readonly effect?: string;
	readonly tolerationSeconds?: number;
};
export type NodeTerm = {readonly matchExpressions?: readonly SelectorTerm[]; readonly matchFields?: readonly SelectorTerm[]};

/** A required rule of pods about each other. */
export type PodTerm = JsonObject & {
	readonly labelSelector?: JsonObject & LabelSelector;
	readonly namespaces?: readonly string[];
	readonly topologyKey: string;
};
type PodTerms = JsonObject & {readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly PodTerm[]};

export type PodSpec = JsonObject & {
	readonly containers: readonly Container[];
	readonly initContainers?: readonly Container[];
	readonly volumes?: readonly Volume[];
	readonly nodeName?: string;
	readonly nodeSelector?: Labels;
	readonly tolerations?: readonly Toleration[];
	readonly affinity?: JsonObject & {
		readonly nodeAffinity?: JsonObject & {
			readonly requiredDuringSchedulingIgnoredDuringExecution?: {readonly nodeSelectorTerms: readonly NodeTerm[]};
		};
		readonly podAffinity?: PodTerms;
		readonly podAntiAffinity?: PodTerms;
	};
	readonly restartPolicy?: string;
	readonly terminationGracePeriodSeconds?: number;
	readonly hostNetwork?: boolean;
	readonly activeDeadlineSeconds?: number;
	readonly priorityClassName?: string;
	readonly serviceAccountName?: string;
	readonly automountServiceAccountToken?: boolean;
};

export type PodTemplate = JsonObject & {
	readonly metadata?: JsonObject & {readonly labels?: Labels; readonly annotations?: Labels};
	readonly spec: PodSpec;
};

export type Terminated = {
	readonly exitCode: number;
	readonly reason?: string;
	readonly message?: string;
	readonly startedAt?: string;
	readonly finishedAt?: string;
	readonly containerID?: string;
};
export type ContainerState = {
	readonly waiting?: {readonly reason?: string; readonly message?: string};
	readonly running?: {readonly startedAt: string};
	readonly terminated?: Terminated;
};
export type ContainerStatus = {
	readonly name: string;
	readonly image: string;
	readonly imageID: string;
	readonly containerID?: string;
	readonly ready: boolean;
	readonly started?: boolean;
	readonly restartCount: number;
	readonly state: ContainerState;
	readonly lastState: ContainerState;
};

export type PodStatus = JsonObject & {
	readonly phase?: string;
	readonly reason?: string;
	readonly message?: string;
	readonly podIP?: string;
	readonly startTime?: string;
	readonly conditions?: readonly Condition[];
	readonly containerStatuses?: readonly ContainerStatus[];
	readonly initContainerStatuses?: readonly ContainerStatus[];
};

export type Pod = KubeObject & {readonly spec: PodSpec; readonly status?: PodStatus};
