import type {Json, JsonObject} from '../../core/json.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import type {Condition, LabelSelector, Labels, Pod, PodTemplate} from './pod-shapes.ts';

/** Workloads and what serves and limits them; the parts of pods are in pod-shapes.ts. */
export type IntOrPercent = number | string;

export type ReplicaSet = KubeObject & {
	readonly spec: {
		readonly replicas?: number;
		readonly selector: LabelSelector;
		readonly template: PodTemplate;
		readonly minReadySeconds?: number;
	};
	readonly status?: {
		readonly replicas?: number;
		readonly fullyLabeledReplicas?: number;
		readonly readyReplicas?: number;
		readonly availableReplicas?: number;
		readonly terminatingReplicas?: number;
		readonly observedGeneration?: number;
		readonly conditions?: readonly Condition[];
	};
};

export type Deployment = KubeObject & {
	readonly spec: {
		readonly replicas?: number;
		readonly selector: LabelSelector;
		readonly template: PodTemplate;
		readonly strategy?: {
			readonly type?: string;
			readonly rollingUpdate?: {readonly maxSurge?: IntOrPercent; readonly maxUnavailable?: IntOrPercent};
		};
		readonly minReadySeconds?: number;
		readonly revisionHistoryLimit?: number;
		readonly progressDeadlineSeconds?: number;
		readonly paused?: boolean;
	};
	readonly status?: DeploymentStatus;
};
export type DeploymentStatus = {
	readonly observedGeneration?: number;
	readonly replicas?: number;
	readonly updatedReplicas?: number;
	readonly readyReplicas?: number;
	readonly availableReplicas?: number;
	readonly unavailableReplicas?: number;
	readonly terminatingReplicas?: number;
	readonly collisionCount?: number;
	readonly conditions?: readonly Condition[];
};

export type StatefulSet = KubeObject & {
	readonly spec: {
		readonly replicas?: number;
		readonly serviceName?: string;
		readonly selector: LabelSelector;
		readonly template: PodTemplate;
		readonly minReadySeconds?: number;
		readonly podManagementPolicy?: string;
		readonly ordinals?: {readonly start?: number};
		readonly updateStrategy?: {readonly type?: string; readonly rollingUpdate?: {readonly partition?: number}};
		readonly volumeClaimTemplates?: readonly (JsonObject & {
			readonly metadata: JsonObject & {readonly name: string; readonly labels?: Labels};
			readonly spec: JsonObject;
		})[];
	};
	readonly status?: JsonObject & {readonly currentRevision?: string; readonly updateRevision?: string; readonly collisionCount?: number};
};

export type DaemonSet = KubeObject & {
	readonly spec: {
		readonly selector: LabelSelector;
		readonly template: PodTemplate;
		readonly minReadySeconds?: number;
		readonly updateStrategy?: {
			readonly type?: string;
			readonly rollingUpdate?: {readonly maxSurge?: IntOrPercent; readonly maxUnavailable?: IntOrPercent};
		};
	};
	readonly status?: JsonObject;
};

export type Job = KubeObject & {
	readonly spec: {
		readonly completions?: number;
		readonly parallelism?: number;
		readonly backoffLimit?: number;
		readonly activeDeadlineSeconds?: number;
		readonly ttlSecondsAfterFinished?: number;
		readonly suspend?: boolean;
		readonly completionMode?: string;
		readonly podFailurePolicy?: {readonly rules: readonly FailureRule[]};
		readonly selector?: LabelSelector;
		readonly template: PodTemplate;
	};
	readonly status?: JsonObject & {
		readonly active?: number;
		readonly ready?: number;
		readonly succeeded?: number;
		readonly failed?: number;
		readonly startTime?: string;
		readonly completionTime?: string;
		readonly conditions?: readonly Condition[];
	};
};

export type FailureRule = {
	readonly action: 'FailJob' | 'FailIndex' | 'Ignore' | 'Count';
	readonly onExitCodes?: {readonly containerName?: string; readonly operator: string; readonly values: readonly number[]};
	readonly onPodConditions?: readonly {readonly type: string; readonly status?: string}[];
};

export type CronJob = KubeObject & {
	readonly spec: {
		readonly schedule: string;
		readonly suspend?: boolean;
		readonly concurrencyPolicy?: string;
		readonly successfulJobsHistoryLimit?: number;
		readonly failedJobsHistoryLimit?: number;
		readonly jobTemplate: JsonObject & {
			readonly metadata?: JsonObject & {readonly labels?: Labels; readonly annotations?: Labels};
			readonly spec: Job['spec'];
		};
	};
	readonly status?: JsonObject & {readonly lastScheduleTime?: string; readonly active?: readonly {readonly name: string}[]};
};

export type Service = KubeObject & {
	readonly spec: {
		readonly type?: string;
		readonly clusterIP?: string;
		readonly selector?: Labels;
		readonly publishNotReadyAddresses?: boolean;
		readonly ports?: readonly {
			readonly name?: string;
			readonly port: number;
			readonly targetPort?: number | string;
			readonly protocol?: string;
		}[];
	};
};

export type EndpointSlice = KubeObject & {
	readonly endpoints?: readonly (JsonObject & {
		readonly addresses: readonly string[];
		readonly conditions?: {readonly ready?: boolean; readonly serving?: boolean; readonly terminating?: boolean};
		readonly targetRef?: {readonly kind?: string; readonly name?: string; readonly uid?: string};
		readonly nodeName?: string;
	})[];
	readonly ports?: readonly {readonly name?: string; readonly port?: number; readonly protocol?: string}[];
};

export type Node = KubeObject & {
	readonly spec?: {
		readonly unschedulable?: boolean;
		readonly taints?: readonly {readonly key: string; readonly value?: string; readonly effect: string; readonly timeAdded?: string}[];
	};
	readonly status?: JsonObject & {readonly allocatable?: Labels; readonly conditions?: readonly Condition[]};
};

export type Claim = KubeObject & {
	readonly spec: JsonObject & {
		readonly storageClassName?: string;
		readonly volumeName?: string;
		readonly accessModes?: readonly string[];
		readonly resources?: {readonly requests?: Labels};
	};
	readonly status?: JsonObject & {readonly phase?: string};
};

export type Volume = KubeObject & {
	readonly spec: JsonObject & {
		readonly storageClassName?: string;
		readonly accessModes?: readonly string[];
		readonly capacity?: Labels;
		readonly claimRef?: JsonObject & {readonly namespace?: string; readonly name?: string};
	};
	readonly status?: JsonObject & {readonly phase?: string};
};

export type HorizontalPodAutoscaler = KubeObject & {
	readonly spec: {
		readonly scaleTargetRef: {readonly apiVersion?: string; readonly kind: string; readonly name: string};
		readonly minReplicas?: number;
		readonly maxReplicas: number;
		readonly metrics?: readonly (JsonObject & {
			readonly type: string;
			readonly resource?: {
				readonly name: string;
				readonly target: {readonly type: string; readonly averageUtilization?: number; readonly averageValue?: string};
			};
		})[];
	};
	readonly status?: JsonObject & {readonly conditions?: readonly Condition[]; readonly lastScaleTime?: string};
};

export type DisruptionBudget = KubeObject & {
	readonly spec: {
		readonly selector?: LabelSelector;
		readonly minAvailable?: IntOrPercent;
		readonly maxUnavailable?: IntOrPercent;
		readonly unhealthyPodEvictionPolicy?: string;
	};
	readonly status?: JsonObject & {
		readonly disruptionsAllowed?: number;
		readonly disruptedPods?: {readonly [name: string]: string};
		readonly conditions?: readonly Condition[];
		readonly currentHealthy?: number;
		readonly desiredHealthy?: number;
		readonly expectedPods?: number;
	};
};

export type Quota = KubeObject & {
	readonly spec: JsonObject & {
		readonly hard?: Labels;
		readonly scopes?: readonly string[];
		readonly scopeSelector?: JsonObject & {
			readonly matchExpressions?: readonly {readonly scopeName: string; readonly operator: string; readonly values?: readonly string[]}[];
		};
	};
	readonly status?: {readonly hard?: Labels; readonly used?: Labels};
};

export type LimitRange = KubeObject & {
	readonly spec: {
		readonly limits: readonly (JsonObject & {
			readonly type: string;
			readonly default?: Labels;
			readonly defaultRequest?: Labels;
			readonly max?: Labels;
			readonly min?: Labels;
			readonly maxLimitRequestRatio?: Labels;
		})[];
	};
};

export type Kinds = {
	readonly Pod: Pod;
	readonly ReplicaSet: ReplicaSet;
	readonly Deployment: Deployment;
	readonly StatefulSet: StatefulSet;
	readonly DaemonSet: DaemonSet;
	readonly Job: Job;
	readonly CronJob: CronJob;
	readonly Service: Service;
	readonly EndpointSlice: EndpointSlice;
	readonly Node: Node;
	readonly PersistentVolumeClaim: Claim;
	readonly PersistentVolume: Volume;
	readonly HorizontalPodAutoscaler: HorizontalPodAutoscaler;
	readonly PodDisruptionBudget: DisruptionBudget;
	readonly ResourceQuota: Quota;
	readonly LimitRange: LimitRange;
	readonly ConfigMap: KubeObject & {readonly data?: Labels; readonly binaryData?: Labels};
	readonly Secret: KubeObject & {readonly data?: Labels; readonly type?: string};
	readonly ServiceAccount: KubeObject & {readonly automountServiceAccountToken?: boolean; readonly imagePullSecrets?: Json};
	readonly Event: KubeObject & {readonly count?: number; readonly lastTimestamp?: string};
};
