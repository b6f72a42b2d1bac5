import {type Aggregation, type Binary, type Expression, everyPart, setOperators} from '../promql/expression.ts';
import {isAlerting} from '../rule.ts';
import {type Carried, carriedLabels, isScalar, mayCarry} from './carried-labels.ts';
import type {Facts, Lint, Said} from './lint.ts';

/** Labels by which is aggregated or matched, and which what stands there does not have. */
export const labelsThere: Lint = ({expression}, facts) =>
	[...everyPart(expression)].flatMap(part => {
		if (part.kind === 'aggregation') return groupedBy(part, facts);
		return part.kind === 'binary' && !isScalar(part.left) && !isScalar(part.right) ? matchedOn(part, facts) : [];
	});

function groupedBy({of, grouping, at}: Aggregation, facts: Facts): readonly Said[] {
	if (grouping?.how !== 'by') return [];
	const inner = carriedLabels(of, facts);
	return grouping.labels
		.filter(label => !mayCarry(inner, label))
		.map(
			(label): Said => ({
				...{id: 'label/lost', severity: 'warning', field: 'expr', at},
				reason: `${label} is not there to aggregate by: no series has it, or it was lost further in`,
				remedy: `Keep ${label} further in, or leave it out.`,
			}),
		);
}

function matchedOn(binary: Binary, facts: Facts): readonly Said[] {
	const {op, left, right, matching, at} = binary;
	const [one, other] = [carriedLabels(left, facts), carriedLabels(right, facts)];
	const said = {field: 'expr', at} as const;
	if (matching?.how === 'on') {
		const torn = matching.labels.filter(label => mayCarry(one, label) !== mayCarry(other, label));
		const found = torn.map(
			(label): Said => ({
				...{...said, id: 'matching/one-side', severity: 'error'},
				reason: `${label} is matched on, and only one side of ${op} can have it`,
				remedy: `Keep ${label} on both sides, or leave it out of on ().`,
			}),
		);
		return found.length > 0 || setOperators.has(op) ? found : manyToMany(binary, one, other, facts);
	}
	if (op === 'or' || one.isOpen || other.isOpen) return [];
	const ignored = new Set(matching?.labels ?? []);
	const apart = [...one.labels.symmetricDifference(other.labels)].filter(label => !ignored.has(label));
	// Labels of series may be missing on some of them; those that an aggregation was made by are wanted.
	const wanted = new Set([...groupLabels(left), ...groupLabels(right)]);
	if (matching?.many !== undefined || !apart.some(label => wanted.has(label))) return [];
	return [
		{
			...{...said, id: 'matching/no-common-labels', severity: 'error'},
			reason: `the sides of ${op} do not have the same labels (${apart.join(', ')}), so nothing matches`,
			remedy: 'Say on () which labels to match on, or aggregate both sides alike.',
		},
	];
}

/** The side that has to be one for each value of the labels, and has more. */
function manyToMany({left, right, matching, at}: Binary, one: Carried, other: Carried, facts: Facts): readonly Said[] {
	if (matching === undefined) return [];
	const sides = [
		...(matching.many === 'left' ? [] : [[left, one] as const]),
		...(matching.many === 'right' ? [] : [[right, other] as const]),
	];
	return sides
		.filter(([side]) => isManyFor(side, [...matching.labels, ...matching.include], matching.labels, facts))
		.map(
			([side]): Said => ({
				...{id: 'matching/many-to-many', severity: 'error', field: 'expr', at: side.at},
				reason: `several of these series have the same ${matching.labels.join(', ') || 'labels'}: the evaluation fails, and the alert with it (at ${at.from})`,
				remedy: 'Aggregate this side by the labels that are matched on, or say group_left where it is the one that may be many.',
			}),
		);
}

/** Whether series are more than one for some value of the labels: by the labels of an aggregation, or by the series that there are. */
function isManyFor(side: Expression, allowed: readonly string[], on: readonly string[], facts: Facts): boolean {
	if (side.kind === 'aggregation') return groupLabels(side).some(label => !allowed.includes(label));
	const series =
		side.kind === 'selector' && side.metric !== undefined && side.matchers.length === 0 ? facts.seriesOf(side.metric) : undefined;
	if (series === undefined) return false;
	return new Set(series.map(labels => JSON.stringify(on.map(label => labels[label] ?? '')))).size < series.length;
}

const groupLabels = (side: Expression): readonly string[] =>
	side.kind === 'aggregation' && side.grouping?.how === 'by' && !['topk', 'bottomk'].includes(side.op) ? side.grouping.labels : [];

/** Labels that texts tell, and that the alert does not bear. */
export const templateLabels: Lint = ({rule, expression}, facts) => {
	if (!isAlerting(rule)) return [];
	const carried = carriedLabels(expression, facts);
	const texts = [...Object.entries(rule.annotations), ...Object.entries(rule.labels)];
	return texts.flatMap(([name, text]) =>
		[...text.matchAll(/\$labels\.(\w+)/g)]
			.filter(([, label = '']) => !mayCarry(carried, label) && rule.labels[label] === undefined)
			.map((match): Said => {
				const field = name in rule.annotations ? 'annotations' : 'labels';
				return {
					...{id: 'template/label-lost', severity: 'error', field, at: {from: match.index, to: match.index + match[0].length}},
					reason: `${name} tells the label ${match[1]}, which the expression does not leave: it stays empty`,
					remedy: `Aggregate by ${match[1]} too, or leave it out of the text.`,
				};
			}),
	);
};
