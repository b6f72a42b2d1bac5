import {durationMs} from '../duration.ts';
import type {Wait} from '../staged/act.ts';
import {outlineSchema} from '../staged/outline.ts';
import type {RolloutRecord} from '../staged/record/record.ts';

/**
 * When a rollout is over at the earliest: every wait that lasts a known time, and nothing for pods that have to get ready.
 * @returns milliseconds since 1970; undefined where somebody has to promote it first, where it rests, or where its record does not tell
 */
export function earliestEnd({phase, paused, full, position, deadline, since, input}: RolloutRecord, nowMs: number): number | undefined {
	const outline = outlineSchema.safeParse(input.outline).data;
	if (phase === 'back' || paused || full || outline === undefined) return undefined;
	const judgedMs = typeof input.interval === 'string' ? durationMs(input.interval) || 0 : 0;
	const [now, ...later] = outline.acts.slice(position).map(({wait}) => wait);
	const waits = later.map(wait => lastsMs(wait, judgedMs));
	if (now?.kind === 'hold' || waits.includes(undefined)) return undefined;
	const nowEndsMs = now?.kind === 'judge' ? Date.parse(since) + judgedMs : now?.kind === 'keep' ? Date.parse(deadline) : nowMs;
	const fromMs = Number.isNaN(nowEndsMs) ? nowMs + (lastsMs(now, judgedMs) ?? 0) : Math.max(nowMs, nowEndsMs);
	return waits.reduce<number>((sum, ms) => sum + (ms ?? 0), fromMs);
}

/** Undefined for one that a person ends. */
function lastsMs(wait: Wait | undefined, judgedMs: number): number | undefined {
	if (wait?.kind === 'hold') return undefined;
	return wait?.kind === 'judge' ? judgedMs : wait?.kind === 'keep' ? wait.ms : 0;
}
