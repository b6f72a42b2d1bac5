import {isPrometheus} from './is-prometheus.ts';

type Service = {
	readonly metadata: {readonly name: string; readonly labels?: {readonly [name: string]: string} | undefined};
};

const named =
	(label: string, name: RegExp, not: RegExp) =>
	({metadata}: Service): boolean =>
		(metadata.labels?.['app.kubernetes.io/name'] === label || name.test(metadata.name)) && !not.test(metadata.name);

/** Whether a Service bears a name under which the usual charts install a program itself, not its helpers, exporters or parts that answer nobody. */
export const looksLike = {
	prometheus: isPrometheus,
	alertmanager: named('alertmanager', /^(alertmanager(-operated|-main)?|.*-alertmanager)$/, /(operator|headless|bot)/),
	grafana: named('grafana', /^(grafana|.*-grafana|grafana-service)$/, /(operator|renderer|headless|agent|alloy)/),
	loki: named('loki', /^(loki|.*-loki|(.*-)?loki-gateway)$/, /(headless|memberlist|canary|write|backend|ingester|compactor|cache|ruler)/),
} as const;

export type Kind = keyof typeof looksLike;
