import {sleep} from '../../../core/clock.ts';
import type {JsonObject} from '../../../core/json.ts';
import {refText} from '../../../core/kube/kube-object.ts';
import type {Context, Effects} from '../../../core/tool.ts';
import type {DeployPorts} from '../ports.ts';
import {waitForReady} from '../rollout/wait-for-ready.ts';
import {mayBeEnded, type Wait} from './act.ts';
import {checked} from './checked.ts';
import {podFreer} from './free-pods.ts';
import {growAlong} from './grow-along.ts';
import type {Patience} from './patience.ts';
import type {SeenStage} from './record/record-evidence.ts';
import {requestEveryMs, type Steering} from './steer.ts';
import {TurnBack} from './turn-back.ts';

/**
 * What one stage came to; further fields are for people and go into the record. There was no data, `uncounted`: because who counts did not answer,
 * `noSeries`: because it has no numbers of what was asked for.
 */
export type StageVerdict = JsonObject & {
	readonly verdict: 'pass' | 'fail' | 'not-enough-data';
	readonly reason: string;
	readonly uncounted?: boolean;
	readonly noSeries?: boolean;
};

export type Judged = Extract<Wait, {kind: 'judge'}>;

/** How to look while a stage lasts: `between` goes before each look, and what it throws ends the stage. */
export type Look = {
	readonly between: () => Promise<void>;
	readonly patiently: Patience;
	/** When a run before this one began to judge the stage, by the clock of the judge; undefined where this one begins it. */
	readonly beganMs?: number | undefined;
	/** Gets what each look saw that does not decide yet. */
	readonly seen?: ((seen: SeenStage) => Promise<void>) | undefined;
};

/** Looks at one stage until there is a verdict. */
export type JudgeStage = ((stage: Judged, look: Look) => Promise<StageVerdict>) & {
	/**
	 * The time by the clock that says when a stage began, undefined while it cannot be asked. Left out, it is that of this machine: whoever goes on with
	 * the stage elsewhere may have another one.
	 */
	readonly now?: (() => Promise<number | undefined>) | undefined;
};

type Needs = {
	readonly steering: Steering;
	readonly patiently: Patience;
	readonly judge: JudgeStage;
	readonly context: Context<DeployPorts>;
	readonly effects: Pick<Effects, 'tend'>;
	/** When the wait is over, for one that lasts a fixed time. */
	readonly deadlineMs: number;
	/** When a run before this one began to judge the stage. */
	readonly beganMs?: number | undefined;
	readonly seen?: Look['seen'];
};

/**
 * Waits until `wait` holds.
 * @returns the verdict of a stage
 * @throws TurnBack where it never will; Skipped where somebody promoted
 */
export async function waitFor(
	wait: Wait,
	{steering, patiently, judge, context, effects, deadlineMs, beganMs, seen}: Needs,
): Promise<StageVerdict | undefined> {
	const {clock, signal, emit, ports} = context;
	const rest = () => sleep(clock, requestEveryMs, signal);
	switch (wait.kind) {
		case 'ready':
		case 'batch': {
			const {ref, withinMs, pods} = wait;
			const free = wait.kind === 'ready' ? podFreer(wait, ports.cluster, effects) : undefined;
			const grow = growAlong(wait.kind === 'ready' ? wait.along : undefined, ports.cluster, effects);
			let least = pods;
			const between = async () => {
				await steering.pulse();
				if (free !== undefined) await patiently(free);
				least = Math.max(pods, await patiently(grow));
			};
			const steadyMs = wait.kind === 'ready' ? wait.steadyMs : undefined;
			const isHeld = wait.kind === 'batch';
			const end = await waitForReady({ref, withinMs, steadyMs, pods: () => least, isHeld, between, patiently}, context);
			if (!end.done) throw new TurnBack('stuck', end.reason, end.evidence);
			return undefined;
		}
		case 'check':
			return checked(wait, {steering, patiently, context});
		case 'gone':
			for (let waitedMs = 0; (await patiently(() => ports.cluster.get(wait.ref))) !== undefined; waitedMs += requestEveryMs) {
				if (waitedMs >= wait.withinMs) throw new TurnBack('stuck', `${refText(wait.ref)} is still there`);
				await steering.pulse();
				await rest();
			}
			return undefined;
		case 'judge':
			return judge(wait, {between: steering.pulseOrSkip, patiently, beganMs, seen});
		case 'hold':
			for (;;) {
				await steering.pulseOrSkip();
				emit({kind: 'progress', text: wait.why});
				await rest();
			}
		case 'keep': {
			const grow = growAlong(wait.along, ports.cluster, effects);
			const endsFromMs = mayBeEnded(wait) ? deadlineMs - wait.ms + (wait.leastMs ?? 0) : deadlineMs;
			while (clock.now() < deadlineMs) {
				await (clock.now() < endsFromMs ? steering.pulse() : steering.pulseOrSkip());
				await patiently(grow);
				await rest();
			}
			return undefined;
		}
	}
}
