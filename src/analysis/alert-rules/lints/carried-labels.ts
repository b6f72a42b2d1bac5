import type {Aggregation, Binary, Expression, Selector} from '../promql/expression.ts';
import type {Facts} from './lint.ts';

/** Labels that an expression may carry: these only, or any but these. `__name__` is no part of them. */
export type Carried = {readonly isOpen: boolean; readonly labels: ReadonlySet<string>};

export const mayCarry = ({isOpen, labels}: Carried, label: string): boolean => labels.has(label) !== isOpen;

const only = (labels: Iterable<string>): Carried => ({isOpen: false, labels: new Set(labels)});

/** What labels are left of the series that an expression selects; open where these are not known. */
export function carriedLabels(expression: Expression, facts: Facts): Carried {
	switch (expression.kind) {
		case 'selector':
			return ofSelector(expression, facts);
		case 'range':
		case 'subquery':
		case 'negated':
			return carriedLabels(expression.of, facts);
		case 'aggregation':
			return ofAggregation(expression, facts);
		case 'call':
			return ofCall(expression, facts);
		case 'binary':
			return ofBinary(expression, facts);
		default:
			return only([]);
	}
}

function ofSelector({metric, matchers}: Selector, facts: Facts): Carried {
	const series = metric === undefined ? undefined : facts.seriesOf(metric);
	// A label that is matched as empty is not there.
	const none = matchers.filter(({op, value}) => op === '=' && value === '').map(({label}) => label);
	if (series === undefined) return {isOpen: true, labels: new Set(none)};
	const matched = matchers.filter(({op, value}) => op === '=' && value !== '').map(({label}) => label);
	const all = new Set([...series.flatMap(labels => Object.keys(labels)), ...matched]);
	return only([...all].filter(label => label !== '__name__' && !none.includes(label)));
}

function ofAggregation({op, of, parameter, grouping}: Aggregation, facts: Facts): Carried {
	const inner = carriedLabels(of, facts);
	if (op === 'topk' || op === 'bottomk' || op === 'limitk' || op === 'limit_ratio') return inner;
	const made = op === 'count_values' && parameter?.kind === 'string' ? [parameter.value] : [];
	const {how = 'by', labels = []} = grouping ?? {};
	if (how === 'by') return only([...labels.filter(label => mayCarry(inner, label)), ...made]);
	return withLabels(withoutLabels(inner, labels), made);
}

function ofCall({name, args}: Extract<Expression, {kind: 'call'}>, facts: Facts): Carried {
	if (name === 'absent' || name === 'absent_over_time') return only(exactLabels(args[0]));
	if (name === 'vector' || name === 'scalar' || name === 'time' || name === 'pi') return only([]);
	const vector = args.find(arg => arg.kind !== 'number' && arg.kind !== 'string');
	if (vector === undefined) return only([]);
	const inner = carriedLabels(vector, facts);
	const target = args[1];
	if ((name === 'label_replace' || name === 'label_join') && target?.kind === 'string') return withLabels(inner, [target.value]);
	if (name === 'histogram_quantile' || name === 'histogram_fraction') return withoutLabels(inner, ['le']);
	return inner;
}

/** What `absent` makes of a selector; of anything else it makes nothing. */
function exactLabels(arg: Expression | undefined): readonly string[] {
	const selector = arg?.kind === 'range' ? arg.of : arg;
	if (selector?.kind !== 'selector') return [];
	const names = selector.matchers.map(({label}) => label);
	return selector.matchers
		.filter(({label, op, value}) => op === '=' && value !== '' && names.filter(name => name === label).length === 1)
		.map(({label}) => label);
}

function ofBinary({op, left, right, matching}: Binary, facts: Facts): Carried {
	const [one, other] = [carriedLabels(left, facts), carriedLabels(right, facts)];
	if (isScalar(left)) return other;
	if (isScalar(right) || op === 'and' || op === 'unless') return one;
	if (op === 'or') return either(one, other);
	if (matching?.many === 'left')
		return withLabels(
			one,
			matching.include.filter(label => mayCarry(other, label)),
		);
	if (matching?.many === 'right')
		return withLabels(
			other,
			matching.include.filter(label => mayCarry(one, label)),
		);
	if (matching?.how === 'on') return only(matching.labels.filter(label => mayCarry(one, label)));
	return withoutLabels(one, matching?.labels ?? []);
}

/** A number, or something that gives one whatever there is. */
export const isScalar = (expression: Expression): boolean =>
	expression.kind === 'number' ||
	(expression.kind === 'call' && ['scalar', 'time', 'pi'].includes(expression.name)) ||
	(expression.kind === 'negated' && isScalar(expression.of)) ||
	(expression.kind === 'binary' && isScalar(expression.left) && isScalar(expression.right));

const withoutLabels = ({isOpen, labels}: Carried, gone: readonly string[]): Carried => ({
	isOpen,
	labels: isOpen ? new Set([...labels, ...gone]) : new Set([...labels].filter(label => !gone.includes(label))),
});

const withLabels = ({isOpen, labels}: Carried, more: readonly string[]): Carried => ({
	isOpen,
	labels: isOpen ? new Set([...labels].filter(label => !more.includes(label))) : new Set([...labels, ...more]),
});

function either(one: Carried, other: Carried): Carried {
	if (!one.isOpen && !other.isOpen) return only([...one.labels, ...other.labels]);
	const [open, second] = one.isOpen ? [one, other] : [other, one];
	return {isOpen: true, labels: new Set([...open.labels].filter(label => !mayCarry(second, label)))};
}
