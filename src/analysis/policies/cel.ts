import {Environment} from '@marcbachmann/cel-js';
import {isJsonObject, type Json} from '../../core/json.ts';

/** What an expression knows by name, such as `object`. Values are those of CEL: see `celValue`. */
export type Known = {readonly [name: string]: unknown};

/**
 * A value of JSON as the API server gives it to CEL: whole numbers are `int`, others `double`; what is null is not there.
 * @see kubernetes.io/docs/reference/using-api/cel
 */
export function celValue(value: Json): unknown {
	if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
	if (Array.isArray(value)) return value.map(celValue);
	if (!isJsonObject(value)) return value;
	return Object.fromEntries(Object.entries(value).flatMap(([key, each]) => (each == null ? [] : [[key, celValue(each)]])));
}

/**
 * The language as API servers speak it in policies of admission: with optionals (`a.?b.orValue(c)`), and with names whose types nobody declares. Functions that
 * Kubernetes adds (`quantity`, `url`, `cidr`, `authorizer`) are not there: an expression that calls one does not compile here.
 */
const environment = () => new Environment({unlistedVariablesAreDyn: true, enableOptionalTypes: true, homogeneousAggregateLiterals: false});

/** Compiles expressions of one policy. @throws Error where one is not of the language */
export function celCompiler(): (expression: string) => (known: Known) => unknown {
	const language = environment();
	return expression => {
		const run = language.parse(expression);
		return known => run(known);
	};
}
