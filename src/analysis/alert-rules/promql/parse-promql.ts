import type {SyntaxNode} from '@lezer/common';
import {parser} from '@prometheus-io/lezer-promql';
import {durationMs} from './duration-ms.ts';
import type {Expression, Grouping, Matcher, Matching, Place} from './expression.ts';

/** What is wrong with the text, and where. */
export class PromqlError extends Error {
	readonly at: Place;
	constructor(message: string, at: Place) {
		super(message);
		this.at = at;
	}
}

/** Nobody writes deeper ones, and reading them takes a call for each level. */
const deepest = 200;

/**
 * Reads PromQL by the grammar of Prometheus' own editor.
 * @throws PromqlError
 */
export function parsePromql(text: string): Expression {
	const tree = parser.configure({top: 'PromQL'}).parse(text);
	tree.iterate({
		enter: ({type, from, to}) => {
			if (type.isError) throw new PromqlError(`cannot be read at ${JSON.stringify(text.slice(from, from + 20))}`, {from, to});
		},
	});
	const top = tree.topNode.firstChild;
	if (top === null) throw new PromqlError('is empty', {from: 0, to: text.length});
	return reader(text)(top, 0);
}

function reader(text: string) {
	const textOf = ({from, to}: Place) => text.slice(from, to);

	function read(node: SyntaxNode, depth: number): Expression {
		const at = {from: node.from, to: node.to};
		if (depth > deepest) throw new PromqlError('is nested too deeply', at);
		const [first, ...more] = expressionsIn(node).map(child => read(child, depth + 1));
		switch (node.name) {
			case 'ParenExpr':
				return needed(first, at);
			case 'NumberDurationLiteral':
				return {kind: 'number', value: numberOf(textOf(at)), at};
			case 'StringLiteral':
				return {kind: 'string', value: unquoted(textOf(at)), at};
			case 'VectorSelector':
				return {kind: 'selector', ...selected(node), at};
			case 'MatrixSelector':
			case 'SubqueryExpr': {
				const window = node.getChild('DurationExpr');
				const kind = node.name === 'MatrixSelector' ? 'range' : 'subquery';
				return {kind, of: needed(first, at), windowMs: window === null ? undefined : durationMs(textOf(window)), at};
			}
			case 'UnaryExpr':
				return {kind: 'negated', of: needed(first, at), at};
			case 'FunctionCall':
				return {kind: 'call', name: textOf(needed(node.firstChild, at)), args: argumentsOf(node, depth), at};
			case 'AggregateExpr': {
				const args = argumentsOf(node, depth);
				const op = textOf(needed(node.firstChild, at)).toLowerCase();
				const parameter = args.length > 1 ? args[0] : undefined;
				return {kind: 'aggregation', op, of: needed(args.at(-1), at), parameter, grouping: groupingOf(node), at};
			}
			case 'BinaryExpr':
				return {
					...{kind: 'binary', op: operatorOf(node), left: needed(first, at), right: needed(more[0], at)},
					...{isBool: node.getChild('BoolModifier') !== null, matching: matchingOf(node), at},
				};
			default:
				// What shifts the time: offset, @, anchored, smoothed.
				return needed(first, at);
		}
	}

	function argumentsOf(node: SyntaxNode, depth: number): readonly Expression[] {
		const body = node.getChild('FunctionCallBody');
		return body === null ? [] : expressionsIn(body).map(child => read(child, depth + 1));
	}

	/** The operator is a word or a sign between the two sides. */
	function operatorOf(node: SyntaxNode): string {
		const left = needed(expressionsIn(node)[0], node);
		return textOf(needed(left.nextSibling, node)).toLowerCase();
	}

	function groupingOf(node: SyntaxNode): Grouping | undefined {
		const modifier = node.getChild('AggregateModifier');
		return modifier === null ? undefined : {how: modifier.getChild('By') === null ? 'without' : 'by', labels: labelsOf(modifier, 0)};
	}

	function matchingOf(node: SyntaxNode): Matching | undefined {
		const clause = node.getChild('MatchingModifierClause');
		if (clause === null) return undefined;
		const many = clause.getChild('GroupLeft') !== null ? 'left' : clause.getChild('GroupRight') !== null ? 'right' : undefined;
		return {how: clause.getChild('On') === null ? 'ignoring' : 'on', labels: labelsOf(clause, 0), many, include: labelsOf(clause, 1)};
	}

	function labelsOf(node: SyntaxNode, index: number): readonly string[] {
		const list = node.getChildren('GroupingLabels')[index];
		return list === undefined ? [] : childrenOf(list).map(label => (label.name === 'LabelName' ? textOf(label) : unquoted(textOf(label))));
	}

	function selected(node: SyntaxNode): {readonly metric: string | undefined; readonly matchers: readonly Matcher[]} {
		const list = node.getChild('LabelMatchers');
		const children = list === null ? [] : childrenOf(list);
		const name = node.getChild('Identifier') ?? children.find(child => child.name === 'QuotedLabelName');
		const matchers = children
			.filter(child => child.name !== 'QuotedLabelName')
			.map((child): Matcher => {
				const [label, op, value] = childrenOf(child).map(part => textOf(part));
				return {label: unquoted(label ?? ''), op: op as Matcher['op'], value: unquoted(value ?? ''), at: {from: child.from, to: child.to}};
			});
		const byLabel = matchers.find(({label, op}) => label === '__name__' && op === '=');
		return {
			metric: name === null || name === undefined ? byLabel?.value : unquoted(textOf(name)),
			matchers: matchers.filter(matcher => matcher !== byLabel),
		};
	}

	return read;
}

/** The grammar has a place for it: where it is missing nevertheless, the text is no expression. */
function needed<Part>(part: Part | null | undefined, at: Place): Part {
	if (part === null || part === undefined) throw new PromqlError('is not complete', {from: at.from, to: at.to});
	return part;
}

function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
	const children: SyntaxNode[] = [];
	for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child);
	return children;
}

/** The instant of `@` is a number too, and no part of what is shifted. */
const expressionsIn = (node: SyntaxNode): readonly SyntaxNode[] => {
	const found = childrenOf(node).filter(({type, name}) => type.is('Expr') || name === 'StringLiteral');
	return node.name === 'StepInvariantExpr' || node.name === 'OffsetExpr' ? found.slice(0, 1) : found;
};

const numberOf = (text: string): number => {
	const plain = text.replaceAll('_', '').toLowerCase();
	if (/^[-+]?inf$/.test(plain)) return plain.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
	const number = Number(plain);
	return Number.isNaN(number) && plain !== 'nan' ? (durationMs(plain) ?? Number.NaN) / 1000 : number;
};

/** A string without its quotes; of escapes those that occur in expressions. */
const unquoted = (text: string): string => {
	const quote = text[0];
	if (quote === '`') return text.slice(1, -1);
	if (quote !== '"' && quote !== "'") return text;
	return text.slice(1, -1).replace(/\\(.)/gs, (_, sign: string) => ({n: '\n', t: '\t', r: '\r'})[sign] ?? sign);
};
