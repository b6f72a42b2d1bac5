import type {ContainerUse} from './observed-use.ts';
import {bumpedForOom} from './oom-bump.ts';

/** What a container asks for now; undefined where it does not. Cores and bytes. */
export type Asked = {
	readonly cpuRequest?: number | undefined;
	readonly memoryRequest?: number | undefined;
	readonly cpuLimit?: number | undefined;
	readonly memoryLimit?: number | undefined;
};

export type Sizing = {
	readonly name: string;
	readonly before: Asked;
	readonly after: Asked;
	/** Why each value is what it is, one sentence each. */
	readonly reasons: readonly string[];
};

export type Method = {
	/** What is added to what was observed, 0.15 for 15 %. */
	readonly margin: number;
	/** Whether there is enough to ask for less than now. */
	readonly mayLower: boolean;
};

const Mi = 2 ** 20;
/** Values are rounded up to these steps; smaller ones change with every look. */
const cpuStep = 0.005;
const memoryStep = 8 * Mi;
const leastCpu = 0.01;
const leastMemory = 16 * Mi;
/** A difference below this part of the present value is not worth a rollout. */
const deadBand = 0.1;
/** From here on a CPU limit holds a program back in a way that its callers feel. The alert CPUThrottlingHigh of kubernetes-mixin. */
const muchThrottled = 0.25;

const upTo = (value: number, step: number) => Math.ceil(value / step - 1e-6) * step;
const isNear = (wanted: number, now: number | undefined) => now !== undefined && Math.abs(wanted - now) <= deadBand * now;

/** The present value where it will do, else the wanted one. It never falls below `floor`, which was observed. */
function chosen(wanted: number, now: number | undefined, floor: number, {mayLower}: Method): number {
	if (now === undefined) return wanted;
	if (now >= floor && (isNear(wanted, now) || (wanted < now && !mayLower))) return now;
	return wanted;
}

function memoryOf(use: ContainerUse, before: Asked, method: Method) {
	const killed = use.oomKills > 0 ? Math.max(use.memoryPeak, before.memoryLimit ?? 0) : 0;
	const base = use.oomKills > 0 ? bumpedForOom(killed) : use.memoryPeak * (1 + method.margin);
	const request = chosen(upTo(Math.max(base, leastMemory), memoryStep), before.memoryRequest, Math.max(use.memoryPeak, killed), method);
	// A limit is where the kernel kills: it is raised, and never lowered.
	const limit =
		before.memoryLimit === undefined ? undefined : Math.max(before.memoryLimit, request, use.oomKills > 0 ? upTo(base, memoryStep) : 0);
	return {request, limit};
}

function cpuOf(use: ContainerUse, before: Asked, method: Method) {
	const wanted = upTo(Math.max(use.cpuPercentile * (1 + method.margin), leastCpu), cpuStep);
	const request = chosen(wanted, before.cpuRequest, use.cpuPercentile, method);
	const isHeldBack = (use.throttled ?? 0) >= muchThrottled;
	const limit =
		before.cpuLimit === undefined ? undefined : Math.max(before.cpuLimit, request, isHeldBack ? upTo(before.cpuLimit * 1.5, cpuStep) : 0);
	return {request, limit, isHeldBack};
}

/**
 * Requests and limits of one container from what it used: memory by its peak, CPU by its percentile, each with a margin; a kill for memory and
 * throttling raise. A request is never below what was observed, and a limit is never lowered.
 */
export function rightSize(use: ContainerUse, before: Asked, method: Method): Sizing {
	const [cpu, memory] = [cpuOf(use, before, method), memoryOf(use, before, method)];
	const reasons = [
		...(use.oomKills > 0
			? [`it was killed for its memory ${use.oomKills === 1 ? 'once' : `${use.oomKills} times`}, so its memory is raised`]
			: []),
		...(cpu.isHeldBack
			? [`its CPU limit held it back in ${Math.round((use.throttled ?? 0) * 100)} % of the time, so the limit is raised`]
			: []),
		...(method.mayLower ? [] : ['there is too little to ask for less, so nothing is lowered']),
	];
	return {
		name: use.name,
		before,
		after: {cpuRequest: cpu.request, memoryRequest: memory.request, cpuLimit: cpu.limit, memoryLimit: memory.limit},
		reasons,
	};
}

const fields = ['cpuRequest', 'memoryRequest', 'cpuLimit', 'memoryLimit'] as const;

/** Fields that differ. */
export const changedFields = ({before, after}: Sizing) => fields.filter(field => before[field] !== after[field]);
