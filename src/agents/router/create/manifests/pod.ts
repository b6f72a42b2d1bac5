import type {JsonObject} from '../../../../core/json.ts';
import type {Labels} from './object.ts';

/** What a person said of the pods of a workload; what was not said stays as the server's defaults have it. */
export type PodWish = {
	readonly container: string;
	readonly image: string;
	readonly command?: readonly string[] | undefined;
	readonly args?: readonly string[] | undefined;
	readonly ports: readonly {readonly number: number; readonly name?: string | undefined}[];
	readonly env: readonly JsonObject[];
	readonly envFrom: readonly JsonObject[];
	readonly requests: Labels;
	readonly limits: Labels;
	/** `readinessProbe`, `livenessProbe`, `startupProbe`. */
	readonly probes: JsonObject;
	readonly mounts: readonly Mount[];
	readonly labels: Labels;
	readonly serviceAccount?: string | undefined;
	readonly pullSecret?: string | undefined;
	readonly nodeSelector: Labels;
	readonly restartPolicy?: 'Always' | 'OnFailure' | 'Never' | undefined;
};

/** Something of the pod at a path of its container. `source`: as in `volumes`; undefined where a claim template makes the volume. */
export type Mount = {
	readonly name: string;
	readonly path: string;
	readonly readOnly: boolean;
	readonly source?: JsonObject | undefined;
};

const unlessEmpty = <Value extends JsonObject | readonly unknown[] | undefined>(value: Value): Value | undefined =>
	value === undefined || Object.keys(value).length === 0 ? undefined : value;

const resources = ({requests, limits}: PodWish): JsonObject => ({requests: unlessEmpty(requests), limits: unlessEmpty(limits)});

const container = (wish: PodWish): JsonObject => ({
	name: wish.container,
	image: wish.image,
	command: unlessEmpty(wish.command),
	args: unlessEmpty(wish.args),
	ports: unlessEmpty(wish.ports.map(({name, number}) => ({name, containerPort: number}))),
	env: unlessEmpty(wish.env),
	envFrom: unlessEmpty(wish.envFrom),
	...(Object.keys({...wish.requests, ...wish.limits}).length === 0 ? {} : {resources: resources(wish)}),
	...wish.probes,
	volumeMounts: unlessEmpty(wish.mounts.map(({name, path, readOnly}) => ({name, mountPath: path, ...(readOnly ? {readOnly} : {})}))),
});

/** The spec of a pod that runs one container. */
export const podSpec = (wish: PodWish): JsonObject => ({
	serviceAccountName: wish.serviceAccount,
	imagePullSecrets: wish.pullSecret === undefined ? undefined : [{name: wish.pullSecret}],
	nodeSelector: unlessEmpty(wish.nodeSelector),
	restartPolicy: wish.restartPolicy,
	containers: [container(wish)],
	volumes: unlessEmpty(wish.mounts.flatMap(({name, source}) => (source === undefined ? [] : [{name, ...source}]))),
});

/** A pod template with labels by which its workload finds its pods. */
export const podTemplate = (wish: PodWish, own: Labels): JsonObject => ({
	metadata: {labels: {...own, ...wish.labels}},
	spec: podSpec(wish),
});
