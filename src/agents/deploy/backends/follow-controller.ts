import {sleep} from '../../../core/clock.ts';
import {MkcoaError} from '../../../core/error.ts';
import {refOf} from '../../../core/kube/kube-object.ts';
import {type Context, StoppedError} from '../../../core/tool.ts';
import type {DeployPorts} from '../ports.ts';
import {throughOutages} from '../rollout/through-outages.ts';
import type {ControlledBackend} from './backend.ts';
import {controllers, progressOf} from './controllers.ts';
import {podTroubleOf} from './pod-trouble-of.ts';
import type {Progress} from './progress.ts';
import {failedMetrics, progressLine} from './progress-text.ts';

/** Between two looks at the cluster. */
const lookEveryMs = 2000;

export type Following = {
	readonly backend: ControlledBackend;
	/** `rest`: until it waits for a person, is done or has failed. `back`: until the version before serves alone. */
	readonly until: 'rest' | 'back';
	readonly withinMs: number;
};

/** The objects of a back end as they are now. @throws `no-such-workload` when somebody deleted it */
async function again({ports: {cluster}}: Context<DeployPorts>, backend: ControlledBackend): Promise<ControlledBackend> {
	const controller = await cluster.get(refOf(backend.controller));
	if (controller === undefined)
		throw new MkcoaError({
			kind: 'environment',
			code: 'no-such-workload',
			what: `${backend.controller.kind} ${backend.controller.metadata.name} was deleted while it was followed`,
			next: 'See who deleted it: mkcoa k8s events',
		});
	const {workload} = backend;
	if (workload === undefined || workload === backend.controller) return {...backend, controller, workload: workload && controller};
	return {...backend, controller, workload: await cluster.get(refOf(workload))};
}

/**
 * Follows what a controller does until there is nothing to wait for. A rollout that waits for a person is an answer, not a failure; so is one
 * that pauses for longer than the time that was given.
 * @throws StoppedError `rollout-failed` with the metric that failed and its value, `still-rolling-out` when the time is over
 */
export async function followController({backend, until, withinMs}: Following, context: Context<DeployPorts>): Promise<Progress> {
	const {clock, signal, emit, ports} = context;
	const patiently = throughOutages(context, lookEveryMs);
	const first = controllers[backend.kind].progress(backend).phase;
	const beginsWithinMs = controllers[backend.kind].beginsWithinMs(backend.controller);
	let begun = false;
	let last = '';
	for (let waitedMs = 0; ; waitedMs += lookEveryMs) {
		const look = await patiently(async () => {
			const now = await again(context, backend);
			const progress = await progressOf(ports.cluster, now);
			const isCalm = progress.state === 'healthy' || progress.state === 'paused';
			const trouble = isCalm ? undefined : await podTroubleOf(ports.cluster, now);
			return {progress, trouble, isBack: controllers[now.kind].isBack(now.controller)};
		});
		if (look !== undefined) {
			const {progress, isBack, trouble} = look;
			const line = `${progressLine(progress)}${trouble === undefined ? '' : ` (${trouble})`}`;
			if (line !== last) emit({kind: 'progress', text: line, done: progress.step?.index, total: progress.step?.of});
			last = line;
			begun ||= progress.phase !== first || waitedMs >= beginsWithinMs;
			if (!begun) emit({kind: 'progress', text: `Waiting for the controller of ${progress.object} to begin`});
			if (begun && (until === 'back' ? isBack : progress.state === 'healthy' || progress.waits)) return progress;
			if (begun && until === 'rest' && progress.state === 'degraded') throw failed(progress, trouble);
			if (waitedMs >= withinMs && progress.state === 'paused') return progress;
			if (waitedMs >= withinMs) throw overdue(progress, withinMs, trouble);
		}
		await sleep(clock, lookEveryMs, signal);
	}
}

const statusOf = ({object}: Progress) => `mkcoa deploy status ${object.split('/').at(-1) ?? ''}`;

function failed(progress: Progress, trouble: string | undefined): StoppedError {
	const reasons = [...failedMetrics(progress), ...(trouble === undefined ? [] : [trouble])];
	return new StoppedError({
		trouble: {
			kind: 'environment',
			code: 'rollout-failed',
			what: `The rollout of ${progress.object} failed: ${progress.message || progress.phase}`,
			why: reasons.length === 0 ? undefined : reasons.join('; '),
			next: `See the pods and what to do: ${statusOf(progress)}`,
		},
		undone: [],
		left: [`${progress.object} keeps the new version in its spec; its controller decides what serves`],
		output: progress,
	});
}

const overdue = (progress: Progress, withinMs: number, trouble: string | undefined) =>
	new StoppedError({
		trouble: {
			kind: 'environment',
			code: 'still-rolling-out',
			what: `${progress.object} still rolls out after ${Math.round(withinMs / 1000)} s: ${progressLine(progress)}`,
			why: trouble ?? 'its controller goes on, whoever watches',
			next: `Look again with: ${statusOf(progress)}, or give it more time with --ready-within`,
		},
		undone: [],
		left: [`${progress.object} is between two versions; its controller goes on`],
		output: progress,
	});
