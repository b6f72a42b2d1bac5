import type {Json, JsonObject} from '../../../../core/json.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {changeAt} from '../change-at.ts';
import type {Container} from '../containers.ts';

/** What becomes of one environment variable. `remove` takes it out. */
export type Variable =
	/** `at`: the word of the clause where the value stands, if it is not written as `KEY=VALUE`. */
	| {readonly name: string; readonly value: string; readonly at?: number | undefined}
	| {readonly name: string; readonly from: 'configMapKeyRef' | 'secretKeyRef'; readonly object: string; readonly key: string}
	/** What the pod knows of itself. */
	| {readonly name: string; readonly valueFrom: JsonObject}
	| {readonly name: string; readonly remove: true};

/** A value and a reference exclude each other, so a variable is written whole. */
function written(variable: Variable): Json | undefined {
	if ('remove' in variable) return undefined;
	if ('value' in variable) return {name: variable.name, value: variable.value};
	if ('valueFrom' in variable) return {name: variable.name, valueFrom: variable.valueFrom};
	return {name: variable.name, valueFrom: {[variable.from]: {name: variable.object, key: variable.key}}};
}

export const withVariables = (object: KubeObject, container: Container, variables: readonly Variable[]): Json | undefined =>
	variables.reduce<Json | undefined>(
		(changed, variable) => changeAt(changed, [...container.path, 'env', {named: variable.name}], () => written(variable)),
		object,
	);
