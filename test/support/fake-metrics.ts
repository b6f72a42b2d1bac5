import type {Answered, MetricsServer} from '../../src/mcp/monitoring/port.ts';

const whole = {warnings: [], infos: [], partial: false};
const nobody = () => Promise.reject(new Error('nobody asks that here'));

/** A metrics server of which a test tells what it answers. */
export const fakeMetrics = (answers: Partial<MetricsServer>): MetricsServer => ({
	source: 'Prometheus https://prometheus.example',
	...{query: nobody, histograms: nobody, queryRange: nobody, series: nobody, instant: nobody, range: nobody},
	...{labelNames: nobody, labelValues: nobody, metadata: nobody, rules: nobody, alerts: nobody, targets: nobody, flavour: nobody},
	...answers,
});

export const answered = <Value>(value: Value, more: Partial<Answered<Value>> = {}): Answered<Value> => ({value, ...whole, ...more});
