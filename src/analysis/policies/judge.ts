import type {Json} from '../../core/json.ts';
import {listAt, objectAt, textAt} from '../../core/kube/json-at.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import {celCompiler, celValue, type Known} from './cel.ts';
import {withServerDefaults} from './server-defaults.ts';

/** A request to write an object that runs pods, as admission sees it. */
export type Request =
	| {readonly operation: 'CREATE'; readonly object: KubeObject}
	| {readonly operation: 'UPDATE'; readonly object: KubeObject; readonly oldObject: KubeObject};

/**
 * What a policy says of a request: `passed-over` where its conditions leave it out. An expression that fails is a refusal, as the server takes it
 * with the failure policy `Fail`.
 */
export type Ruling = {readonly verdict: 'admitted' | 'passed-over'} | {readonly verdict: 'refused'; readonly message: string};

/** Parts of a policy whose expressions are judged, wherever its kind keeps them. */
function partsOf(policy: KubeObject): {
	readonly conditions: readonly Json[];
	readonly variables: readonly Json[];
	readonly validations: readonly Json[];
} {
	if (policy.kind !== 'ClusterPolicy') {
		const of = (field: string) => listAt(policy, 'spec', field);
		return {conditions: of('matchConditions'), variables: of('variables'), validations: of('validations')};
	}
	const rules = listAt(policy, 'spec', 'rules');
	const of = (...path: readonly string[]) => rules.flatMap(rule => listAt(rule, ...path));
	return {
		conditions: of('celPreconditions'),
		variables: of('validate', 'cel', 'variables'),
		validations: of('validate', 'cel', 'expressions'),
	};
}

/**
 * What a policy as it would be installed says of requests: a ValidatingAdmissionPolicy, or a ClusterPolicy or ValidatingPolicy of Kyverno. Its very expressions
 * are judged; whether its kinds and namespaces take a request in is for the caller to say.
 * @throws Error where an expression is not of the language
 */
export function judgeOf(policy: KubeObject): (request: Request) => Ruling {
	const compile = celCompiler();
	const {conditions, variables, validations} = partsOf(policy);
	const expressionOf = (each: Json) => compile(textAt(each, 'expression') ?? '');
	const conditioned = conditions.map(expressionOf);
	const named = variables.map(each => ({name: textAt(each, 'name') ?? '', value: expressionOf(each)}));
	const judged = validations.map(each => {
		const telling = textAt(each, 'messageExpression');
		return {
			holds: expressionOf(each),
			message: textAt(each, 'message') ?? '',
			telling: telling === undefined ? undefined : compile(telling),
		};
	});
	return request => {
		const known = knownOf(request);
		try {
			if (!conditioned.every(holds => holds(known) === true)) return {verdict: 'passed-over'};
			const values: {[name: string]: unknown} = {};
			const within = {...known, variables: values};
			for (const {name, value} of named) values[name] = value(within);
			const broken = judged.find(({holds}) => holds(within) !== true);
			if (broken === undefined) return {verdict: 'admitted'};
			const said = broken.telling?.(within);
			return {verdict: 'refused', message: typeof said === 'string' && said !== '' ? said : broken.message};
		} catch (error) {
			return {verdict: 'refused', message: `an expression failed: ${error instanceof Error ? error.message : String(error)}`};
		}
	};
}

const knownOf = (request: Request): Known => ({
	object: celValue(objectAt(withServerDefaults(request.object))),
	oldObject: request.operation === 'UPDATE' ? celValue(objectAt(withServerDefaults(request.oldObject))) : null,
	request: {operation: request.operation},
});
