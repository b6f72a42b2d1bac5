import {inhibitions} from '../catalogue/inhibitions.ts';
import type {RuleSeverity} from '../rule.ts';

/** Receivers by severity, as the person names them. What a severity has none for is told to nobody and stays to be looked at. */
export type Receivers = {readonly [severity in RuleSeverity]?: string};

/** Names the receiver of Alertmanager that tells nobody. */
const nobody = 'nobody';

/** Labels by which one alert in two severities is the same alert, in the catalogue and in objectives. A label that both lack is the same. */
const identity = ['namespace', 'node', 'instance', 'persistentvolumeclaim', 'slo', 'service', 'job'];

/** Alertmanager's own times, which its documentation gives as usual. */
const groupTimes = {group_wait: '30s', group_interval: '5m', repeat_interval: '4h'} as const;

/**
 * Routes, receivers and inhibitions of an Alertmanager: a part of a configuration, and one by itself. One cause is told once: alerts of one namespace come
 * in one message, a graver severity silences the lesser one of the same thing, and the cause silences its symptoms. Receivers are only
 * named; how they are reached is the person's to add.
 * @see https://prometheus.io/docs/alerting/latest/configuration/
 */
export function alertmanagerConfig(receivers: Receivers, clusterLabel = 'cluster') {
	const severities = ['critical', 'warning', 'info'] as const;
	const named = [...new Set(severities.flatMap(severity => receivers[severity] ?? []))];
	return {
		route: {
			receiver: nobody,
			group_by: [clusterLabel, 'namespace', 'alertname'],
			...groupTimes,
			routes: severities.flatMap(severity => {
				const receiver = receivers[severity];
				return receiver === undefined ? [] : [{matchers: [matcher('severity', severity)], receiver}];
			}),
		},
		inhibit_rules: [
			{
				source_matchers: [matcher('severity', 'critical')],
				target_matchers: ['severity=~"warning|info"'],
				equal: ['alertname', clusterLabel, ...identity],
			},
			// Of two windows of one objective that page, the shorter says it first.
			{
				source_matchers: [matcher('long', '1h')],
				target_matchers: [matcher('long', '6h')],
				equal: ['alertname', clusterLabel, ...identity],
			},
			...inhibitions.map(({cause, symptoms, same}) => ({
				source_matchers: [matcher('alertname', cause)],
				target_matchers: [`alertname=~${JSON.stringify(symptoms.join('|'))}`],
				equal: [clusterLabel, ...same],
			})),
		],
		receivers: [...(named.includes(nobody) ? [] : [nobody]), ...named].map(name => ({name})),
	};
}

const matcher = (label: string, value: string) => `${label}=${JSON.stringify(value)}`;
