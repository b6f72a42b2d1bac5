import type {Interval} from '../../../../analysis/canary/metric.ts';
import type {Metrics} from '../../../../mcp/monitoring/port.ts';
import type {Sides} from '../sides.ts';

/** Reads one interval at each look; keeps what it has seen. Rejects with `no-series` where there is nothing to compare. */
export type PrometheusReader<Kind extends Interval = Interval> = (metrics: Metrics, sides: Sides) => Promise<Kind>;
