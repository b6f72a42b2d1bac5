import type {BurnIntent, Intent} from '../intents/intent.ts';
import {rulesFor} from '../intents/rules-for.ts';
import {absenceScenarios} from './absence-scenarios.ts';
import {exhaustionScenarios} from './exhaustion-scenarios.ts';
import {expressionScenarios} from './expression-scenarios.ts';
import {latencyScenarios} from './latency-scenarios.ts';
import {burnScenarios, ratioScenarios} from './ratio-scenarios.ts';
import type {RealSeries} from './real-series.ts';
import {thresholdScenarios} from './threshold-scenarios.ts';
import type {Times} from './times.ts';
import {minutesOf, type Scenario, type UnitTests, unitTest} from './unit-test.ts';

/**
 * Unit tests of an intent's rules for `promtool test rules`: at least one that fires and one that stays quiet. Series bear the labels of real ones, and values that the
 * intent's condition asks for.
 * @param ruleFile the name of the file that holds the rules
 * @param series of the cluster; those that the intent does not select are left out
 * @throws RangeError where no series is there to build on, or where no value could make the alert fire, with the reason
 */
export function testsFor(intent: Intent, series: readonly RealSeries[], ruleFile: string): UnitTests {
	const group = rulesFor(intent);
	return {
		rule_files: [ruleFile],
		evaluation_interval: '1m',
		tests: scenarios(intent, series).map(scenario => unitTest(group, scenario)),
	};
}

function scenarios(intent: Intent, series: readonly RealSeries[]): readonly Scenario[] {
	switch (intent.kind) {
		case 'threshold':
			return thresholdScenarios(intent, series, timesOf(intent));
		case 'expression':
			return expressionScenarios(intent, series, timesOf(intent));
		case 'ratio':
			return ratioScenarios(intent, series, timesOf(intent));
		case 'latency':
			return latencyScenarios(intent, series, timesOf(intent));
		case 'burn':
			return burnScenarios(intent, series);
		case 'absence':
			return absenceScenarios(intent, series, timesOf(intent));
		case 'exhaustion':
			return exhaustionScenarios(intent, series, timesOf(intent));
	}
}

const timesOf = (intent: Exclude<Intent, BurnIntent>): Times => {
	const [rule] = rulesFor(intent).rules;
	return {window: 6, held: minutesOf(rule !== undefined && 'for' in rule ? rule.for : '0s')};
};
