import type {Home} from '../../tui/home/home-rows.ts';
import type {Pace, Polled} from './poll.ts';

/** Reads a part again and again, and shows what comes of it. */
export type Follow = <Value>(
	read: (signal: AbortSignal) => Promise<Value>,
	tell: (polled: Polled<Value>) => Partial<Home>,
	pace: Pick<Pace, 'everyMs' | 'limitMs'>,
	until: AbortSignal,
) => void;
