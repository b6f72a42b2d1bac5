import type {Note} from '../event-recorder.ts';
import type {Container, Pod, Terminated} from '../pod-shapes.ts';
import {timestamp} from '../time.ts';
import type {World} from '../world.ts';
import {type Unmet, unmetDemand} from './demands.ts';
import {containerId} from './identifiers.ts';
import {type Fate, fateOf} from './image-rules.ts';
import {configError} from './missing-references.ts';
import type {ContainerRecord} from './pod-record.ts';
import {killing, periodMs} from './probe-kills.ts';

/** Back-off of restarts and of pulls doubles up to five minutes; it is forgotten after ten good minutes. */
const longestBackoffMs = 300_000;
const forgivenMs = 600_000;
const configRetryMs = 30_000;
/** The kubelet looks so often for containers that have ended. */
const relistMs = 1000;
const pullErrorShownMs = 4000;
/** Failing probes are noted once a minute, with the number of probes that failed. */
const probeNoteMs = 60_000;
/** A program that waits for a Service looks so often whether it is there, and one that finds its settings wrong gives up so soon. */
const askAgainMs = 2000;

export type Surroundings = {
	readonly world: World;
	readonly nowMs: number;
	/** How long the image takes to arrive; 0 when the node has it. */
	readonly pullMs: (image: string) => number;
	/** The image has arrived on the node. */
	readonly pulled: (image: string) => void;
	readonly ip: string | undefined;
	readonly note: (note: Omit<Note, 'component'>) => void;
	/** The pod's restart policy, or that of the kind of container. */
	readonly policy: string;
};

/** Brings a container to the present, one stage after another. Its next change comes at `nextChange`. */
export function advance(pod: Pod, container: Container, start: ContainerRecord, around: Surroundings): ContainerRecord {
	const fate = fateOf(pod, container);
	let record = start;
	for (let guard = 0; guard < 20; guard++) {
		const next = step(pod, container, record, fate, around);
		if (next === record) break;
		record = next;
	}
	return record;
}

/** When the container changes next though nothing happens to it; undefined if it will not. */
export function nextChange(pod: Pod, container: Container, {stage}: ContainerRecord): number | undefined {
	if (stage.kind === 'ended') return undefined;
	if (stage.kind !== 'running') return stage.untilMs;
	if (stage.unmet !== undefined) return stage.unmet.untilMs;
	const fate = fateOf(pod, container);
	const ends = fate.exit === undefined ? Number.POSITIVE_INFINITY : stage.startedMs + fate.exit.afterMs;
	const kill = killing(container, fate, stage.startedMs)?.atMs ?? Number.POSITIVE_INFINITY;
	const ready = stage.ready ? Number.POSITIVE_INFINITY : readyMs(container, fate, stage.startedMs);
	const probe =
		fate.readinessError !== undefined && container.readinessProbe !== undefined ? stage.probedMs + probeNoteMs : Number.POSITIVE_INFINITY;
	const first = Math.min(ends, kill, ready, probe);
	return Number.isFinite(first) ? first : undefined;
}

function step(pod: Pod, container: Container, record: ContainerRecord, fate: Fate, around: Surroundings): ContainerRecord {
	const {stage} = record;
	const {nowMs} = around;
	switch (stage.kind) {
		case 'creating':
			return create(pod, container, record, fate, around, stage);
		case 'pull-failed':
			if (nowMs < stage.untilMs) return record;
			return stage.backingOff
				? {...record, stage: {kind: 'creating', untilMs: undefined, pullMs: 0}}
				: backOffPull(container, record, fate, around);
		case 'config-error':
			return nowMs < stage.untilMs ? record : {...record, stage: {kind: 'creating', untilMs: nowMs, pullMs: 0}};
		case 'running':
			return run(pod, container, record, fate, around, stage);
		case 'stopped':
			if (nowMs < stage.untilMs) return record;
			return stage.delayMs === 0 ? startAgain(record, nowMs) : backOff(pod, container, record, stage.delayMs, around);
		case 'back-off':
			return nowMs < stage.untilMs ? record : startAgain(record, nowMs);
		case 'ended':
			return record;
	}
}

type Creating = Extract<ContainerRecord['stage'], {kind: 'creating'}>;

function create(
	pod: Pod,
	container: Container,
	record: ContainerRecord,
	fate: Fate,
	around: Surroundings,
	stage: Creating,
): ContainerRecord {
	const {nowMs, note, world} = around;
	const {name, image = ''} = container;
	if (stage.untilMs === undefined) {
		const pullMs = around.pullMs(image);
		if (pullMs > 0) note({reason: 'Pulling', message: `Pulling image "${image}"`, container: name});
		return {...record, stage: {kind: 'creating', untilMs: nowMs + 500 + pullMs, pullMs}};
	}
	if (nowMs < stage.untilMs) return record;
	if (fate.pullError !== undefined) return failPull(container, record, fate.pullError, around);
	around.pulled(image);
	note({reason: 'Pulled', message: pulledMessage(image, stage.pullMs), container: name});
	const problem = configError(world, pod, container);
	if (problem !== undefined) {
		note({type: 'Warning', reason: 'Failed', message: `Error: ${problem}`, container: name});
		return {...record, stage: {kind: 'config-error', message: problem, untilMs: nowMs + configRetryMs}};
	}
	note({reason: 'Created', message: `Created container: ${name}`, container: name});
	note({reason: 'Started', message: `Started container ${name}`, container: name});
	return {
		...record,
		pullFailures: 0,
		stage: {
			...{kind: 'running', startedMs: nowMs, ready: false, probedMs: nowMs + firstProbeMs(container) - probeNoteMs},
			...asking(unmetDemand(world, pod, container), nowMs),
		},
	};
}

const asking = (unmet: Unmet | undefined, nowMs: number) => (unmet === undefined ? {} : {unmet: {...unmet, untilMs: nowMs + askAgainMs}});

function pulledMessage(image: string, pullMs: number): string {
	if (pullMs === 0) return `Container image "${image}" already present on machine`;
	const seconds = `${pullMs / 1000}s`;
	return `Successfully pulled image "${image}" in ${seconds} (${seconds} including waiting). Image size: ${48_318_464 + image.length * 1024} bytes.`;
}

function failPull(container: Container, record: ContainerRecord, error: string, {nowMs, note}: Surroundings): ContainerRecord {
	note({type: 'Warning', reason: 'Failed', message: `Failed to pull image "${container.image}": ${error}`, container: container.name});
	note({type: 'Warning', reason: 'Failed', message: 'Error: ErrImagePull', container: container.name});
	return {
		...record,
		pullFailures: record.pullFailures + 1,
		stage: {kind: 'pull-failed', backingOff: false, untilMs: nowMs + pullErrorShownMs},
	};
}

function backOffPull(container: Container, record: ContainerRecord, {backOffMs}: Fate, {nowMs, note}: Surroundings): ContainerRecord {
	note({reason: 'BackOff', message: `Back-off pulling image "${container.image}"`, container: container.name});
	note({type: 'Warning', reason: 'Failed', message: 'Error: ImagePullBackOff', container: container.name});
	const delayMs = Math.min(backOffMs * 2 ** (record.pullFailures - 1), longestBackoffMs);
	return {...record, stage: {kind: 'pull-failed', backingOff: true, untilMs: nowMs + delayMs}};
}

/** From the start to the first answer that is missed. */
const firstProbeMs = ({readinessProbe}: Container) =>
	readinessProbe === undefined ? 0 : (readinessProbe.initialDelaySeconds ?? 0) * 1000 + periodMs(readinessProbe);

type Running = Extract<ContainerRecord['stage'], {kind: 'running'}>;

const readyMs = ({readinessProbe, startupProbe}: Container, fate: Fate, startedMs: number) => {
	if (fate.readinessError !== undefined && readinessProbe !== undefined) return Number.POSITIVE_INFINITY;
	if (readinessProbe === undefined && startupProbe === undefined) return startedMs;
	return startedMs + Math.max((readinessProbe?.initialDelaySeconds ?? 0) * 1000, fate.startMs);
};

function run(pod: Pod, container: Container, record: ContainerRecord, fate: Fate, around: Surroundings, stage: Running): ContainerRecord {
	const {nowMs, note, ip} = around;
	if (stage.unmet !== undefined) return runUnmet(pod, container, record, fate, around, {...stage, unmet: stage.unmet});
	const {exit} = fate;
	if (exit !== undefined && nowMs >= stage.startedMs + exit.afterMs) {
		const {code: exitCode, reason, message} = exit;
		if (message !== undefined) note({type: 'Warning', reason: 'Failed', message: `Error: ${message}`, container: container.name});
		const how = {exitCode, reason, ...(message === undefined ? {} : {message})};
		return end(pod, container, record, fate, how, stage, stage.startedMs + exit.afterMs, around);
	}
	const kill = killing(container, fate, stage.startedMs);
	if (kill !== undefined && nowMs >= kill.atMs) {
		const {kind, probe} = kill;
		const message = `${kind} probe failed: ${kill.message.replaceAll('POD_IP', ip ?? '')}`;
		note({type: 'Warning', reason: 'Unhealthy', message, container: container.name, times: probe.failureThreshold ?? 3});
		const what = `Container ${container.name} failed ${kind.toLowerCase()} probe, will be restarted`;
		note({reason: 'Killing', message: what, container: container.name});
		return end(pod, container, record, fate, {exitCode: 137, reason: 'Error'}, stage, nowMs, around);
	}
	if (!stage.ready && nowMs >= readyMs(container, fate, stage.startedMs)) return {...record, stage: {...stage, ready: true}};
	if (fate.readinessError !== undefined && container.readinessProbe !== undefined && nowMs >= stage.probedMs + probeNoteMs) {
		const isFirst = stage.probedMs < stage.startedMs;
		const times = isFirst ? 1 : Math.max(1, Math.round(probeNoteMs / periodMs(container.readinessProbe)));
		const message = `Readiness probe failed: ${fate.readinessError.replaceAll('POD_IP', ip ?? '')}`;
		note({type: 'Warning', reason: 'Unhealthy', message, container: container.name, times});
		return {...record, stage: {...stage, probedMs: nowMs}};
	}
	return record;
}

type Asking = Running & {readonly unmet: NonNullable<Running['unmet']>};

/** It has found something amiss: it gives up, or looks again and begins its work when all is there. */
function runUnmet(
	pod: Pod,
	container: Container,
	record: ContainerRecord,
	fate: Fate,
	around: Surroundings,
	stage: Asking,
): ContainerRecord {
	const {unmet, ...rest} = stage;
	const {nowMs, world} = around;
	if (nowMs < unmet.untilMs) return record;
	if (unmet.kind === 'gives up') {
		const ended = end(pod, container, record, fate, {exitCode: 1, reason: 'Error'}, stage, nowMs, around);
		return {...ended, lastWords: unmet.words};
	}
	const still = unmetDemand(world, pod, container);
	return {...record, stage: {...rest, ...(still === undefined ? {startedMs: nowMs} : asking(still, nowMs))}};
}

function end(
	pod: Pod,
	{name}: Container,
	record: ContainerRecord,
	fate: Fate,
	how: Pick<Terminated, 'exitCode' | 'reason' | 'message'>,
	{startedMs}: Running,
	endedMs: number,
	{nowMs, policy}: Surroundings,
): ContainerRecord {
	const last: Terminated = {
		...how,
		startedAt: timestamp(startedMs),
		finishedAt: timestamp(endedMs),
		containerID: containerId(pod.metadata.uid ?? '', name, record.restarts),
	};
	const again = policy === 'Always' || (policy === 'OnFailure' && how.exitCode !== 0);
	const ended = {...record, last, lastWords: undefined, earlier: record.last};
	if (!again) return {...ended, stage: {kind: 'ended'}};
	const crashes = endedMs - startedMs >= forgivenMs ? 1 : record.crashes + 1;
	// The first restart comes at once; the pauses begin with the second.
	const delayMs = crashes === 1 ? 0 : Math.min(fate.backOffMs * 2 ** (crashes - 2), longestBackoffMs);
	return {...ended, crashes, stage: {kind: 'stopped', delayMs, untilMs: nowMs + relistMs}};
}

const startAgain = (record: ContainerRecord, nowMs: number): ContainerRecord => ({
	...record,
	restarts: record.restarts + 1,
	stage: {kind: 'creating', untilMs: nowMs, pullMs: 0},
});

function backOff(
	{metadata}: Pod,
	{name}: Container,
	record: ContainerRecord,
	delayMs: number,
	{nowMs, note}: Surroundings,
): ContainerRecord {
	note({
		type: 'Warning',
		reason: 'BackOff',
		message: `Back-off restarting failed container ${name} in pod ${metadata.name}_${metadata.namespace}(${metadata.uid})`,
		container: name,
	});
	return {...record, stage: {kind: 'back-off', delayMs, untilMs: nowMs + delayMs}};
}
