import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {oncePerObject} from '../../../core/once-per-object.ts';
import type {Container, Pod} from '../pod-shapes.ts';
import {quantity} from '../quantity.ts';

/** What becomes of a container. Times are milliseconds after its start. */
export type Fate = {
	/** The pull fails with this error. */
	readonly pullError?: string;
	/** From the start to the first success of its probes. */
	readonly startMs: number;
	/** It ends by itself. */
	readonly exit?: {
		readonly afterMs: number;
		readonly code: number;
		readonly reason: string;
		readonly message?: string;
		readonly log: readonly string[];
	};
	/** What its probes say when asked; undefined is a success. */
	readonly readinessError?: string;
	readonly livenessError?: {readonly afterMs: number; readonly message: string};
	/** Share of requests that it answers with 500. */
	readonly errorRatio: number;
	/** Median time of an answer. */
	readonly latencyMs: number;
	/** Bytes of memory that it never gives back, for each second. */
	readonly leakBytesPerSecond: number;
	/** The first pause before it is pulled or started again; the next ones double. */
	readonly backOffMs: number;
};

const knownHosts = new Set(['registry.example', 'docker.io', 'registry.k8s.io', 'quay.io', 'ghcr.io', 'public.ecr.aws']);
const prefix = 'sandbox.mkcoa.dev/';

/** A pod with the value `any` runs whatever its images are called. */
const anyImage = `${prefix}image`;

/** A pod that runs whatever its images are called; other objects as they are. */
export const runningAnyImage = <Found extends KubeObject>(object: Found): Found =>
	object.kind === 'Pod'
		? {...object, metadata: {...object.metadata, annotations: {...object.metadata.annotations, [anyImage]: 'any'}}}
		: object;
const stack = [
	'panic: runtime error: invalid memory address or nil pointer dereference',
	'[signal SIGSEGV: segmentation violation code=0x1 addr=0x18 pc=0x6f3a91]',
	'goroutine 1 [running]:',
	'main.(*Server).loadConfig(0x0, {0xc0001b2000, 0x1c})',
	'\t/src/server/config.go:87 +0x51',
	'main.main()',
	'\t/src/main.go:31 +0x1d9',
];
const notFound = (image: string) =>
	`failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${image}: not found`;

const hangMessage = 'Get "http://POD_IP:8080/healthz": context deadline exceeded (Client.Timeout exceeded while awaiting headers)';

type Rule = (image: string, container: Container) => Partial<Fate>;

/**
 * The table of fates: a word in the tag (between dots, dashes or its ends) decides how the container lives. Several words add up.
 * A registry that is not known cannot be reached. Annotations of the pod named `sandbox.mkcoa.dev/…` (below) come last and win.
 */
export const imageRules: Readonly<Record<string, Rule>> = {
	missing: image => ({pullError: `rpc error: code = NotFound desc = ${notFound(image)}`}),
	private: image => ({
		pullError: `failed to pull and unpack image "${image}": failed to resolve reference "${image}": failed to authorize: failed to fetch oauth token: unexpected status from GET request: 401 Unauthorized`,
	}),
	crash: () => ({exit: {afterMs: 2000, code: 1, reason: 'Error', log: stack}}),
	fail: () => ({exit: {afterMs: 3000, code: 1, reason: 'Error', log: ['error: job failed: record 4711 has no currency']}}),
	nodb: () => ({
		exit: {
			afterMs: 3000,
			code: 1,
			reason: 'Error',
			log: ['FATAL could not connect to database: dial tcp 10.96.0.99:5432: connect: connection refused'],
		},
	}),
	forbidden: () => ({
		exit: {
			afterMs: 3000,
			code: 1,
			reason: 'Error',
			log: [
				'E configmaps is forbidden: User "system:serviceaccount:broken:rbac-denied" cannot list resource "configmaps" in API group "" in the namespace "broken"',
			],
		},
	}),
	oom: () => ({exit: {afterMs: 20_000, code: 137, reason: 'OOMKilled', log: ['INFO cache warm-up: 1200000 entries loaded']}}),
	wrongarch: () => ({exit: {afterMs: 100, code: 255, reason: 'Error', log: ['exec /app/server: exec format error']}}),
	unready: () => ({readinessError: 'HTTP probe failed with statuscode: 503'}),
	hang: () => ({
		livenessError: {
			afterMs: 45_000,
			message: hangMessage,
		},
	}),
	slow: () => ({startMs: 60_000}),
	// Concerns the whole pod, see evictionMs.
	evicted: () => ({}),
	bad: () => ({errorRatio: 0.12}),
	errors: () => ({errorRatio: 0.12}),
	latency: () => ({latencyMs: 900}),
	leak: (_, {resources}) => {
		const perSecond = 256 * 1024;
		const limit = quantity(resources?.limits?.memory);
		const afterMs = ((limit - 64 * 2 ** 20) / perSecond) * 1000;
		return {
			leakBytesPerSecond: perSecond,
			...(afterMs > 0 ? {exit: {afterMs, code: 137, reason: 'OOMKilled', log: ['WARN heap is 97 % full']}} : {}),
		};
	},
};

const ordinary: Fate = {startMs: 2000, errorRatio: 0.001, latencyMs: 40, leakBytesPerSecond: 0, backOffMs: 10_000};

/** How a container of a pod will live. */
export const fateOf = (pod: Pod, container: Container): Fate => fatesIn(pod)(container);

/** Each series of a pod asks for it. */
const fatesIn = oncePerObject((pod: Pod) => oncePerObject((container: Container) => foretold(pod, container)));

function foretold(pod: Pod, container: Container): Fate {
	const image = container.image ?? '';
	const isAny = pod.metadata.annotations?.[anyImage] === 'any';
	const words = isAny ? [] : tagOf(image).split(/[.\-_]/);
	let fate: Fate = isAny
		? ordinary
		: {...ordinary, ...unknownHost(image), ...probeFaults(pod, container), ...absentProgram(pod, container)};
	for (const [word, rule] of Object.entries(imageRules)) if (words.includes(word)) fate = {...fate, ...rule(image, container)};
	return annotated(pod, endsByItself(pod, container, fate));
}

const tagOf = (image: string) => /:([^/:@]+)(?:@|$)/.exec(image)?.[1] ?? 'latest';

function unknownHost(image: string): Partial<Fate> {
	const first = image.split('/')[0] ?? '';
	if (!image.includes('/') || !/[.:]/.test(first) || knownHosts.has(first)) return {};
	const cause = `failed to do request: Head "https://${first}/v2/${image.slice(first.length + 1).replace(/[:@].*$/, '')}/manifests/${tagOf(image)}": dial tcp: lookup ${first} on 10.96.0.10:53: no such host`;
	return {pullError: `failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${cause}`};
}

/** Probes that ask a port the container does not open, or a path that it does not answer. Containers that declare no ports, and pods that name no paths, are not judged. */
function probeFaults(pod: Pod, container: Container): Partial<Fate> {
	const declared = container.ports ?? [];
	const paths = annotationOf(pod, 'paths')?.split(' ');
	const closed = (probe: Container['livenessProbe']) => {
		const port = probe?.httpGet?.port ?? probe?.tcpSocket?.port ?? probe?.grpc?.port;
		if (port === undefined || declared.length === 0) return undefined;
		const known = declared.some(({name, containerPort}) => port === name || Number(port) === containerPort);
		const path = probe?.httpGet?.path ?? '/';
		if (!known) return refused(port, path);
		return paths === undefined || probe?.httpGet === undefined || paths.includes(path)
			? undefined
			: 'HTTP probe failed with statuscode: 404';
	};
	const readiness = closed(container.readinessProbe);
	const liveness = closed(container.livenessProbe);
	return {
		...(readiness === undefined ? {} : {readinessError: readiness}),
		...(liveness === undefined ? {} : {livenessError: {afterMs: 0, message: liveness}}),
	};
}

/** A command that is not among the programs of the image, where its pod names them. @see runc, libcontainer/standard_init_linux.go */
function absentProgram(pod: Pod, {command: [program] = []}: Container): Partial<Fate> {
	const known = annotationOf(pod, 'programs')?.split(' ');
	if (known === undefined || program === undefined || known.includes(program)) return {};
	const message = `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: "${program}": stat ${program}: no such file or directory`;
	return {exit: {afterMs: 0, code: 128, reason: 'StartError', message, log: []}};
}

/** `POD_IP` stands for the address that the pod gets later. */
export const refused = (port: number | string, path: string) =>
	`Get "http://POD_IP:${port}${path}": dial tcp POD_IP:${port}: connect: connection refused`;

/** A pod that is not meant to run for ever ends well after five seconds, if nothing else was said. */
function endsByItself({spec}: Pod, container: Container, fate: Fate): Fate {
	const isInit = spec.initContainers?.some(({name}) => name === container.name) === true && container.restartPolicy !== 'Always';
	const ends = isInit || (spec.restartPolicy ?? 'Always') !== 'Always';
	if (!ends || fate.exit !== undefined) return fate;
	return {...fate, exit: {afterMs: isInit ? 1000 : 5000, code: 0, reason: 'Completed', log: ['INFO done']}};
}

/** After so long on its node the kubelet evicts the pod; Infinity if it never does. */
export function evictionMs(pod: Pod): number {
	const seconds = annotatedNumber(pod, 'evict-seconds');
	if (seconds !== undefined) return seconds * 1000;
	if (pod.metadata.annotations?.[anyImage] === 'any') return Number.POSITIVE_INFINITY;
	return pod.spec.containers.some(({image = ''}) =>
		tagOf(image)
			.split(/[.\-_]/)
			.includes('evicted'),
	)
		? 10_000
		: Number.POSITIVE_INFINITY;
}

/** What an annotation of the embedded cluster says, without its prefix. */
export const annotationOf = ({metadata}: Pod, name: string): string | undefined => metadata.annotations?.[`${prefix}${name}`];

function annotatedNumber(pod: Pod, name: string): number | undefined {
	const text = annotationOf(pod, name);
	return text === undefined ? undefined : Number(text);
}

function annotated(pod: Pod, fate: Fate): Fate {
	const {annotations} = pod.metadata;
	const number = (name: string) => annotatedNumber(pod, name);
	const [errorRatio, latencyMs, startSeconds, hangSeconds, backOffSeconds] = [
		'error-ratio',
		'latency-ms',
		'start-seconds',
		'hang-seconds',
		'back-off-seconds',
	].map(number);
	const hang = fate.livenessError?.message ?? hangMessage;
	return {
		...fate,
		...(errorRatio === undefined ? {} : {errorRatio}),
		...(latencyMs === undefined ? {} : {latencyMs}),
		...(startSeconds === undefined ? {} : {startMs: startSeconds * 1000}),
		...(hangSeconds === undefined ? {} : {livenessError: {afterMs: hangSeconds * 1000, message: hang}}),
		...(backOffSeconds === undefined ? {} : {backOffMs: backOffSeconds * 1000}),
		...(annotations?.[`${prefix}ready`] === 'never' ? {readinessError: 'HTTP probe failed with statuscode: 503'} : {}),
		...annotatedExit(fate, number('run-seconds'), number('exit-code')),
	};
}

/** A time alone leaves what the image's words say of the end. */
function annotatedExit({exit}: Fate, runSeconds: number | undefined, exitCode: number | undefined): Partial<Fate> {
	if (runSeconds === undefined && exitCode === undefined) return {};
	const afterMs = runSeconds === undefined ? (exit?.afterMs ?? 5000) : runSeconds * 1000;
	if (exitCode === undefined && exit !== undefined) return {exit: {...exit, afterMs}};
	const code = exitCode ?? 0;
	const log = exit?.log ?? [code === 0 ? 'INFO done' : `error: exit status ${code}`];
	return {exit: {afterMs, code, reason: code === 0 ? 'Completed' : 'Error', log}};
}

/** Cores and bytes that a pod uses at rest, from its annotations or small defaults. */
export function restingUse({metadata}: Pod): {readonly cpu: number; readonly memory: number} {
	return {
		cpu: quantity(metadata.annotations?.[`${prefix}cpu`] ?? '5m'),
		memory: quantity(metadata.annotations?.[`${prefix}memory`] ?? '64Mi'),
	};
}
