import type {Expression} from './promql/expression.ts';
import {PromqlError, parsePromql} from './promql/parse-promql.ts';
import {type AlertingRule, isAlerting, type Labels, type RuleGroup} from './rule.ts';

/** A rule that a server evaluates already; `file` tells where it comes from. */
export type LoadedRule = {
	readonly group: string;
	readonly file: string;
	readonly name: string;
	readonly query: string;
	readonly labels: Labels;
	readonly forSeconds: number;
};

/** `same`: condition and labels; `condition`: it fires for the same; `threshold`: it compares the same with another number; `name`: only the name is. */
type Likeness = 'same' | 'condition' | 'threshold' | 'name';

/** A new rule beside one that there is. */
export type AlreadyThere = {readonly rule: string; readonly other: LoadedRule; readonly how: Likeness};

/**
 * An expression without its way of being written: spaces, parentheses and the order of matchers do not tell two apart. What cannot be read is its own text.
 */
export function conditionKey(expr: string): string {
	try {
		return JSON.stringify(bare(parsePromql(expr)));
	} catch (error) {
		if (!(error instanceof PromqlError)) throw error;
		return expr.replace(/\s+/g, '');
	}
}

/** Without where it stands; matchers by their label. Depth is that of the text, which the parser bounds. */
function bare(expression: Expression): object {
	return JSON.parse(
		JSON.stringify(expression, (key, value) => {
			if (key === 'at') return undefined;
			if (key === 'matchers' && Array.isArray(value)) return value.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
			return value;
		}),
	);
}

/** What an alert compares, and how; the number is left out. */
function shapeKey(expr: string): string {
	try {
		const read = parsePromql(expr);
		return read.kind === 'binary' && read.right.kind === 'number' ? JSON.stringify([read.op, bare(read.left)]) : conditionKey(expr);
	} catch (error) {
		if (!(error instanceof PromqlError)) throw error;
		return conditionKey(expr);
	}
}

/** Rules that say what a new alert says, the nearest of them for each. */
export function alreadyThere(groups: readonly RuleGroup[], loaded: readonly LoadedRule[]): readonly AlreadyThere[] {
	const known = loaded.map(other => ({other, condition: conditionKey(other.query), shape: shapeKey(other.query)}));
	return groups
		.flatMap(({rules}) => rules.filter(isAlerting))
		.flatMap((rule): readonly AlreadyThere[] => {
			const [condition, shape] = [conditionKey(rule.expr), shapeKey(rule.expr)];
			const likenesses = known.flatMap(each => {
				const how = likeness(rule, each.other, each.condition === condition, each.shape === shape);
				return how === undefined ? [] : [{rule: rule.alert, other: each.other, how}];
			});
			return likenesses.toSorted((a, b) => order.indexOf(a.how) - order.indexOf(b.how)).slice(0, 1);
		});
}

const order: readonly Likeness[] = ['same', 'condition', 'threshold', 'name'];

function likeness(rule: AlertingRule, other: LoadedRule, sameCondition: boolean, sameShape: boolean): Likeness | undefined {
	const sameName = rule.alert === other.name;
	const sameLabels = Object.entries(rule.labels).every(([name, value]) => other.labels[name] === value);
	if (sameCondition) return sameName && sameLabels ? 'same' : 'condition';
	if (sameShape) return 'threshold';
	return sameName && sameLabels ? 'name' : undefined;
}
