import {sleep} from '../../../core/clock.ts';
import {refText} from '../../../core/kube/kube-object.ts';
import {oneLine} from '../../../core/text/one-line.ts';
import type {Context} from '../../../core/tool.ts';
import type {IncidentPorts} from '../ports.ts';
import {type Healing, judgeHealing, type Sight} from './judge-healing.ts';
import {type Look, lookAt} from './look.ts';

/** Between two looks, the first ones close: most remedies show within seconds. */
const pausesMs = [1000, 1000, 2000, 3000, 5000, 10_000];

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

/** Looks again and again until it is healed, until it is surely not, or until the time is over. */
export async function watchHealing(watching: Watching, context: Context<IncidentPorts>): Promise<Watched> {
	const {clock, signal, emit} = context;
	const startMs = clock.now();
	let run = {state: '', looks: 0, sinceMs: startMs};
	for (let turn = 0; ; turn++) {
		await sleep(clock, pausesMs[Math.min(turn, pausesMs.length - 1)] ?? 0, signal);
		await watching.between();
		const look = await lookAt(watching.namespace, context);
		const sight = judgeHealing(watching, look);
		const nowMs = clock.now();
		run = run.state === sight.state ? {...run, looks: run.looks + 1} : {state: sight.state, looks: 1, sinceMs: nowMs};
		emit({kind: 'progress', text: progressText(sight)});
		const isOver =
			nowMs - startMs >= watching.withinMs ||
			(sight.state === 'healed' && run.looks >= wellLooks) ||
			(isBad(sight) && run.looks >= steadyLooks && nowMs - run.sinceMs >= steadyMs);
		if (isOver) return {sight, look, watchedMs: nowMs - startMs};
	}
}
