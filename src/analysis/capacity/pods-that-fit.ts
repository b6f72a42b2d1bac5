import type {NodeRoom} from './free-room.ts';
import type {Amount} from './pod-size.ts';

/** What there is too little of for one more pod. */
type Scarce = 'cpu' | 'memory' | 'pods';

/** How many more pods of one size fit, and what runs out first where most of the room is. */
export type Fit = {readonly pods: number; readonly scarce: Scarce};

const whole = (free: number, size: number) => (size > 0 ? Math.floor(free / size + 1e-9) : Number.POSITIVE_INFINITY);

/**
 * Pods of a size that the nodes have room for by requests: counted node by node, for half a pod's room on two nodes is none. Node selectors and
 * affinities are not looked at; nodes that are closed to ordinary pods have no room.
 */
export function podsThatFit(rooms: readonly NodeRoom[], {cpuCores, memoryBytes}: Amount): Fit {
	const bounds = rooms
		.filter(({closed}) => closed === undefined)
		.map(({free, podsFree}) => ({cpu: whole(free.cpuCores, cpuCores), memory: whole(free.memoryBytes, memoryBytes), pods: podsFree}));
	const least = bounds.map(({cpu, memory, pods}) => Math.min(cpu, memory, pods));
	const short = {cpu: 0, memory: 0, pods: 0};
	for (const [at, each] of bounds.entries())
		for (const what of ['cpu', 'memory', 'pods'] as const) if (each[what] === least[at]) short[what]++;
	const scarce = (['cpu', 'memory', 'pods'] as const).toSorted((a, b) => short[b] - short[a])[0] ?? 'cpu';
	return {pods: least.reduce((sum, pods) => sum + pods, 0), scarce};
}
