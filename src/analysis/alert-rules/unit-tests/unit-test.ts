import {durationMs} from '../promql/duration-ms.ts';
import {type AlertingRule, isAlerting, type Labels, type RuleGroup} from '../rule.ts';
import {seriesText} from './real-series.ts';
import {renderTemplate} from './render-template.ts';

/** A group of tests as `promtool test rules` reads it. */
export type UnitTest = {
	readonly name: string;
	readonly interval: string;
	readonly input_series: readonly {readonly series: string; readonly values: string}[];
	readonly alert_rule_test: readonly {
		readonly eval_time: string;
		readonly alertname: string;
		readonly exp_alerts: readonly {readonly exp_labels: Labels; readonly exp_annotations: Labels}[];
	}[];
};

/** A document of unit tests; its rules stand in the files that it names. */
export type UnitTests = {readonly rule_files: readonly string[]; readonly evaluation_interval: string; readonly tests: readonly UnitTest[]};

/** One sample a minute, by which rules are evaluated too. */
export type Input = {readonly labels: Labels; readonly values: string};

/** An alert that a scenario lets fire: its labels without those of the rule, and what its condition evaluates to. */
type Firing = {readonly labels: Labels; readonly value: number; readonly rule?: AlertingRule};

/** What happens to the series, and what fires after `minutes`. */
export type Scenario = {
	readonly name: string;
	readonly inputs: readonly Input[];
	readonly minutes: number;
	readonly fires: readonly Firing[];
};

/** Samples for minutes 0 to `minutes`. */
export const constant = (value: number, minutes: number) => `${value}x${minutes}`;
export const rising = (from: number, eachMinute: number, minutes: number) =>
	`${from}${eachMinute < 0 ? '-' : '+'}${Math.abs(eachMinute)}x${minutes}`;

export const minutesOf = (duration: string | undefined) => Math.ceil((durationMs(duration ?? '0s') ?? 0) / 60_000);

/** The alerting rules of a group; those that an intent makes have one at the least. */
export const alertsOf = ({rules}: RuleGroup) => rules.filter(isAlerting);

/** Writes scenarios as tests of a group's alerts. Before the time of `for` has passed nothing may fire, which is tested too. */
export function unitTest(group: RuleGroup, {name, inputs, minutes, fires}: Scenario): UnitTest {
	const [rule] = alertsOf(group);
	if (rule === undefined) throw new RangeError(`there is no alert in ${group.name}`);
	const pending = minutesOf(rule.for) - 1;
	const expected = fires.map(({labels, value, rule: own = rule}) => {
		const all = {...labels, ...own.labels};
		const texts = Object.entries(own.annotations).map(([key, text]) => [key, renderTemplate(text, all, value)]);
		return {exp_labels: all, exp_annotations: Object.fromEntries(texts) as Labels};
	});
	const check = (minute: number, exp_alerts: typeof expected) => ({eval_time: `${minute}m`, alertname: rule.alert, exp_alerts});
	return {
		name,
		interval: '1m',
		input_series: inputs.map(({labels, values}) => ({series: seriesText(labels), values})),
		alert_rule_test: [...(fires.length > 0 && pending > 0 ? [check(pending, [])] : []), check(minutes, expected)],
	};
}
