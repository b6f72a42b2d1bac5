import type {Series} from '../series.ts';
import {aggregate} from './aggregate.ts';
import {combine} from './combine.ts';
import {callFunction} from './functions.ts';
import {select} from './select.ts';
import {type Expression, QueryError, type Selector, typeNames, type Value} from './syntax.ts';

/**
 * What a query answers at a moment. Throws QueryError.
 * @param found the series of a selector; a range of moments finds them once
 */
export function evaluate(node: Expression, atMs: number, found: (selector: Selector) => readonly Series[]): Value {
	const inner = (child: Expression) => evaluate(child, atMs, found);
	switch (node.kind) {
		case 'number':
			return {kind: 'scalar', value: node.value};
		case 'string':
			throw new QueryError('parse error: string literals are not supported as values by the embedded Prometheus');
		case 'selector':
			return select(node, atMs, found(node));
		case 'call':
			return callFunction(node, node.args.map(inner), atMs);
		case 'binary':
			return combine(node, inner(node.left), inner(node.right));
		case 'negation':
			return combine({...product, left: node.of, right: node.of}, {kind: 'scalar', value: -1}, inner(node.of));
		case 'aggregation': {
			const of = inner(node.of);
			if (of.kind !== 'vector')
				throw new QueryError(`parse error: expected type instant vector in aggregation expression, got ${typeNames[of.kind]}`);
			const parameter = node.parameter && inner(node.parameter);
			return {kind: 'vector', elements: aggregate(node, of.elements, parameter?.kind === 'scalar' ? parameter.value : Number.NaN)};
		}
	}
}

const product = {kind: 'binary', operator: '*', bool: false, matching: undefined, many: undefined, include: []} as const;
