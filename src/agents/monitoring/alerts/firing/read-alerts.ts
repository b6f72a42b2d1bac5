import {MkcoaError} from '../../../../core/error.ts';
import type {Unchecked} from '../../../../core/unchecked.ts';
import {noMetricsServer} from '../../../../mcp/monitoring/demand-server.ts';
import type {MetricsServer, Monitoring} from '../../../../mcp/monitoring/port.ts';
import {type ActiveAlert, joinAlerts} from './join-alerts.ts';

export type ReadAlerts = {
	readonly sources: readonly string[];
	readonly alerts: readonly ActiveAlert[];
	readonly notChecked: readonly Unchecked[];
};

/**
 * What fires or waits to fire, by the server that evaluates the rules and by Alertmanager; one of both is enough.
 * @throws MkcoaError `no-metrics-server` where there is neither; the server's own error where the only one there is fails
 */
export async function readAlerts(
	{metrics: find, alertmanager}: Pick<Monitoring, 'metrics' | 'alertmanager'>,
	sinceMs: number,
): Promise<ReadAlerts> {
	const [server, manager] = await Promise.all([find(), alertmanager()]);
	if (server.metrics === undefined && manager.port === undefined) throw noMetricsServer(server.why);
	const notChecked: Unchecked[] = [];
	const attempt = async <Value>(what: string, read: () => Promise<readonly Value[]>): Promise<readonly Value[]> => {
		try {
			return await read();
		} catch (error) {
			if (!(error instanceof MkcoaError)) throw error;
			notChecked.push({what, why: [error.trouble.what, error.trouble.why].filter(Boolean).join(': ')});
			return [];
		}
	};
	const {metrics} = server;
	const {port} = manager;
	if (metrics === undefined) notChecked.push({what: 'what is pending, and how often alerts were active', why: server.why});
	if (port === undefined) notChecked.push({what: 'silences, inhibitions and receivers', why: manager.why});
	const [alerts, history, managed, silences] = await Promise.all([
		metrics === undefined ? [] : attempt('alerts of the metrics server', () => metrics.alerts()),
		metrics === undefined ? [] : attempt('how often alerts were active', () => activations(metrics, sinceMs)),
		port === undefined ? [] : attempt('alerts of Alertmanager', () => port.alerts()),
		port === undefined ? [] : attempt('silences', () => port.silences()),
	]);
	return {
		sources: [...(metrics === undefined ? [] : [metrics.source]), ...(port === undefined ? [] : [port.source])],
		alerts: joinAlerts({alerts, managed, silences, history}),
		notChecked,
	};
}

/** Prometheus keeps the beginning of each alert as a value: it changes as often as the alert begins anew. */
async function activations(metrics: MetricsServer, sinceMs: number) {
	const {value} = await metrics.instant(`changes(ALERTS_FOR_STATE[${Math.round(sinceMs / 1000)}s]) + 1`, {
		bound: {most: 2000, beyond: 'cut'},
	});
	return value.map(({labels: {__name__: _, ...labels}, value: times}) => ({labels, times}));
}
