import type {Unchecked} from '../../core/unchecked.ts';
import {plainLine} from '../../mcp/kubernetes/model/untrusted-text.ts';
import {demandMetrics} from '../../mcp/monitoring/demand-server.ts';
import type {Answered, Metrics, MetricsServer, SeriesBound} from '../../mcp/monitoring/port.ts';
import type {MonitoringPorts} from './ports.ts';

/** A server as tools ask it, which takes the rest of an answer of which a part is away. */
export type MarkedMetrics = Metrics & {
	/** What was away or left out until now, once each. */
	readonly missing: () => readonly Unchecked[];
};

/** Pods of a large workload, or nodes of a large cluster, with the points of a chart: two answers of 16 MiB at most. */
const usualBound: SeriesBound = {most: 2000, beyond: 'refuse'};

/** What tools ask of a moment is grouped already. */
const unbounded: SeriesBound = {most: Number.POSITIVE_INFINITY, beyond: 'refuse'};

/** Of what a server says beside its numbers. */
const mostLetters = 300;

/**
 * A server whose partial answers are taken and remembered, so that a tool tells them beside its numbers.
 * @param bound of the series of a range
 */
export function markedMetrics(server: MetricsServer, bound = usualBound): MarkedMetrics {
	const said = new Map<string, Unchecked>();
	const add = (what: string, why: string) => said.set(`${what}: ${why}`, {what, why});
	const taken = <Value>({value, warnings, partial, cut}: Answered<Value>): Value => {
		for (const warning of warnings) add(partial ? 'a part of the numbers' : 'a warning of the server', plainLine(warning, mostLetters));
		if (partial && warnings.length === 0) add('a part of the numbers', `a part of the storage of ${server.source} is away`);
		if (cut?.of !== undefined)
			add(`${cut.of - cut.shown} of ${cut.of} series`, `only the ${cut.shown} that are largest at the end were read`);
		return value;
	};
	return {
		...server,
		query: async (promql, atMs) => taken(await server.instant(promql, {...(atMs === undefined ? {} : {atMs}), bound: unbounded})),
		queryRange: async (promql, range) => taken(await server.range(promql, range, bound)),
		missing: () => [...said.values()],
	};
}

/** The metrics server, marked so. @throws MkcoaError `no-metrics-server` with why there is none */
export const demandMarkedMetrics = async ({monitoring}: Pick<MonitoringPorts, 'monitoring'>): Promise<MarkedMetrics> =>
	markedMetrics(await demandMetrics(monitoring));
