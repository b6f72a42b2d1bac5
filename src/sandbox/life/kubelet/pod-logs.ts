import type {PodLogOptions} from '../../machine.ts';
import {StatusError} from '../../status-error.ts';
import type {Container, Pod, Terminated} from '../pod-shapes.ts';
import {hashOf} from '../seeded-random.ts';
import {millis} from '../time.ts';
import {type Fate, fateOf} from './image-rules.ts';
import {type ContainerRecord, fresh, type PodRecord} from './pod-record.ts';

/** A node keeps the last lines of a container only. */
const ring = 2000;
const accessEveryMs = 1000;

type Line = {readonly atMs: number; readonly text: string};
type Run = {readonly fromMs: number; readonly toMs: number; readonly ended: boolean; readonly lastWords?: string | undefined};

/** The lines that `kubectl logs` shows. Throws 400 with the words of the kubelet where there are none to show. */
export function podLogs(pod: Pod, record: PodRecord, options: PodLogOptions, nowMs: number): readonly string[] {
	const container = chosen(pod, options.container);
	const found = [...record.init, ...record.main].find(({name}) => name === container.name);
	const run = runOf(pod, container, found, options.previous, nowMs);
	const since = Math.max(
		options.sinceTime === undefined ? 0 : Date.parse(options.sinceTime),
		options.sinceSeconds === undefined ? 0 : nowMs - options.sinceSeconds * 1000,
	);
	const lines = linesBetween(pod, container, run, Math.max(run.fromMs, since), run.toMs);
	const tail = options.tailLines === undefined ? lines : options.tailLines === 0 ? [] : lines.slice(-options.tailLines);
	const texts = tail.map(line => (options.timestamps ? `${new Date(line.atMs).toISOString()} ${line.text}` : line.text));
	return options.limitBytes === undefined ? texts : withinBytes(texts, options.limitBytes);
}

function chosen({metadata, spec}: Pod, name: string | undefined): Container {
	const all = [...spec.containers, ...(spec.initContainers ?? [])];
	const found = name === undefined ? spec.containers[0] : all.find(container => container.name === name);
	if (found !== undefined) return found;
	throw new StatusError(400, 'BadRequest', `container ${name} is not valid for pod ${metadata.name}`);
}

const endedRun = (how: Terminated | undefined, lastWords: string | undefined): Run | undefined =>
	how && {fromMs: millis(how.startedAt), toMs: millis(how.finishedAt), ended: true, lastWords};

/** The run whose lines are asked for: the one before the present one, or the latest. */
function runOf({metadata}: Pod, {name}: Container, record: ContainerRecord | undefined, previous: boolean, nowMs: number): Run {
	const {stage, last, earlier, lastWords} = record ?? fresh(name);
	const ended = endedRun(last, lastWords);
	if (previous) {
		const before = stage.kind === 'stopped' || stage.kind === 'ended' ? endedRun(earlier, lastWords) : ended;
		if (before !== undefined) return before;
		throw new StatusError(400, 'BadRequest', `previous terminated container "${name}" in pod "${metadata.name}" not found`);
	}
	if (stage.kind === 'running') return {fromMs: stage.startedMs, toMs: nowMs, ended: false};
	if (ended !== undefined) return ended;
	const why =
		stage.kind === 'pull-failed'
			? 'trying and failing to pull image'
			: stage.kind === 'config-error'
				? 'CreateContainerConfigError'
				: 'ContainerCreating';
	throw new StatusError(400, 'BadRequest', `container "${name}" in pod "${metadata.name}" is waiting to start: ${why}`);
}

/** Every line is a function of the pod and the time, so that nothing is stored and two readers see the same. */
function linesBetween(pod: Pod, container: Container, run: Run, fromMs: number, toMs: number): readonly Line[] {
	const fate = fateOf(pod, container);
	const version = /:([^/:@]+)$/.exec(container.image ?? '')?.[1] ?? 'latest';
	const lines: Line[] = [
		{atMs: run.fromMs, text: `INFO starting ${container.name} version=${version} pid=1`},
		...(container.ports ?? []).map(({containerPort}) => ({atMs: run.fromMs + 300, text: `INFO listening on :${containerPort}`})),
	];
	const serves = (container.ports ?? []).length > 0;
	const first = Math.max(
		0,
		Math.ceil((fromMs - run.fromMs - 1500) / accessEveryMs),
		Math.floor((run.toMs - run.fromMs) / accessEveryMs) - ring,
	);
	for (let number = first; ; number++) {
		const atMs = run.fromMs + 1500 + number * accessEveryMs;
		if (atMs > Math.min(toMs, run.toMs)) break;
		if (serves) lines.push(...accessLines(pod, fate, number, atMs));
		else if (number % 30 === 0) lines.push({atMs, text: `INFO tick=${number} queue=0 processed=${number * 7}`});
	}
	const words = run.lastWords === undefined ? fate.exit?.log : [run.lastWords];
	if (run.ended) lines.push(...(words ?? []).map(text => ({atMs: run.toMs, text})));
	return lines.filter(({atMs}) => atMs >= fromMs && atMs <= toMs).slice(-ring);
}

const paths = ['/', '/api/items', '/api/items/42', '/cart', '/search?q=shoes', '/api/prices', '/healthz', '/checkout'];

function accessLines({metadata}: Pod, {errorRatio, latencyMs}: Fate, number: number, atMs: number): readonly Line[] {
	const chance = (what: string) => hashOf(`${metadata.uid}/${number}/${what}`) / 2 ** 32;
	const failed = chance('code') < errorRatio;
	const path = paths[Math.floor(chance('path') * paths.length)] ?? '/';
	const duration = Math.max(1, Math.round(latencyMs * (0.4 + 1.4 * chance('time'))));
	const client = `10.244.${Math.floor(chance('net') * 3)}.${2 + Math.floor(chance('host') * 200)}`;
	const status = failed ? 500 : chance('other') < 0.01 ? 404 : 200;
	const access = `${client} - - [${new Date(atMs).toISOString()}] "GET ${path} HTTP/1.1" ${status} ${failed ? 21 : 200 + Math.floor(chance('size') * 9000)} ${duration}ms`;
	if (!failed) return [{atMs, text: access}];
	const stack = [
		"ERROR request failed: TypeError: Cannot read properties of undefined (reading 'currency')",
		'    at priceOf (/app/src/price.js:41:23)',
		'    at async handle (/app/src/server.js:118:9)',
	];
	return [...stack, access].map(text => ({atMs, text}));
}

function withinBytes(texts: readonly string[], limit: number): readonly string[] {
	let left = limit;
	return texts.flatMap(text => {
		const part = left <= 0 ? undefined : Buffer.from(text).subarray(0, left).toString();
		left -= Buffer.byteLength(text) + 1;
		return part === undefined ? [] : [part];
	});
}

/** Writes lines as the clock brings them, looking each second, until the signal aborts or the container's run ends. */
export function followLogs(
	read: () => {readonly pod: Pod; readonly record: PodRecord} | undefined,
	container: string | undefined,
	write: (line: string) => void,
	signal: AbortSignal,
	clock: {readonly now: () => number; readonly schedule: (delayMs: number, run: () => void) => () => void},
): void {
	let seenMs = clock.now();
	const look = () => {
		const now = read();
		if (signal.aborted || now === undefined) return;
		const chosenContainer = chosen(now.pod, container);
		const found = [...now.record.init, ...now.record.main].find(({name}) => name === chosenContainer.name);
		const nowMs = clock.now();
		if (found !== undefined && (found.stage.kind === 'running' || found.last !== undefined)) {
			const run = runOf(now.pod, chosenContainer, found, false, nowMs);
			for (const {text} of linesBetween(now.pod, chosenContainer, run, seenMs + 1, nowMs)) write(text);
		}
		seenMs = nowMs;
		arm();
	};
	const arm = () => {
		const cancel = clock.schedule(1000, look);
		signal.addEventListener('abort', cancel, {once: true});
	};
	if (!signal.aborted) arm();
}
