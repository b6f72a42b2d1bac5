import {MkcoaError} from '../../../../core/error.ts';
import type {Unchecked} from '../../../../core/unchecked.ts';
import {noMetricsServer} from '../../../../mcp/monitoring/demand-server.ts';
import type {MetricsServer, MetricsSource, Monitoring} from '../../../../mcp/monitoring/port.ts';
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
	const notChecked: Unchecked[] = [];
	const failures: MkcoaError[] = [];
	// A server that was named is asked a first question: that it is away is no reason to keep back what the other one knows.
	const away = (error: unknown): MetricsSource<MetricsServer> => {
		if (!(error instanceof MkcoaError) || error.trouble.kind !== 'environment') throw error;
		failures.push(error);
		return {why: whyOf(error)};
	};
	const [server, manager] = await Promise.all([find().catch(away), alertmanager()]);
	if (server.metrics === undefined && manager.port === undefined) throw failures[0] ?? noMetricsServer(server.why);
	const attempt = async <Value>(what: string, read: () => Promise<readonly Value[]>): Promise<readonly Value[] | undefined> => {
		try {
			return await read();
		} catch (error) {
			if (!(error instanceof MkcoaError)) throw error;
			failures.push(error);
			notChecked.push({what, why: whyOf(error)});
			return undefined;
		}
	};
	const {metrics} = server;
	const {port} = manager;
	if (metrics === undefined) notChecked.push({what: 'what is pending, and how often alerts were active', why: server.why});
	if (port === undefined) notChecked.push({what: 'silences, inhibitions and receivers', why: manager.why});
	const [alerts, history, managed, silences] = await Promise.all([
		metrics === undefined ? undefined : attempt('alerts of the metrics server', () => metrics.alerts()),
		metrics === undefined
			? undefined
			: attempt('how often alerts were active', () => activations(metrics, sinceMs, unseen => notChecked.push(unseen))),
		port === undefined ? undefined : attempt('alerts of Alertmanager', () => port.alerts()),
		port === undefined ? undefined : attempt('silences', () => port.silences()),
	]);
	// That no alert fires is for somebody to say who knows.
	const [failure] = failures;
	if (alerts === undefined && managed === undefined && failure !== undefined) throw failure;
	return {
		sources: [
			...(metrics === undefined || alerts === undefined ? [] : [metrics.source]),
			...(port === undefined || managed === undefined ? [] : [port.source]),
		],
		alerts: joinAlerts({alerts: alerts ?? [], managed: managed ?? [], silences: silences ?? [], history: history ?? []}),
		notChecked,
	};
}

const whyOf = ({trouble: {what, why}}: MkcoaError) => [what, why].filter(Boolean).join(': ');

/** Prometheus keeps the beginning of each alert as a value: it changes as often as the alert begins anew. */
async function activations(metrics: MetricsServer, sinceMs: number, told: (unseen: Unchecked) => void) {
	const {value, partial, cut} = await metrics.instant(`changes(ALERTS_FOR_STATE[${Math.round(sinceMs / 1000)}s]) + 1`, {
		bound: {most: 2000, beyond: 'cut'},
	});
	if (partial || cut !== undefined)
		told({
			what: 'how often some alerts were active',
			why: partial ? `a part of the storage of ${metrics.source} is away` : `only ${cut?.shown} of ${cut?.of ?? 'many'} were read`,
		});
	return value.map(({labels: {__name__: _, ...labels}, value: times}) => ({labels, times}));
}
