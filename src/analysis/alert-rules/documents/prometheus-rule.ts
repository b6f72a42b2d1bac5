import type {RuleGroup} from '../rule.ts';

/** The file that Prometheus reads by itself (`rule_files`). */
export const ruleFile = (groups: readonly RuleGroup[]) => ({groups});

/** The object that the Prometheus operator reads. Labels have to be those that the operator's `ruleSelector` asks for. */
export const prometheusRule = (
	{name, namespace, labels = {}}: {readonly name: string; readonly namespace: string; readonly labels?: {readonly [name: string]: string}},
	groups: readonly RuleGroup[],
) => ({apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', metadata: {name, namespace, labels}, spec: {groups}});
