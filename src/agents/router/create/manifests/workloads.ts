import type {JsonObject} from '../../../../core/json.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {type Labels, objectOf, type Place} from './object.ts';
import {type PodWish, podSpec, podTemplate} from './pod.ts';

/** The label by which whatever is made here finds the pods of a workload. */
export const ownLabels = (name: string): Labels => ({'app.kubernetes.io/name': name});

export const podOf = (place: Place, wish: PodWish): KubeObject =>
	objectOf('v1', 'Pod', place, {spec: podSpec(wish, ownLabels(place.name))}, {...ownLabels(place.name), ...wish.labels});

export const deploymentOf = (place: Place, wish: PodWish, replicas: number, labels: Labels): KubeObject =>
	objectOf(
		'apps/v1',
		'Deployment',
		place,
		{spec: {replicas, selector: {matchLabels: ownLabels(place.name)}, template: podTemplate(wish, ownLabels(place.name))}},
		{...ownLabels(place.name), ...labels},
	);

export const daemonSetOf = (place: Place, wish: PodWish, labels: Labels): KubeObject =>
	objectOf(
		'apps/v1',
		'DaemonSet',
		place,
		{spec: {selector: {matchLabels: ownLabels(place.name)}, template: podTemplate(wish, ownLabels(place.name))}},
		{...ownLabels(place.name), ...labels},
	);

/** Storage that each pod gets for itself, or that a claim holds. */
export type ClaimWish = {
	readonly size: string;
	readonly className?: string | undefined;
	readonly modes: readonly string[];
};

export const claimSpec = ({size, className, modes}: ClaimWish): JsonObject => ({
	accessModes: modes,
	storageClassName: className,
	resources: {requests: {storage: size}},
});

export type StatefulSetWish = {
	readonly replicas: number;
	/** The Service that names its pods; the server takes any name, also of one that is not there. */
	readonly service: string;
	readonly claims: readonly (ClaimWish & {readonly name: string})[];
	readonly labels: Labels;
};

export const statefulSetOf = (place: Place, wish: PodWish, {replicas, service, claims, labels}: StatefulSetWish): KubeObject =>
	objectOf(
		'apps/v1',
		'StatefulSet',
		place,
		{
			spec: {
				replicas,
				serviceName: service,
				selector: {matchLabels: ownLabels(place.name)},
				template: podTemplate(wish, ownLabels(place.name)),
				...(claims.length === 0
					? {}
					: {volumeClaimTemplates: claims.map(claim => ({metadata: {name: claim.name}, spec: claimSpec(claim)}))}),
			},
		},
		{...ownLabels(place.name), ...labels},
	);

/** How a Job counts its pods; seconds. */
export type JobWish = {
	readonly completions?: number | undefined;
	readonly parallelism?: number | undefined;
	readonly backoffLimit?: number | undefined;
	readonly ttlSecondsAfterFinished?: number | undefined;
	readonly activeDeadlineSeconds?: number | undefined;
	readonly suspend?: boolean | undefined;
};

/** A pod of a Job may not be restarted for ever. */
const jobPod = (wish: PodWish): PodWish => ({...wish, restartPolicy: wish.restartPolicy === 'OnFailure' ? 'OnFailure' : 'Never'});

export const jobSpec = (wish: PodWish, job: JobWish, name: string): JsonObject => ({
	...job,
	template: podTemplate(jobPod(wish), ownLabels(name)),
});

export const jobOf = (place: Place, spec: JsonObject): KubeObject => objectOf('batch/v1', 'Job', place, {spec}, ownLabels(place.name));

export type CronJobWish = {
	readonly schedule: string;
	readonly timeZone?: string | undefined;
	readonly concurrencyPolicy?: 'Allow' | 'Forbid' | 'Replace' | undefined;
	readonly successfulJobsHistoryLimit?: number | undefined;
	readonly failedJobsHistoryLimit?: number | undefined;
	readonly suspend?: boolean | undefined;
	readonly startingDeadlineSeconds?: number | undefined;
};

export const cronJobOf = (place: Place, wish: PodWish, job: JobWish, cron: CronJobWish): KubeObject =>
	objectOf('batch/v1', 'CronJob', place, {spec: {...cron, jobTemplate: {spec: jobSpec(wish, job, place.name)}}}, ownLabels(place.name));
