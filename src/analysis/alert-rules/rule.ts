/** Names and values of labels or annotations. */
export type Labels = {readonly [name: string]: string};

/** How loudly an alert speaks: `critical` wakes somebody, `warning` is looked at in working hours, `info` only explains others. */
export type RuleSeverity = 'critical' | 'warning' | 'info';

/**
 * One alerting rule as Prometheus reads it. Durations are written as Prometheus writes them (`15m`, `1h30m`, `4d`); the label `severity` is one of
 * `RuleSeverity`.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/
 */
export type AlertingRule = {
	readonly alert: string;
	readonly expr: string;
	/** How long the condition must hold before the alert fires; at once where it is left out. */
	readonly for?: string;
	/** How long it goes on firing after the condition has gone. */
	readonly keep_firing_for?: string;
	readonly labels: Labels;
	readonly annotations: Labels;
};

/** One recording rule as Prometheus reads it. */
export type RecordingRule = {readonly record: string; readonly expr: string; readonly labels?: Labels};

export type Rule = AlertingRule | RecordingRule;

/** Rules that are evaluated one after the other, in this order, at one interval. */
export type RuleGroup = {readonly name: string; readonly interval?: string; readonly rules: readonly Rule[]};

export const isAlerting = (rule: Rule): rule is AlertingRule => 'alert' in rule;
