import {selectorsIn} from '../promql/expression.ts';
import {PromqlError, parsePromql} from '../promql/parse-promql.ts';
import {type AlertingRule, isAlerting, type Rule, type RuleGroup} from '../rule.ts';
import {compared, divisionGuarded, possible} from './comparison-lints.ts';
import {factsOf} from './facts.ts';
import {labelsThere, templateLabels} from './label-lints.ts';
import type {Knowledge, Lint, LintFinding, ReadRule} from './lint.ts';
import {matcherFits, metricKnown, regexNeeded} from './metric-lints.ts';
import {bucketsKept, countersRated, heldLongEnough, rateOfCounters, windowLongEnough} from './rate-lints.ts';
import {toldWell} from './text-lints.ts';

const lints: readonly Lint[] = [
	...[metricKnown, matcherFits, regexNeeded, labelsThere, templateLabels],
	...[compared, possible, divisionGuarded],
	...[rateOfCounters, countersRated, windowLongEnough, heldLongEnough, bucketsKept, toldWell],
];

/**
 * Looks for rules that do not do what they say. Only what can be told from the rules and from what is known of the source is said; without series nothing is
 * said of metrics and labels. Findings stand in the order of the rules.
 * @see https://cloudflare.github.io/pint/ for lints of this kind
 */
export function lintRules(groups: readonly RuleGroup[], knowledge: Knowledge): readonly LintFinding[] {
	const rules = groups.flatMap(group => group.rules);
	const recorded = new Set(rules.flatMap(rule => (isAlerting(rule) ? [] : [rule.record])));
	const facts = factsOf(knowledge, recorded);
	const read = rules.map(readRule);
	const understood = read.filter(one => 'expression' in one);
	return [
		...read.flatMap((one): readonly LintFinding[] =>
			'expression' in one ? lints.flatMap(lint => lint(one, facts).map(said => ({...said, rule: one.name}))) : [one],
		),
		...duplicates(rules),
		...unwatched(understood, recorded),
	];
}

const ruleName = (rule: Rule) => (isAlerting(rule) ? rule.alert : rule.record);

function readRule(rule: Rule): ReadRule | LintFinding {
	const name = ruleName(rule);
	try {
		return {name, rule, expression: parsePromql(rule.expr)};
	} catch (error) {
		if (!(error instanceof PromqlError)) throw error;
		return {
			...{id: 'promql/syntax', severity: 'error', rule: name, field: 'expr', at: error.at},
			reason: `the expression ${error.message}`,
			remedy: 'Correct it: Prometheus would refuse the whole file.',
		};
	}
}

/** Rules of one name and the same labels, and alerts of the same condition. */
function duplicates(rules: readonly Rule[]): readonly LintFinding[] {
	const bySelf = Map.groupBy(rules, rule => JSON.stringify([ruleName(rule), Object.entries(rule.labels ?? {}).sort()]));
	const byCondition = Map.groupBy(rules.filter(isAlerting), ({expr}) => expr.replace(/\s+/g, ''));
	const again = ([first, ...others]: readonly Rule[], id: string, reason: (name: string) => string): readonly LintFinding[] =>
		first === undefined
			? []
			: others.map(rule => ({
					...{id, severity: 'warning', rule: ruleName(rule), field: 'name'},
					...{reason: reason(ruleName(first)), remedy: 'Keep one of them, or tell them apart by a label.'},
				}));
	return [
		...[...bySelf.values()].flatMap(same => again(same, 'duplicate/name', () => 'a rule of this name with these labels is there already')),
		...[...byCondition.values()]
			.filter(same => new Set(same.map(({alert}) => alert)).size > 1)
			.flatMap(same => again(same, 'duplicate/condition', name => `${name} has the same condition: one fault is told twice`)),
	];
}

/** Alerts whose metric may go away unnoticed: no rule asks whether it is absent. One finding for each metric; what rules record is theirs. */
function unwatched(rules: readonly ReadRule[], recorded: ReadonlySet<string>): readonly LintFinding[] {
	const asked = new Set(rules.filter(asksForAbsence).flatMap(({expression}) => selectorsIn(expression).map(({metric}) => metric)));
	const seen = new Set<string>();
	return rules
		.filter((read): read is ReadRule & {readonly rule: AlertingRule} => isAlerting(read.rule) && !asksForAbsence(read))
		.flatMap(({name, expression}) =>
			selectorsIn(expression).flatMap(({metric, at}): readonly LintFinding[] => {
				if (metric === undefined || recorded.has(metric) || asked.has(metric) || asked.has('up') || seen.has(metric)) return [];
				seen.add(metric);
				return [
					{
						...{id: 'absent/unhandled', severity: 'info', rule: name, field: 'expr', at},
						reason: `where ${metric} is not told any more, the alert is silent and nothing says so`,
						remedy: `Add an alert on absent (${metric}) or on its target being gone.`,
					},
				];
			}),
		);
}

const asksForAbsence = ({rule: {expr}}: ReadRule) => /\babsent(_over_time)?\b|\bunless\b/.test(expr);
