import {sleep} from '../../../core/clock.ts';
import {refText} from '../../../core/kube/kube-object.ts';
import {oneLine} from '../../../core/text/one-line.ts';
import type {Context} from '../../../core/tool.ts';
import {throughOutages} from '../../deploy/rollout/through-outages.ts';
import type {IncidentPorts} from '../ports.ts';
import {type Healing, judgeHealing, type Sight} from './judge-healing.ts';
import {type Look, lookAt} from './look.ts';

/** Between two looks, the first ones close: most remedies show within seconds. */
const pausesMs = [1000, 1000, 2000, 3000, 5000];
const longestPauseMs = 10_000;

/** What a look that found no server counts for in the minute that it may be away. */
const outageStepMs = 5000;

/** A rollout passes through states that look bad for a moment: what got worse must be so for that long and that many looks. */
const steadyMs = 15_000;
const steadyLooks = 3;

/** Controllers need a moment to see a change; one look that is well may be from before. */
const wellLooks = 2;

type Watching = Healing & {
	/** The only namespace to look at; all of them if left out. */
	readonly namespace: string | undefined;
	readonly withinMs: number;
	/** Goes before each look. */
	readonly between: () => Promise<void>;
};

export type Watched = {readonly sight: Sight; readonly look: Look; readonly watchedMs: number};

const progressText = (sight: Sight): string => {
	switch (sight.state) {
		case 'healed':
			return 'The cause is gone';
		case 'on-its-way':
			return `The cause is gone; waiting: ${sight.why}`;
		case 'there':
			return `Still there: ${sight.why}`;
		case 'another':
		case 'worse':
			return `Now: ${sight.others.map(({cause}) => `${refText(cause.resource)}: ${oneLine(cause.cause.en)}`).join('; ')}`;
	}
};

const isBad = ({state}: Sight) => state === 'worse' || state === 'another';

/** Looks again and again until it is healed, until it is surely not, or until the time is over. A server that is away for a moment is waited for. */
export async function watchHealing(watching: Watching, context: Context<IncidentPorts>): Promise<Watched> {
	const {clock, signal, emit} = context;
	const patiently = throughOutages(context, outageStepMs);
	const startMs = clock.now();
	let run = {state: '', looks: 0, sinceMs: startMs};
	let last: Watched | undefined;
	for (let turn = 0; ; turn++) {
		const leftMs = Math.max(1000, startMs + watching.withinMs - clock.now());
		await sleep(clock, Math.min(pausesMs[turn] ?? longestPauseMs, leftMs), signal);
		const look = await patiently(async () => {
			await watching.between();
			return lookAt(watching.namespace, context);
		});
		const nowMs = clock.now();
		const isLate = nowMs - startMs >= watching.withinMs;
		if (look === undefined) {
			if (isLate && last !== undefined) return last;
			continue;
		}
		const sight = judgeHealing(watching, look);
		run = run.state === sight.state ? {...run, looks: run.looks + 1} : {state: sight.state, looks: 1, sinceMs: nowMs};
		emit({kind: 'progress', text: progressText(sight)});
		last = {sight, look, watchedMs: nowMs - startMs};
		const isSettled =
			(sight.state === 'healed' && run.looks >= wellLooks) || (isBad(sight) && run.looks >= steadyLooks && nowMs - run.sinceMs >= steadyMs);
		if (isLate || isSettled) return last;
	}
}
