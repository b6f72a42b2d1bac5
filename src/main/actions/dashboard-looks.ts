import {compactDashboard, type ToldDashboard} from '../../agents/monitoring/dashboard/dashboard-output.ts';
import {jsonText} from '../../commands/render/json-text.ts';
import type {Clock} from '../../core/clock.ts';
import {troubleOf} from '../../core/error.ts';
import type {Streams} from '../../core/streams.ts';
import {oneLine} from '../../core/text/one-line.ts';
import {poll} from '../screens/poll.ts';

type Printing = {
	readonly isJson: boolean;
	readonly streams: Pick<Streams, 'out' | 'err'>;
	readonly clock: Clock;
	readonly everyMs: (told: ToldDashboard) => number;
	/** A read that takes longer has failed. */
	readonly limitMs: number;
	readonly signal: AbortSignal;
};

/** A line for each series whenever there are newer numbers: when, panel, series, number and unit. That nobody answers is said once, and ends nothing. */
export async function printLooks(
	first: ToldDashboard,
	read: () => Promise<ToldDashboard>,
	{isJson, streams, clock, everyMs, limitMs, signal}: Printing,
): Promise<void> {
	let [last, isAway]: [ToldDashboard, boolean] = [first, false];
	const print = (told: ToldDashboard) => {
		if (isJson) streams.out(`${jsonText(compactDashboard.of(told))}\n`);
		else for (const line of lookLines(told)) streams.out(`${line}\n`);
	};
	print(first);
	await poll(
		read,
		polled => {
			if ('error' in polled) {
				const {what, why} = troubleOf(polled.error);
				if (!isAway)
					streams.err(`${oneLine(`Not read since ${last.to}: ${why === undefined ? what : `${what}: ${why}`}. It is tried again`)}\n`);
				isAway = true;
				return;
			}
			isAway = false;
			if (polled.value.to !== last.to) print(polled.value);
			last = polled.value;
		},
		{clock, everyMs: () => everyMs(last), limitMs, signal},
	);
}

const lookLines = ({to, panels}: ToldDashboard): readonly string[] =>
	panels.flatMap(({name, unit, series}) => series.map(({legend, now}) => [to, name, oneLine(legend), now ?? '', unit].join('\t')));
