import type {JsonObject} from '../../../../core/json.ts';
import type {Labels} from './object.ts';
import {type Placing, placing} from './placing.ts';

/** What a person said of a container; what was not said stays as the server's defaults have it. */
export type ContainerWish = {
	readonly container: string;
	readonly image: string;
	readonly command?: readonly string[] | undefined;
	readonly args?: readonly string[] | undefined;
	readonly ports: readonly ContainerPort[];
	readonly env: readonly JsonObject[];
	readonly envFrom: readonly JsonObject[];
	readonly requests: Labels;
	readonly limits: Labels;
	/** `readinessProbe`, `livenessProbe`, `startupProbe`. */
	readonly probes: JsonObject;
	readonly mounts: readonly Mount[];
	/** Fields of the container that stand as they are: `lifecycle`, `workingDir`. */
	readonly more: JsonObject;
};

export type ContainerPort = {readonly number: number; readonly name?: string | undefined; readonly protocol?: 'UDP' | 'SCTP' | undefined};

/** What a person said of the pods of a workload, and of the container that it is made for. */
export type PodWish = ContainerWish & {
	/** Containers beside that one. */
	readonly beside: readonly ContainerWish[];
	/** Containers that go before all others. */
	readonly before: readonly ContainerWish[];
	readonly labels: Labels;
	readonly annotations: Labels;
	readonly serviceAccount?: string | undefined;
	readonly pullSecrets: readonly string[];
	readonly nodeSelector: Labels;
	readonly restartPolicy?: 'Always' | 'OnFailure' | 'Never' | undefined;
	readonly placing: Placing;
	/** Fields of the pod that stand as they are: `tolerations`, `hostAliases`. */
	readonly spec: JsonObject;
};

/** Something of the pod at a path of its container. `source`: as in `volumes`; undefined where a claim template or another container has it. */
export type Mount = {
	readonly name: string;
	readonly path: string;
	readonly readOnly: boolean;
	readonly subPath?: string | undefined;
	readonly source?: JsonObject | undefined;
};

const unlessEmpty = <Value extends JsonObject | readonly unknown[] | undefined>(value: Value): Value | undefined =>
	value === undefined || Object.keys(value).length === 0 ? undefined : value;

const resources = ({requests, limits}: ContainerWish): JsonObject => ({requests: unlessEmpty(requests), limits: unlessEmpty(limits)});

const container = (wish: ContainerWish): JsonObject => ({
	name: wish.container,
	image: wish.image,
	command: unlessEmpty(wish.command),
	args: unlessEmpty(wish.args),
	ports: unlessEmpty(wish.ports.map(({name, number, protocol}) => ({name, containerPort: number, protocol}))),
	env: unlessEmpty(wish.env),
	envFrom: unlessEmpty(wish.envFrom),
	...(Object.keys({...wish.requests, ...wish.limits}).length === 0 ? {} : {resources: resources(wish)}),
	...wish.probes,
	...wish.more,
	volumeMounts: unlessEmpty(
		wish.mounts.map(({name, path, readOnly, subPath}) => ({name, mountPath: path, subPath, ...(readOnly ? {readOnly} : {})})),
	),
});

/** Each volume once, however many containers mount it. */
function volumes(containers: readonly ContainerWish[]): readonly JsonObject[] {
	const found = containers.flatMap(({mounts}) => mounts.flatMap(({name, source}) => (source === undefined ? [] : [{name, ...source}])));
	return found.filter(({name}, at) => found.findIndex(other => other.name === name) === at);
}

/** @param own labels by which the pods are told from others; none for a pod by itself */
export const podSpec = (wish: PodWish, own: Labels): JsonObject => ({
	serviceAccountName: wish.serviceAccount,
	imagePullSecrets: unlessEmpty(wish.pullSecrets.map(name => ({name}))),
	nodeSelector: unlessEmpty(wish.nodeSelector),
	restartPolicy: wish.restartPolicy,
	...wish.spec,
	...placing(wish.placing, own),
	initContainers: unlessEmpty(wish.before.map(container)),
	containers: [wish, ...wish.beside].map(container),
	volumes: unlessEmpty(volumes([wish, ...wish.beside, ...wish.before])),
});

/** A pod template with labels by which its workload finds its pods. */
export const podTemplate = (wish: PodWish, own: Labels): JsonObject => ({
	metadata: {labels: {...own, ...wish.labels}, ...(Object.keys(wish.annotations).length === 0 ? {} : {annotations: wish.annotations})},
	spec: podSpec(wish, own),
});
