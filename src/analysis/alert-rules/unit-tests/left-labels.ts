import type {Expression} from '../promql/expression.ts';
import type {Labels} from '../rule.ts';
import {anchored} from './real-series.ts';

/** The labels that an expression leaves of the one series of each of its selectors. */
export function leftLabels(expression: Expression, of: (selector: Extract<Expression, {kind: 'selector'}>) => Labels): Labels {
	switch (expression.kind) {
		case 'selector':
			return without(of(expression), ['__name__']);
		case 'range':
		case 'negated':
			return leftLabels(expression.of, of);
		case 'call': {
			const [first] = expression.args;
			const inner = first === undefined ? {} : leftLabels(first, of);
			return expression.name === 'label_replace' ? replaced(inner, expression.args) : inner;
		}
		case 'aggregation': {
			const inner = leftLabels(expression.of, of);
			if (expression.op === 'topk' || expression.op === 'bottomk') return inner;
			const {how = 'by', labels = []} = expression.grouping ?? {};
			return how === 'by' ? only(inner, labels) : without(inner, labels);
		}
		case 'binary': {
			const {left, right, matching} = expression;
			if (left.kind === 'number') return leftLabels(right, of);
			const [one, other] = [leftLabels(left, of), right.kind === 'number' ? {} : leftLabels(right, of)];
			if (matching === undefined) return one;
			if (matching.many === 'left') return {...one, ...only(other, matching.include)};
			if (matching.many === 'right') return {...other, ...only(one, matching.include)};
			return matching.how === 'on' ? only(one, matching.labels) : without(one, matching.labels);
		}
		default:
			return {};
	}
}

const only = (labels: Labels, names: readonly string[]): Labels =>
	Object.fromEntries(Object.entries(labels).filter(([name]) => names.includes(name)));
const without = (labels: Labels, names: readonly string[]): Labels =>
	Object.fromEntries(Object.entries(labels).filter(([name]) => !names.includes(name)));

/** What `label_replace` makes of labels. */
function replaced(labels: Labels, args: readonly Expression[]): Labels {
	const [to = '', by = '', from = '', pattern = ''] = args.flatMap(arg => (arg.kind === 'string' ? [arg.value] : []));
	const match = anchored(pattern).exec(labels[from] ?? '');
	if (match === null) return labels;
	const value = by.replace(/\$\{?(\w+)\}?/g, (_, group: string) => match[Number(group)] ?? match.groups?.[group] ?? '');
	return value === '' ? without(labels, [to]) : {...labels, [to]: value};
}
